// Fails a test when the window calls a source on the GUI thread: every such call may block.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include <QCoreApplication>
#include <QThread>

#include "engine/api/changes.h"
#include "engine/api/data_source.h"
#include "engine/api/monitor.h"
#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/api/upkeep.h"

namespace blazedb::tests {

/// Counts calls that came on the GUI thread. Any thread.
class BlockingCalls {
public:
    void note(const char* call)
    {
        if (QThread::currentThread() != QCoreApplication::instance()->thread()) return;
        m_last = call;
        ++m_onGuiThread;
    }
    [[nodiscard]] int onGuiThread() const { return m_onGuiThread; }
    [[nodiscard]] const char* last() const { return m_last; }

private:
    std::atomic<int> m_onGuiThread{0};
    std::atomic<const char*> m_last{"none"};
};

class GuardedRecords final : public api::Records {
public:
    GuardedRecords(api::Records& inner, BlockingCalls& calls)
        : m_inner(inner)
        , m_calls(calls)
    {
    }
    Result<api::RecordWindow> query(const api::CallContext& context, const model::Query& query, api::Window window) override
    {
        m_calls.note("query");
        return m_inner.query(context, query, window);
    }
    Result<api::CountAnswer> count(const api::CallContext& context, const model::Query& query) override
    {
        m_calls.note("count");
        return m_inner.count(context, query);
    }
    Result<api::ScanSummary> scan(const api::CallContext& context, const model::Query& query, const api::ScanOptions& options, const api::RowSink& sink) override
    {
        m_calls.note("scan");
        return m_inner.scan(context, query, options, sink);
    }
    Result<api::RecordRow> record(const api::CallContext& context, const model::Uuid& id) override
    {
        m_calls.note("record");
        return m_inner.record(context, id);
    }
    Result<model::FieldProfile> profile(const api::CallContext& context, const model::Query& query, const std::string& field, std::size_t valuesMax) override
    {
        m_calls.note("profile");
        return m_inner.profile(context, query, field, valuesMax);
    }
    Result<std::uint64_t> positionOf(const api::CallContext& context, const model::Query& query, const model::Uuid& id) override
    {
        m_calls.note("positionOf");
        return m_inner.positionOf(context, query, id);
    }
    Result<api::ValuePart> readValue(const api::CallContext& context, const api::ValueRef& value, api::ByteRange range) override
    {
        m_calls.note("readValue");
        return m_inner.readValue(context, value, range);
    }
    Result<api::PlanDescription> explain(const api::CallContext& context, const model::Query& query, api::ExplainMode mode) override
    {
        m_calls.note("explain");
        return m_inner.explain(context, query, mode);
    }

private:
    api::Records& m_inner;
    BlockingCalls& m_calls;
};

class GuardedStructure final : public api::Structure {
public:
    GuardedStructure(api::Structure& inner, BlockingCalls& calls)
        : m_inner(inner)
        , m_calls(calls)
    {
    }
    Result<std::vector<model::CollectionSummary>> collections(const api::CallContext& context, std::uint64_t recordsMax) override
    {
        m_calls.note("collections");
        return m_inner.collections(context, recordsMax);
    }
    Result<model::CollectionStatistics> statistics(const api::CallContext& context, const std::string& collection,
                                                   std::uint64_t recordsMax) override
    {
        m_calls.note("statistics");
        return m_inner.statistics(context, collection, recordsMax);
    }
    Result<std::vector<model::IndexDescription>> indexes(const api::CallContext& context) override
    {
        m_calls.note("indexes");
        return m_inner.indexes(context);
    }

private:
    api::Structure& m_inner;
    BlockingCalls& m_calls;
};

class GuardedChanges final : public api::Changes {
public:
    GuardedChanges(api::Changes& inner, BlockingCalls& calls)
        : m_inner(inner)
        , m_calls(calls)
    {
    }
    Result<api::ChangeBatch> since(const api::CallContext& context, std::uint64_t sequence, std::size_t changesMax) override
    {
        m_calls.note("since");
        return m_inner.since(context, sequence, changesMax);
    }
    Result<std::unique_ptr<api::Subscription>> watch(api::WatchOptions options, Sink sink) override
    {
        m_calls.note("watch");
        return m_inner.watch(options, std::move(sink));
    }
    api::ChangeStatus status() override { return m_inner.status(); } // never blocks

private:
    api::Changes& m_inner;
    BlockingCalls& m_calls;
};

class GuardedUpkeep final : public api::Upkeep {
public:
    GuardedUpkeep(api::Upkeep& inner, BlockingCalls& calls)
        : m_inner(inner)
        , m_calls(calls)
    {
    }
    Result<api::VerifyReport> verify(const api::CallContext& context, api::VerifyDepth depth) override
    {
        m_calls.note("verify");
        return m_inner.verify(context, depth);
    }

private:
    api::Upkeep& m_inner;
    BlockingCalls& m_calls;
};

class GuardedMonitor final : public api::Monitor {
public:
    GuardedMonitor(api::Monitor& inner, BlockingCalls& calls)
        : m_inner(inner)
        , m_calls(calls)
    {
    }
    Result<api::Measurement> measure(const api::CallContext& context) override
    {
        m_calls.note("measure");
        return m_inner.measure(context);
    }

private:
    api::Monitor& m_inner;
    BlockingCalls& m_calls;
};

/// Any source, watched. What never blocks (describe, openingFindings) may be called anywhere.
class GuardedSource final : public api::DataSource {
public:
    GuardedSource(std::unique_ptr<api::DataSource> inner, std::shared_ptr<BlockingCalls> calls)
        : m_inner(std::move(inner))
        , m_calls(std::move(calls))
        , m_records(m_inner->records(), *m_calls)
    {
        if (auto* facet = m_inner->structure()) m_structure = std::make_unique<GuardedStructure>(*facet, *m_calls);
        if (auto* facet = m_inner->changes()) m_changes = std::make_unique<GuardedChanges>(*facet, *m_calls);
        if (auto* facet = m_inner->upkeep()) m_upkeep = std::make_unique<GuardedUpkeep>(*facet, *m_calls);
        if (auto* facet = m_inner->monitor()) m_monitor = std::make_unique<GuardedMonitor>(*facet, *m_calls);
    }
    api::SourceDescription describe() const override { return m_inner->describe(); }
    std::vector<model::Finding> openingFindings() const override { return m_inner->openingFindings(); }
    api::Records& records() override { return m_records; }
    api::Structure* structure() override { return m_structure.get(); }
    api::Changes* changes() override { return m_changes.get(); }
    api::Upkeep* upkeep() override { return m_upkeep.get(); }
    api::Monitor* monitor() override { return m_monitor.get(); }

private:
    std::unique_ptr<api::DataSource> m_inner;
    std::shared_ptr<BlockingCalls> m_calls;
    GuardedRecords m_records;
    std::unique_ptr<GuardedStructure> m_structure;
    std::unique_ptr<GuardedChanges> m_changes;
    std::unique_ptr<GuardedUpkeep> m_upkeep;
    std::unique_ptr<GuardedMonitor> m_monitor;
};

} // namespace blazedb::tests
