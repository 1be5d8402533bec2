// A source whose queries can be held back or made to fail, for what a window shows meanwhile.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

#include "engine/api/data_source.h"
#include "engine/api/records.h"
#include "engine/api/structure.h"

namespace blazedb::tests {

/// Any thread. What is not a query of records passes.
class GatedSource final : public api::DataSource {
public:
    enum class Gate { Open, Fail, Hold };

    explicit GatedSource(std::unique_ptr<api::DataSource> inner)
        : m_inner(std::move(inner))
        , m_records(m_inner->records())
    {
    }

    void set(Gate gate) { m_records.gate = gate; }
    void failWith(Error error) { m_records.error = std::move(error); } ///< Before any query runs.
    [[nodiscard]] int queries() const { return m_records.queries; }

    api::SourceDescription describe() const override { return m_inner->describe(); }
    std::vector<model::Finding> openingFindings() const override { return m_inner->openingFindings(); }
    api::Records& records() override { return m_records; }
    api::Structure* structure() override { return m_inner->structure(); }
    api::Changes* changes() override { return m_inner->changes(); }

private:
    class GatedRecords final : public api::Records {
    public:
        explicit GatedRecords(api::Records& inner)
            : m_inner(inner)
        {
        }
        Result<api::RecordWindow> query(const api::CallContext& context, const model::Query& query, api::Window window) override
        {
            ++queries;
            if (gate == Gate::Fail) return error;
            if (gate == Gate::Hold) {
                if (context.onProgress) context.onProgress({12'000, 1'000'000, "records"});
                std::mutex mutex;
                std::unique_lock lock(mutex);
                std::condition_variable_any never;
                never.wait(lock, context.stop, [] { return false; });
                return api::cancelled();
            }
            return m_inner.query(context, query, window);
        }
        Result<api::CountAnswer> count(const api::CallContext& context, const model::Query& query) override { return m_inner.count(context, query); }
        Result<api::RecordRow> record(const api::CallContext& context, const model::Uuid& id) override { return m_inner.record(context, id); }
        Result<model::FieldProfile> profile(const api::CallContext& context, const model::Query& query, const std::string& field, std::size_t valuesMax) override
        {
            return m_inner.profile(context, query, field, valuesMax);
        }
        Result<std::uint64_t> positionOf(const api::CallContext& context, const model::Query& query, const model::Uuid& id) override
        {
            return m_inner.positionOf(context, query, id);
        }
        Result<api::ValuePart> readValue(const api::CallContext& context, const api::ValueRef& value, api::ByteRange range) override
        {
            return m_inner.readValue(context, value, range);
        }
        Result<api::PlanDescription> explain(const api::CallContext& context, const model::Query& query, api::ExplainMode mode) override
        {
            return m_inner.explain(context, query, mode);
        }

        std::atomic<Gate> gate{Gate::Open};
        std::atomic<int> queries{0};
        Error error{ErrorCode::Io, "the disk does not answer"};

    private:
        api::Records& m_inner;
    };

    std::unique_ptr<api::DataSource> m_inner;
    GatedRecords m_records;
};

} // namespace blazedb::tests
