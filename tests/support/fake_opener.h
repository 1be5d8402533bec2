// A SourceOpener whose databases are made up: each place has a password, findings, or an error.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "engine/api/records.h"
#include "engine/base/guarded.h"
#include "tests/support/blocking_guard.h"
#include "views/shell/source_opener.h"

namespace blazedb::tests {

/// A source without records that describes itself as told.
class EmptySource final : public api::DataSource, private api::Records {
public:
    EmptySource(api::SourceDescription about, std::vector<model::Finding> findings)
        : m_about(std::move(about))
        , m_findings(std::move(findings))
    {
    }
    api::SourceDescription describe() const override { return m_about; }
    std::vector<model::Finding> openingFindings() const override { return m_findings; }
    api::Records& records() override { return *this; }
    [[nodiscard]] std::weak_ptr<void> alive() const { return m_alive; }

private:
    Result<api::RecordWindow> query(const api::CallContext&, const model::Query&, api::Window) override
    {
        api::RecordWindow window;
        window.total = {0, model::Count::Certainty::Exact};
        return window;
    }
    Result<api::CountAnswer> count(const api::CallContext&, const model::Query&) override { return api::CountAnswer{}; }
    Result<api::RecordRow> record(const api::CallContext&, const model::Uuid&) override { return notFound(); }
    Result<std::uint64_t> positionOf(const api::CallContext&, const model::Query&, const model::Uuid&) override { return notFound(); }
    Result<api::ValuePart> readValue(const api::CallContext&, const api::ValueRef&, api::ByteRange) override { return notFound(); }
    Result<api::PlanDescription> explain(const api::CallContext&, const model::Query&, api::ExplainMode) override
    {
        return api::PlanDescription{};
    }
    static Error notFound() { return {ErrorCode::NotFound, "this source is empty"}; }

    api::SourceDescription m_about;
    std::vector<model::Finding> m_findings;
    std::shared_ptr<void> m_alive = std::make_shared<int>();
};

struct FakeDatabase {
    std::string name;
    std::string password;
    bool isRescue = false;
    std::vector<model::Finding> findings = {};
    std::uint64_t totalBytes = 0;
    bool needsPassword = true;
    bool isStuck = false; ///< Opening does not answer, whatever is asked of it, before release().
};

/// Any thread. Unknown places answer NotFound, a wrong password Unauthenticated. Sources come guarded against blocking calls.
class FakeOpener final : public views::SourceOpener {
public:
    void add(const std::string& place, FakeDatabase database) { (*m_databases.lock())[place] = std::move(database); }
    [[nodiscard]] const BlockingCalls& blockingCalls() const { return *m_calls; }
    void release() { m_isReleased = true; }
    /// The source that was opened last, to see whether it is still there.
    [[nodiscard]] std::weak_ptr<void> lastAlive() { return *m_lastAlive.lock(); }

    Result<views::SourcePreview> preview(const api::CallContext&, const std::string& place) override
    {
        m_calls->note("preview");
        BLAZE_TRY_VALUE(const FakeDatabase database, find(place));
        views::SourcePreview preview;
        preview.name = database.name;
        preview.place = place;
        preview.identity = identityOf(place);
        preview.format = "BlazeDB 2.8 family";
        preview.needsPassword = database.needsPassword;
        preview.totalBytes = database.totalBytes;
        preview.modifiedUnixMs = 1'790'000'000'000;
        return preview;
    }

    Result<std::unique_ptr<api::DataSource>> open(const api::CallContext&, views::SourceRequest request) override
    {
        m_calls->note("open");
        BLAZE_TRY_VALUE(const FakeDatabase database, find(request.place));
        if (request.password.text() != database.password) return Error{ErrorCode::Unauthenticated, "open " + request.place};
        api::SourceDescription about;
        about.name = database.name;
        about.place = request.place;
        about.identity = identityOf(request.place);
        about.format = "BlazeDB 2.8 family";
        about.readOnlyReason = "opened to look only";
        about.isRescue = database.isRescue || request.isRescue;
        while (database.isStuck && !m_isReleased) std::this_thread::sleep_for(std::chrono::milliseconds(1)); // the gate of this fake
        auto source = std::make_unique<EmptySource>(std::move(about), database.findings);
        *m_lastAlive.lock() = source->alive();
        return std::unique_ptr<api::DataSource>(std::make_unique<GuardedSource>(std::move(source), m_calls));
    }

    /// How often each was asked so far.
    [[nodiscard]] int stampsAsked() const { return m_stampsAsked; }
    [[nodiscard]] int searches() const { return m_searches; }
    /// Whether every place lies on another machine. Set before the window is made.
    std::atomic<bool> isEverythingFar{false};
    bool isFar(const std::string&) override
    {
        m_calls->note("isFar");
        return isEverythingFar;
    }

    /// Nobody can tell for places without one.
    void setStamp(const std::string& place, std::optional<FileStamp> stamp) { (*m_stamps.lock())[place] = stamp; }
    Result<FileStamp> stamp(const std::string& place) override
    {
        m_calls->note("stamp");
        ++m_stampsAsked;
        const auto stamps = m_stamps.lock();
        const auto found = stamps->find(place);
        if (found == stamps->end()) return Error{ErrorCode::Unsupported, "no stamp is set"};
        if (!found->second) return Error{ErrorCode::NotFound, "no such file: " + place};
        return *found->second;
    }

    // What a search answers, and what was asked of it. Set before it starts.
    int searchFinds = 0;
    std::vector<views::SearchOutcome::Unreadable> searchUnreadable;
    bool isSearchStuck = false; ///< Until it is asked to stop.

    /// What the last search was asked for. After it has ended.
    views::SearchOrder lastOrder;

    Result<views::SearchOutcome> search(const api::CallContext& context, const views::SearchOrder& order, const FoundSink& found) override
    {
        m_calls->note("search");
        ++m_searches;
        lastOrder = order;
        for (int i = 0; i < searchFinds; ++i) {
            views::SourcePreview preview;
            preview.name = "found " + std::to_string(i);
            preview.place = "/found/" + std::to_string(i) + ".blazedb";
            preview.format = "BlazeDB 2.8 family";
            preview.totalBytes = static_cast<std::uint64_t>(i);
            found(std::move(preview));
        }
        while (isSearchStuck) {
            if (context.stop.stop_requested()) return api::cancelled();
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // the gate of this fake
        }
        views::SearchOutcome outcome;
        outcome.filesSeen = static_cast<std::uint64_t>(searchFinds) * 10;
        outcome.found = static_cast<std::uint64_t>(searchFinds);
        outcome.unreadable = searchUnreadable;
        outcome.unreadableCount = searchUnreadable.size();
        return outcome;
    }

private:
    static std::string identityOf(const std::string& place) { return "identity of " + place; }
    Result<FakeDatabase> find(const std::string& place)
    {
        const auto databases = m_databases.lock();
        const auto found = databases->find(place);
        if (found == databases->end()) return Error{ErrorCode::NotFound, "no such file: " + place};
        return found->second;
    }

    Guarded<std::map<std::string, FakeDatabase>> m_databases;
    Guarded<std::map<std::string, std::optional<FileStamp>>> m_stamps;
    Guarded<std::weak_ptr<void>> m_lastAlive;
    std::atomic<bool> m_isReleased{false};
    std::atomic<int> m_stampsAsked{0};
    std::atomic<int> m_searches{0};
    std::shared_ptr<BlockingCalls> m_calls = std::make_shared<BlockingCalls>();
};

} // namespace blazedb::tests
