// Reading and, where the source can, writing the records of one source.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/batch.h"
#include "engine/model/field_profile.h"
#include "engine/model/finding.h"
#include "engine/model/query.h"
#include "engine/model/schema.h"

namespace blazedb::api {

/// A run of result rows.
struct Window {
    std::uint64_t first = 0;
    std::uint64_t count = 200;
    /// Texts, bytes and containers whose stored form is longer come cut (model::Field::isCut). For lists and grids.
    std::uint64_t valueBytesMax = 4096;
};

/// For Window::valueBytesMax: values come whole.
inline constexpr std::uint64_t kWholeValues = UINT64_MAX;

/// Things to say about one shown record.
struct RecordMarks {
    bool isSoftDeleted = false;
    bool isInvisibleToSwift = false; ///< The Swift library loses it (main page not the lowest of its list).
    bool isRescued = false;          ///< Found by a page scan, not through a trusted catalogue.
    friend bool operator==(const RecordMarks&, const RecordMarks&) = default;
};

struct RecordRow {
    model::Record record;
    RecordMarks marks;
};

struct RecordWindow {
    std::uint64_t first = 0;
    std::vector<RecordRow> rows; ///< Fewer than asked for only at the end of the result.
    /// Rows of the whole result (after offset and limit). Exact once the result was read through; before that an
    /// estimate that may count soft-deleted records.
    model::Count total;
    /// The state of the database the rows belong to; windows with equal sequence are of one snapshot.
    std::uint64_t sequence = 0;
    /// Records left out because they could not be read, so far as met. Never dropped silently.
    std::vector<model::Finding> skipped;
};

/// The answer to "how many".
struct CountAnswer {
    std::uint64_t matching = 0; ///< Before offset and limit.
    std::uint64_t sequence = 0;
    std::vector<model::Finding> skipped;
};

struct ScanOptions {
    std::uint64_t valueBytesMax = kWholeValues; ///< As Window::valueBytesMax.
};

/// Takes one row after the other; an error ends the scan and is its answer.
using RowSink = std::function<Result<void>(const RecordRow&)>;

struct ScanSummary {
    std::uint64_t rows = 0;      ///< Handed to the sink.
    std::uint64_t sequence = 0;  ///< The newest state a row came from.
    /// Records that could not be read, and a remark when the source changed meanwhile so that rows are of several states.
    std::vector<model::Finding> skipped;
};

/// One value inside one record.
struct ValueRef {
    model::Uuid id;
    std::string field; ///< A top-level field name.
};

struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t count = 65'536;
};

/// A part of a text or bytes value, or of the typed JSON of any other kind.
struct ValuePart {
    model::ValueKind kind = model::ValueKind::Null;
    std::uint64_t wholeBytes = 0;
    Bytes bytes; ///< Texts are not cut inside a UTF-8 sequence unless the range itself is shorter than one.
};

struct PlanStep {
    std::string operation; ///< "Scan", "Filter", "Sort", "Limit".
    std::string detail;
    std::vector<PlanStep> inputs;
};

struct PlanDescription {
    PlanStep root;
    bool readsAllRecords = false;
    std::uint64_t recordsToRead = 0;
};

enum class ExplainMode { Plan, Measure };
enum class Isolation { Snapshot, Serialisable };

struct CommitReceipt {
    std::uint64_t sequence = 0;
};

/// Several statements with savepoints. Rolls back when destroyed. Thread-safety: none; one owner.
class Transaction {
public:
    virtual ~Transaction() = default;
    virtual Result<void> apply(const CallContext& context, const model::Batch& batch) = 0;
    virtual Result<CommitReceipt> commit(const CallContext& context) = 0;
};

/// Any thread; calls may block until their context says stop. Errors of every call: Cancelled, DeadlineExceeded,
/// Io, Unavailable; InvalidArgument for a query that cannot be asked (bad pattern).
class Records {
public:
    virtual ~Records() = default;

    /// One window of the result. The first windows of an unsorted query read only what they need; a sorted one reads
    /// all records once, after which its windows are cheap at any depth.
    virtual Result<RecordWindow> query(const CallContext& context, const model::Query& query, Window window) = 0;

    /// Exact, reading every record if need be; afterwards windows of the same query are cheap and their total exact.
    virtual Result<CountAnswer> count(const CallContext& context, const model::Query& query) = 0;

    /// Hands the whole result to `sink`, row by row in its order, on the calling thread and in bounded memory: for exports and
    /// copies. A source that keeps changing does not stop it. Errors also: Unavailable when it changes faster than it is read.
    virtual Result<ScanSummary> scan(const CallContext& context, const model::Query& query, const ScanOptions& options, const RowSink& sink);

    /// One record by id, values whole. Errors: NotFound, Corruption.
    virtual Result<RecordRow> record(const CallContext& context, const model::Uuid& id) = 0;

    /// The position of a record in a result; NotFound if it is not in it. Reads the result through if need be.
    virtual Result<std::uint64_t> positionOf(const CallContext& context, const model::Query& query, const model::Uuid& id) = 0;

    /// A part of a value of any size. Errors: NotFound, Corruption.
    virtual Result<ValuePart> readValue(const CallContext& context, const ValueRef& value, ByteRange range) = 0;

    /// What the values of one field look like over every match of a query (its order, offset and limit are ignored), with at
    /// most `valuesMax` of the most frequent values. `field` is a name or a path. Reads the matches once, in bounded memory.
    virtual Result<model::FieldProfile> profile(const CallContext& context, const model::Query& query, const std::string& field,
                                                std::size_t valuesMax);

    virtual Result<PlanDescription> explain(const CallContext& context, const model::Query& query, ExplainMode mode) = 0;

    /// All or nothing. Each edit names the record version it was made on; Conflict if that is no longer the newest.
    virtual Result<CommitReceipt> apply(const CallContext& context, const model::Batch& batch);
    virtual Result<std::unique_ptr<Transaction>> begin(const CallContext& context, Isolation isolation);
};

} // namespace blazedb::api
