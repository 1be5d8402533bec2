#include "engine/storage/store_verifier.h"

#include <algorithm>

#include "engine/storage/catalogue.h"

namespace blazedb::storage {

StoreVerifier::StoreVerifier(const StoreCore& core, const Header& header, VerifyProgress onProgress)
    : m_core(core)
    , m_header(header)
    , m_onProgress(std::move(onProgress))
{
}

void StoreVerifier::own(PageNumber page, const std::string& what)
{
    if (m_owned.test(page)) find(ErrorCode::Corruption, "page " + std::to_string(page) + " of " + what + " has another owner too");
    m_owned.set(page);
    ++m_pages;
    if (m_onProgress) m_onProgress(m_pages);
}

Result<bool> StoreVerifier::settle(const Result<void>& outcome, const std::string& what)
{
    if (outcome) return true;
    const Error& error = outcome.error();
    if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::Io) return error;
    find(error.code, what + ": " + error.message);
    return false;
}

Result<Bytes> StoreVerifier::readOwned(const RunRef& run, const std::string& what)
{
    if (run.bytes == 0) return Bytes{};
    BLAZE_TRY_VALUE(const auto pages, pagesOfRun(m_core.pages, run));
    for (const PageNumber page : pages) own(page, what);
    Bytes bytes(static_cast<std::size_t>(run.bytes));
    BLAZE_TRY(readRun(m_core.pages, run, 0, bytes));
    return bytes;
}

Result<std::vector<StoreFinding>> StoreVerifier::run(const std::stop_token& stop)
{
    BLAZE_TRY_VALUE(const bool isRead, settle(checkRoots(stop), "header " + std::to_string(m_header.generation)));
    static_cast<void>(isRead);
    return std::move(m_findings);
}

Result<void> StoreVerifier::checkRoots(const std::stop_token& stop)
{
    for (PageNumber page = 0; page < kFirstPage; ++page) m_owned.set(page);
    BLAZE_TRY_VALUE(const Bytes catalogue, readOwned(m_header.catalogue, "the catalogue"));
    BLAZE_TRY_VALUE(const StoreRoots roots, decodeTrees(catalogue, m_header.sequence));
    for (const TreeState& tree : roots.trees) {
        if (tree.page.page == 0) continue;
        auto rows = checkNode(tree, tree.page, tree.level, {}, {}, stop);
        BLAZE_TRY_VALUE(const bool isRead, settle(rows ? Result<void>{} : Result<void>(rows.error()), "tree " + tree.name));
        if (isRead && *rows != tree.rows)
            find(ErrorCode::Corruption, "tree " + tree.name + " has " + std::to_string(*rows) + " rows, the catalogue says " + std::to_string(tree.rows));
    }
    // The free list speaks of all pages but its own and the log's.
    BLAZE_TRY_VALUE(const Bytes freeList, readWholeFreeList());
    BLAZE_TRY_VALUE(const PageSpace space, PageSpace::decode(freeList, m_header.pageCount));
    if (!m_findings.empty()) return {}; // pages below a damaged one have no known owner
    const PageNumber end = std::max(m_owned.end(), m_header.pageCount);
    for (PageNumber page = kFirstPage; page < end; ++page) {
        if (m_owned.test(page) && !space.isAnchored(page)) find(ErrorCode::Corruption, "page " + std::to_string(page) + " is in use and in the free list");
        if (!m_owned.test(page) && space.isAnchored(page)) find(ErrorCode::Corruption, "page " + std::to_string(page) + " is neither in use nor in the free list");
    }
    return {};
}

Result<Bytes> StoreVerifier::readWholeFreeList() const
{
    if (m_header.freeList.bytes == 0) return Bytes{};
    BLAZE_TRY_VALUE(const auto pages, pagesOfRun(m_core.pages, m_header.freeList));
    for (const PageNumber page : pages)
        if (m_owned.test(page)) return Error{ErrorCode::Corruption, "page " + std::to_string(page) + " of the free list has another owner too"};
    Bytes bytes(static_cast<std::size_t>(m_header.freeList.bytes));
    BLAZE_TRY(readRun(m_core.pages, m_header.freeList, 0, bytes));
    return bytes;
}

Result<void> StoreVerifier::checkValue(const RunRef& run, const std::stop_token& stop)
{
    BLAZE_TRY_VALUE(const auto pages, pagesOfRun(m_core.pages, run));
    for (const PageNumber page : pages) own(page, "a large value");
    Bytes part(std::size_t{1} << 20);
    for (std::uint64_t at = 0; at < run.bytes; at += part.size()) {
        if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "the check was stopped"};
        BLAZE_TRY(readRun(m_core.pages, run, at, part));
    }
    return {};
}

Result<std::uint64_t> StoreVerifier::checkNode(const TreeState& tree, const PageRef& ref, std::uint8_t level, ByteView low, ByteView high,
                                               const std::stop_token& stop)
{
    if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "the check was stopped"};
    const std::string place = "tree " + tree.name + ", page " + std::to_string(ref.page);
    own(ref.page, "tree " + tree.name);
    Bytes body(kPageBodyBytes);
    BLAZE_TRY(m_core.pages.read(ref, body));
    BLAZE_TRY(validateNode(body, level));
    const NodeView node(body.data());
    const std::size_t count = node.count();
    std::uint64_t rows = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const ByteView key = node.key(i);
        const bool isBounded = level == 0 || i > 0; // an inner node's first key is never looked at
        if (isBounded && ((!low.empty() && compareKeys(key, low) < 0) || (!high.empty() && compareKeys(key, high) >= 0)))
            find(ErrorCode::Corruption, place + ": a key lies outside the bounds of its parent");
        if (level == 0) {
            ++rows;
            if (!node.value(i).isRun) continue;
            BLAZE_TRY_VALUE(const bool isRead, settle(checkValue(loadRun(node.value(i).bytes.data()), stop), place + ", row " + std::to_string(i)));
            static_cast<void>(isRead);
            continue;
        }
        const ByteView childLow = i == 0 ? low : key;
        const ByteView childHigh = i + 1 < count ? node.key(i + 1) : high;
        auto below = checkNode(tree, loadRef(node.child(i)), static_cast<std::uint8_t>(level - 1), childLow, childHigh, stop);
        BLAZE_TRY_VALUE(const bool isRead, settle(below ? Result<void>{} : Result<void>(below.error()), place));
        if (!isRead) continue;
        if (*below != node.childRows(i)) find(ErrorCode::Corruption, place + ": child " + std::to_string(i) + " has another number of rows");
        rows += *below;
    }
    return rows;
}

Result<std::vector<StoreFinding>> findInFixedPlaces(const StoreCore& core)
{
    std::vector<StoreFinding> findings;
    BLAZE_TRY_VALUE(const KeyAreaReading keys, readKeyArea(*core.file));
    for (std::size_t i = 0; i < 2; ++i)
        if (!keys.isSound[i]) findings.push_back({ErrorCode::Corruption, "copy " + std::to_string(i) + " of the key area is damaged"});
    BLAZE_TRY_VALUE(const HeaderReading headers, readHeader(*core.file, core.headerKeys));
    if (!headers.isWitnessSound) findings.push_back({ErrorCode::Corruption, "the witness of the newest header is damaged"});
    for (std::size_t i = 0; i < 2; ++i)
        if (!headers.isSound[i] && headers.header.generation > 1)
            findings.push_back({ErrorCode::Corruption, "header slot " + std::to_string(i) + " is damaged; the other one is the newest"});
    return findings;
}

} // namespace blazedb::storage
