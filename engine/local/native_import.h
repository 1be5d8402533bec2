// Takes typed JSON lines into one collection of a native file, in one commit or in several.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/codec/row_encoder.h"
#include "engine/documents/document_store.h"
#include "engine/model/query.h"

namespace blazedb::local {

struct NativeImportRequest {
    std::string collection = model::kDefaultCollection;
    std::uint64_t commitEvery = 0; ///< Records; 0: all are one commit.
    bool isReplacing = false;      ///< A record that is there with other content is overwritten; otherwise it is an error.
};

/// Of what is committed.
struct NativeImportCounts {
    std::uint64_t inserted = 0;
    std::uint64_t replaced = 0;
    std::uint64_t unchanged = 0; ///< They were there already, the same in every value.

    [[nodiscard]] std::uint64_t total() const { return inserted + replaced + unchanged; }
};

/// Holds the commit lane from the first line of a commit to its end. Destroyed before finish(), it leaves what was committed and nothing of the rest.
/// Memory: as documents::DocumentTransaction, and 16 bytes for each record of a commit if somebody wants to hear of them. Thread-safety: none; one owner.
class NativeImport {
public:
    /// Hears of each commit once it is durable: the ids of its records, in the order of their lines.
    using Committed = std::function<Result<void>(const std::vector<model::Uuid>& ids)>;

    /// Borrows both; `committed` may be empty.
    NativeImport(documents::DocumentStore& store, Random& random, NativeImportRequest request, Committed committed = {});
    ~NativeImport();

    /// One line; an empty one is passed over. A record without an id gets one. Errors, with the number of the line: InvalidArgument (no record, or one that
    /// cannot be held), AlreadyExists (there with other content, twice in the lines with different content, or in another collection), ResourceExhausted, Io,
    /// those of `committed`. After an error nothing more is taken.
    Result<void> line(std::string_view text);
    /// Commits the rest. Errors: those of a commit, and of `committed`.
    Result<void> finish();

    [[nodiscard]] const NativeImportCounts& committed() const { return m_committed; }
    [[nodiscard]] std::uint64_t lines() const { return m_lines; }

private:
    class Numbers;

    Result<void> add(std::string_view text);
    Result<void> store(const model::Record& record);
    Result<void> takeTwin(const model::Record& record, const Error& refused);
    Result<void> commit();
    Result<Bytes> canonical(const model::Record& record);

    documents::DocumentStore& m_store;
    Random& m_random;
    const NativeImportRequest m_request;
    const Committed m_onCommitted;
    std::unique_ptr<Numbers> m_numbers; ///< For comparing alone.
    std::unique_ptr<documents::DocumentTransaction> m_transaction;
    std::vector<model::Uuid> m_ids;
    NativeImportCounts m_pending;
    NativeImportCounts m_committed;
    std::uint64_t m_lines = 0;
};

} // namespace blazedb::local
