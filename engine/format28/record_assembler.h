// From page numbers to the bytes of one record: finds the main page, follows the chain, checks all of it.
// Source: file-format specification 3.5 and 3.6.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/crypto/aes_gcm.h"
#include "engine/format28/page_source.h"
#include "engine/model/uuid.h"

namespace blazedb::format28 {

struct AssembledRecord {
    ByteView bytes; ///< Borrowed until the next call.
    PageNumber mainPage = 0;
    bool isMainLowest = true;      ///< Otherwise the Swift library cannot see the record.
    bool isFromJson = false;       ///< Stored as JSON text by a very old release; `bytes` are the same fields as BlazeBinary.
    std::vector<PageNumber> chain; ///< Overflow pages, in order.
    /// The fnv1a64 that `bytes` must have, not yet compared; only when checksums are deferred.
    std::optional<std::uint64_t> awaitedChecksum;
};

/// Why a record has no bytes.
struct RecordProblem {
    enum class Kind { Zeroed, BeyondEnd, Damaged, Unsupported, WrongId };
    Kind kind = Kind::Damaged;
    std::optional<PageNumber> page;
    std::string reason;
};

/// Reads records one after the other, reusing its buffers; reads ahead when main pages follow each other.
/// Thread-safety: none; one owner.
class RecordAssembler {
public:
    /// Borrows both. `isReadingAhead` is for scans in page order.
    RecordAssembler(const PageSource& pages, ByteView key, bool isReadingAhead);

    /// The record whose catalogue entry lists `listed` (ascending). False with problem() set when it cannot be had. Errors: Io.
    Result<bool> assemble(std::span<const PageNumber> listed, AssembledRecord& record);
    /// The same, and the record must carry this id.
    Result<bool> assemble(std::span<const PageNumber> listed, const model::Uuid& id, AssembledRecord& record);
    [[nodiscard]] const RecordProblem& problem() const { return m_problem; }
    void setProblem(RecordProblem problem) { m_problem = std::move(problem); }
    [[nodiscard]] std::uint64_t pagesRead() const { return m_pagesRead; }
    /// Whether a page of the last record came from the log.
    [[nodiscard]] bool hasMetLog() const { return m_hasMetLog; }
    /// Whether the log's image of a page is taken before the file's, as it is from the beginning.
    void readLogFirst(bool isLogFirst) { m_isLogFirst = isLogFirst; }
    /// Leaves the checksums of long records to the caller, who can take those of several records at once. What is wrong with a
    /// record otherwise is still told as if its checksum had been compared first.
    void deferChecksums(bool areDeferred) { m_areChecksumsDeferred = areDeferred; }
    /// Gives the bytes of the last long record away, which stay valid there, and takes `buffer` for the next one.
    void exchangeLong(Bytes& buffer) { m_long.swap(buffer); }
    /// Reads pages from the file again even where they were read ahead.
    void forgetReadAhead() { m_aheadBytes = 0; }

private:
    /// A main page that was not read ahead may begin a new run; a page of a chain only when it follows the last one.
    enum class Reading { Main, Chain };
    Result<ByteView> page(PageNumber number, Reading reading);
    Result<bool> findMain(std::span<const PageNumber> listed, AssembledRecord& record, ByteView& main);
    Result<bool> followChain(const Trailer& trailer, AssembledRecord& record);
    bool compareChecksum(AssembledRecord& record);
    bool fail(RecordProblem::Kind kind, std::optional<PageNumber> page, std::string reason);
    bool translateJson(AssembledRecord& record);

    const PageSource& m_pages;
    crypto::AesGcm m_cipher;
    bool m_isReadingAhead;
    bool m_isLogFirst = true;
    bool m_hasMetLog = false;
    bool m_areChecksumsDeferred = false;
    Bytes m_single;   ///< One page.
    Bytes m_ahead;    ///< Pages from m_aheadFirst on.
    PageNumber m_aheadFirst = 0;
    std::size_t m_aheadBytes = 0;
    Bytes m_plain;    ///< Of a main page.
    Bytes m_long;     ///< Of a record with a chain.
    Bytes m_translated; ///< Of a record stored as JSON.
    RecordProblem m_problem;
    std::uint64_t m_pagesRead = 0;
};

} // namespace blazedb::format28
