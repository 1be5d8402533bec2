// Changes of an open file: follows its store on a thread of its own as long as somebody watches, and tells what it finds.
#pragma once

#include <condition_variable>
#include <memory>
#include <thread>
#include <vector>

#include "engine/api/changes.h"
#include "engine/base/guarded.h"
#include "engine/local/database.h"
#include "engine/storage/row_watch.h"

namespace blazedb::local {

/// Any thread.
class LocalChanges final : public api::Changes {
public:
    /// Looked at when nothing tells of a change: notices can be missing.
    static constexpr std::chrono::milliseconds kLookAnyway{250};
    /// After a notice, so that one look finds what belongs together and file times are no longer of this instant.
    static constexpr std::chrono::milliseconds kSettle{25};
    static constexpr std::chrono::milliseconds kIntervalMin{50};
    static constexpr std::chrono::milliseconds kIntervalMax{10'000};

    /// Borrows the database.
    explicit LocalChanges(Database& database);
    ~LocalChanges() override;

    Result<api::ChangeBatch> since(const api::CallContext& context, std::uint64_t sequence, std::size_t changesMax) override;
    Result<std::unique_ptr<api::Subscription>> watch(api::WatchOptions options, Sink sink) override;
    api::ChangeStatus status() override;

private:
    struct Subscriber;
    struct Shared;
    class Feed;

    void run(const std::stop_token& stop);
    void followWhileWatched(storage::RowWatch& watch, const std::stop_token& stop);
    void deliver();
    void deliverTo(Subscriber& subscriber);
    Result<api::ChangeBatch> batchOf(storage::RowNews news);

    Database& m_database;
    std::shared_ptr<Shared> m_shared; ///< Also of the subscriptions, which may outlive this.
    std::jthread m_thread;            ///< Runs from the first watch on; first to be destroyed.
};

} // namespace blazedb::local
