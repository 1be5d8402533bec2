// Records of an open file. Unsorted windows near the beginning, or behind one that was just read, are
// streamed; everything else reads the records once, keeps the ids of the matches and then reads single
// records.
#pragma once

#include "engine/api/records.h"
#include "engine/local/database.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"

namespace blazedb::local {

/// Any thread.
class LocalRecords final : public api::Records {
public:
    /// Borrows the database.
    explicit LocalRecords(Database& database);

    Result<api::RecordWindow> query(const api::CallContext& context, const model::Query& query,
                                    api::Window window) override;
    Result<api::CountAnswer> count(const api::CallContext& context, const model::Query& query) override;
    Result<api::ScanSummary> scan(const api::CallContext& context, const model::Query& query,
                                  const api::ScanOptions& options, const api::RowSink& sink) override;
    Result<api::RecordRow> record(const api::CallContext& context, const model::Uuid& id) override;
    Result<std::uint64_t> positionOf(const api::CallContext& context, const model::Query& query,
                                     const model::Uuid& id) override;
    Result<api::ValuePart> readValue(const api::CallContext& context, const api::ValueRef& value,
                                     api::ByteRange range) override;
    Result<model::FieldProfile> profile(const api::CallContext& context, const model::Query& query,
                                        const std::string& field, std::size_t valuesMax) override;
    /// Measure reads the result through and says how many records each step let pass.
    Result<api::PlanDescription> explain(const api::CallContext& context, const model::Query& query,
                                         api::ExplainMode mode) override;

private:
    /// The result if it is here, or if one of an earlier state can be brought up to date; null otherwise.
    Result<SharedResult> knownResult(const SnapshotView& view, const Deadline& deadline,
                                     const model::Query& query);
    Result<SharedResult> wholeResult(const SnapshotView& view, const Deadline& deadline,
                                     const model::Query& query);
    Result<api::RecordWindow> windowOf(const SnapshotView& view, const Deadline& deadline,
                                       const model::Query& query, const api::Window& window);

    Database& m_database;
};

} // namespace blazedb::local
