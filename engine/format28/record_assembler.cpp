#include "engine/format28/record_assembler.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "engine/base/checksum.h"
#include "engine/codec/blaze_binary.h"
#include "engine/codec/legacy_json.h"

namespace blazedb::format28 {

namespace {

constexpr std::size_t kReadAheadPages = 64;

std::string onPage(PageNumber page, const std::string& reason)
{
    return "page " + std::to_string(page) + ": " + reason;
}

} // namespace

RecordAssembler::RecordAssembler(const PageSource& pages, ByteView key, bool isReadingAhead)
    : m_pages(pages)
    , m_cipher(key)
    , m_isReadingAhead(isReadingAhead)
    , m_single(kPageBytes)
    , m_ahead(isReadingAhead ? kReadAheadPages * kPageBytes : 0)
    , m_plain(kMainPlainMax)
{
}

bool RecordAssembler::fail(RecordProblem::Kind kind, std::optional<PageNumber> page, std::string reason)
{
    m_problem = {kind, page, page ? onPage(*page, reason) : std::move(reason)};
    return false;
}

Result<ByteView> RecordAssembler::page(PageNumber number, Reading reading)
{
    ++m_pagesRead;
    const bool isInLog = m_pages.isInLog(number);
    m_hasMetLog = m_hasMetLog || isInLog;
    const bool isAhead = m_aheadBytes > 0 && number >= m_aheadFirst && number - m_aheadFirst < kReadAheadPages;
    // A jump into a chain elsewhere must not throw away the run of main pages.
    const bool mayBegin = reading == Reading::Main || (m_aheadBytes > 0 && number - m_aheadFirst == kReadAheadPages);
    if (!m_isReadingAhead || !m_isLogFirst || isInLog || (!isAhead && !mayBegin)) {
        BLAZE_TRY_VALUE(const std::size_t got, m_isLogFirst ? m_pages.read(number, m_single) : m_pages.readFromFile(number, m_single));
        return ByteView(m_single).first(got);
    }
    if (!isAhead) {
        m_aheadFirst = number;
        BLAZE_TRY_VALUE(m_aheadBytes, m_pages.readRun(number, m_ahead));
    }
    const std::size_t offset = (number - m_aheadFirst) * kPageBytes;
    if (offset >= m_aheadBytes) return ByteView();
    return ByteView(m_ahead).subspan(offset, std::min(kPageBytes, m_aheadBytes - offset));
}

Result<bool> RecordAssembler::findMain(std::span<const PageNumber> listed, AssembledRecord& record, ByteView& main)
{
    bool hasZero = false;
    bool isBeyond = false;
    for (const PageNumber number : listed) {
        BLAZE_TRY_VALUE(main, page(number, Reading::Main));
        isBeyond = isBeyond || main.empty();
        if (main.empty()) continue;
        switch (pageKind(main)) {
        case PageKind::Main:
            record.mainPage = number;
            record.isMainLowest = number == listed.front();
            return true;
        case PageKind::Zero: hasZero = true; break;
        case PageKind::Unencrypted: return fail(RecordProblem::Kind::Unsupported, number, "an unencrypted page, which the Swift library does not read either");
        case PageKind::Compressed: return fail(RecordProblem::Kind::Unsupported, number, "a compressed page, which only Apple builds read");
        case PageKind::Foreign:
            if (main.size() < kPageBytes) isBeyond = true;
            break;
        case PageKind::Overflow: break;
        }
    }
    const std::optional<PageNumber> first = listed.empty() ? std::nullopt : std::optional(listed.front());
    if (isBeyond) return fail(RecordProblem::Kind::BeyondEnd, first, "the page file is shorter than the catalogue says");
    if (hasZero) return fail(RecordProblem::Kind::Zeroed, first, "deleted by the app before it saved its catalogue, or lost");
    return fail(RecordProblem::Kind::Damaged, first, "no record page where the catalogue says");
}

Result<bool> RecordAssembler::followChain(const Trailer& trailer, AssembledRecord& record)
{
    const PageNumber main = record.mainPage;
    if (!trailer.isCommitted) return fail(RecordProblem::Kind::Damaged, main, "a long record that was not written to its end");
    if (trailer.overflowPages > kOverflowPagesMax || trailer.recordBytes > kRecordBytesMax)
        return fail(RecordProblem::Kind::Damaged, main, "the record is longer than the format allows");
    std::unordered_set<PageNumber> visited;
    for (PageNumber next = trailer.firstOverflow; next != 0;) {
        if (!visited.insert(next).second) return fail(RecordProblem::Kind::Damaged, next, "the chain runs in a circle");
        if (visited.size() > trailer.overflowPages) return fail(RecordProblem::Kind::Damaged, next, "the chain has more pages than its record says");
        BLAZE_TRY_VALUE(const ByteView bytes, page(next, Reading::Chain));
        if (bytes.size() < kPageBytes) return fail(RecordProblem::Kind::Damaged, next, "the chain leads past the end of the page file");
        const auto header = openOverflowPage(m_cipher, bytes, m_long);
        if (!header) return fail(RecordProblem::Kind::Damaged, next, header.error().message);
        record.chain.push_back(next);
        next = header->next;
    }
    if (record.chain.size() != trailer.overflowPages) return fail(RecordProblem::Kind::Damaged, main, "the chain has fewer pages than its record says");
    if (m_long.size() != trailer.recordBytes) return fail(RecordProblem::Kind::Damaged, main, "the chain does not have the record's length");
    record.awaitedChecksum = trailer.checksum;
    return true;
}

/// Compares what is not yet compared; false, with the problem set, when it does not fit.
bool RecordAssembler::compareChecksum(AssembledRecord& record)
{
    const auto awaited = std::exchange(record.awaitedChecksum, std::nullopt);
    return !awaited || fnv1a64(record.bytes) == *awaited || fail(RecordProblem::Kind::Damaged, record.mainPage, "the record's checksum does not fit");
}

/// Everything above reads one encoding; a record of the oldest files becomes it here.
bool RecordAssembler::translateJson(AssembledRecord& record)
{
    auto fields = codec::decodeJsonRecord(record.bytes);
    if (!fields) return fail(RecordProblem::Kind::Damaged, record.mainPage, fields.error().message);
    auto encoded = codec::encodeRecord(*fields);
    if (!encoded) return fail(RecordProblem::Kind::Damaged, record.mainPage, encoded.error().message);
    m_translated = *std::move(encoded);
    record.bytes = m_translated;
    record.isFromJson = true;
    return true;
}

Result<bool> RecordAssembler::assemble(std::span<const PageNumber> listed, AssembledRecord& record)
{
    record.chain.clear();
    record.isFromJson = false;
    record.awaitedChecksum.reset();
    m_hasMetLog = false;
    ByteView main;
    BLAZE_TRY_VALUE(const bool isFound, findMain(listed, record, main));
    if (!isFound) return false;
    const auto length = openMainPage(m_cipher, main, m_plain);
    if (!length) return fail(RecordProblem::Kind::Damaged, record.mainPage, length.error().message);
    if (*length == 0) return fail(RecordProblem::Kind::Zeroed, record.mainPage, "deleted by the app before it saved its catalogue, or lost");
    record.bytes = ByteView(m_plain).first(*length);
    if (codec::isInMemoryForm(record.bytes)) return fail(RecordProblem::Kind::Damaged, record.mainPage, "unknown record version");
    const auto trailer = readTrailer(record.bytes);
    if (!trailer) return !codec::looksLikeJsonRecord(record.bytes) || translateJson(record);
    const ByteView firstPart = record.bytes.first(kFirstPartBytes);
    m_long.assign(firstPart.begin(), firstPart.end());
    BLAZE_TRY_VALUE(const bool isWhole, followChain(*trailer, record));
    record.bytes = m_long;
    if (!isWhole) return false;
    const bool isJson = codec::looksLikeJsonRecord(record.bytes);
    if ((isJson || !m_areChecksumsDeferred) && !compareChecksum(record)) return false;
    return !isJson || translateJson(record);
}

Result<bool> RecordAssembler::assemble(std::span<const PageNumber> listed, const model::Uuid& id, AssembledRecord& record)
{
    BLAZE_TRY_VALUE(const bool isWhole, assemble(listed, record));
    if (!isWhole) return false;
    const auto stored = codec::decodeRecordId(record.bytes);
    const bool isOfThisId = stored && (!*stored || **stored == id);
    if (!isOfThisId && !compareChecksum(record)) return false;
    if (!stored) {
        const auto kind = stored.error().code == ErrorCode::Unsupported ? RecordProblem::Kind::Unsupported : RecordProblem::Kind::Damaged;
        return fail(kind, record.mainPage, stored.error().message);
    }
    if (!isOfThisId) return fail(RecordProblem::Kind::WrongId, record.mainPage, "the page holds another record, " + (**stored).toString());
    return true;
}

} // namespace blazedb::format28
