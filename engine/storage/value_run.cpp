#include "engine/storage/value_run.h"

#include <algorithm>
#include <string>

#include "engine/storage/node_layout.h"

namespace blazedb::storage {

namespace {

/// A value of kMaxValueBytes has a root of this level.
constexpr std::uint8_t kMaxRunLevel = 2;

/// Bytes that one reference at `level` stands for.
std::uint64_t spanOf(std::uint8_t level)
{
    std::uint64_t span = kRunDataBytes;
    for (std::uint8_t i = 0; i < level; ++i) span *= kRunFanOut;
    return span;
}

struct RunPage {
    Bytes body = Bytes(kPageBodyBytes);
    std::size_t references = 0;
    std::size_t dataBytes = 0;
};

Result<RunPage> readRunPage(const PageFile& pages, const PageRef& ref, std::uint8_t level)
{
    RunPage page;
    BLAZE_TRY(pages.read(ref, page.body));
    const auto kind = static_cast<BodyKind>(page.body[0]);
    page.references = loadLe<std::uint16_t>(page.body.data() + 2);
    page.dataBytes = loadLe<std::uint32_t>(page.body.data() + 4);
    const bool isSound = level == 0 ? kind == BodyKind::RunData && page.dataBytes <= kRunDataBytes
                                    : kind == BodyKind::RunIndex && page.references >= 1 && page.references <= kRunFanOut;
    if (!isSound || std::to_integer<std::uint8_t>(page.body[1]) != level)
        return Error{ErrorCode::Corruption, "page " + std::to_string(ref.page) + ": malformed page of a large value"};
    return page;
}

Result<void> collectPages(const PageFile& pages, const PageRef& ref, std::uint8_t level, std::vector<PageNumber>& into)
{
    into.push_back(ref.page);
    if (level == 0) return {};
    BLAZE_TRY_VALUE(const RunPage page, readRunPage(pages, ref, level));
    for (std::size_t i = 0; i < page.references; ++i)
        BLAZE_TRY(collectPages(pages, loadRef(page.body.data() + kRunHeadBytes + i * PageRef::kBytes), static_cast<std::uint8_t>(level - 1), into));
    return {};
}

Result<void> checkRun(const RunRef& run)
{
    if (run.bytes <= kMaxValueBytes && run.bytes > 0 && run.level == runLevel(run.bytes) && run.root.page >= kFirstPage) return {};
    return Error{ErrorCode::Corruption, "malformed reference to a large value"};
}

} // namespace

std::uint8_t runLevel(std::uint64_t bytes)
{
    std::uint8_t level = 0;
    while (spanOf(level) < bytes) ++level;
    return level;
}

RunWriter::RunWriter(const PageFile& pages, WriteEpoch& epoch, Allocate allocate)
    : m_pages(pages)
    , m_epoch(epoch)
    , m_allocate(std::move(allocate))
    , m_data(kPageBodyBytes)
{
}

Result<void> RunWriter::append(ByteView bytes)
{
    if (bytes.size() > kMaxValueBytes - m_bytes) return Error{ErrorCode::InvalidArgument, "a value has at most 1 GiB"};
    m_bytes += bytes.size();
    while (!bytes.empty()) {
        if (m_dataBytes == kRunDataBytes) BLAZE_TRY(flushData());
        const std::size_t part = std::min(bytes.size(), kRunDataBytes - m_dataBytes);
        std::memcpy(m_data.data() + kRunHeadBytes + m_dataBytes, bytes.data(), part);
        m_dataBytes += part;
        bytes = bytes.subspan(part);
    }
    return {};
}

Result<RunRef> RunWriter::finish()
{
    if (m_bytes == 0) return Error{ErrorCode::InvalidArgument, "an empty value has no pages of its own"};
    BLAZE_TRY(flushData());
    // From below upwards each unfinished page goes into the one above, until one reference is left.
    for (std::size_t level = 0;; ++level) {
        const bool isTop = level + 1 == m_levels.size();
        if (isTop && m_levels[level].references == 1) {
            RunRef run{.bytes = m_bytes, .root = loadRef(m_levels[level].body.data() + kRunHeadBytes), .level = static_cast<std::uint8_t>(level)};
            return run;
        }
        if (m_levels[level].references > 0) BLAZE_TRY(flushLevel(level));
    }
}

Result<void> RunWriter::flushData()
{
    m_data[0] = static_cast<std::byte>(BodyKind::RunData);
    storeLe<std::uint32_t>(m_data.data() + 4, static_cast<std::uint32_t>(m_dataBytes));
    BLAZE_TRY_VALUE(const PageRef ref, writePage(m_data));
    std::fill(m_data.begin(), m_data.end(), std::byte{0});
    m_dataBytes = 0;
    return addReference(0, ref);
}

Result<void> RunWriter::addReference(std::size_t level, const PageRef& ref)
{
    if (level == m_levels.size()) m_levels.push_back({Bytes(kPageBodyBytes), 0});
    if (m_levels[level].references == kRunFanOut) BLAZE_TRY(flushLevel(level));
    Level& here = m_levels[level];
    storeRef(here.body.data() + kRunHeadBytes + here.references * PageRef::kBytes, ref);
    ++here.references;
    return {};
}

Result<void> RunWriter::flushLevel(std::size_t level)
{
    Level& here = m_levels[level];
    here.body[0] = static_cast<std::byte>(BodyKind::RunIndex);
    here.body[1] = static_cast<std::byte>(level + 1);
    storeLe<std::uint16_t>(here.body.data() + 2, static_cast<std::uint16_t>(here.references));
    BLAZE_TRY_VALUE(const PageRef ref, writePage(here.body));
    std::fill(here.body.begin(), here.body.end(), std::byte{0});
    here.references = 0;
    return addReference(level + 1, ref);
}

Result<PageRef> RunWriter::writePage(ByteView body)
{
    BLAZE_TRY_VALUE(const PageNumber page, m_allocate());
    m_taken.push_back(page);
    std::array<std::byte, kPageBytes> sealed;
    const Tag tag = m_pages.seal(m_epoch, page, body, sealed);
    BLAZE_TRY(m_pages.write(page, sealed));
    return PageRef{page, tag};
}

Result<std::size_t> readRun(const PageFile& pages, const RunRef& run, std::uint64_t offset, std::span<std::byte> into)
{
    BLAZE_TRY(checkRun(run));
    if (offset >= run.bytes) return std::size_t{0};
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), run.bytes - offset));
    std::size_t done = 0;
    // The index pages on the way are kept from part to part: neighbours share them.
    struct Kept {
        std::uint64_t start = 0;
        std::optional<RunPage> page;
    };
    std::array<Kept, kMaxRunLevel + 1> kept;
    while (done < wanted) {
        const std::uint64_t at = offset + done;
        PageRef ref = run.root;
        std::uint64_t start = 0;
        for (std::uint8_t level = run.level; level > 0; --level) {
            Kept& index = kept[level];
            if (!index.page || index.start != start) {
                BLAZE_TRY_VALUE(index.page, readRunPage(pages, ref, level));
                index.start = start;
            }
            const std::uint64_t span = spanOf(static_cast<std::uint8_t>(level - 1));
            const auto slot = static_cast<std::size_t>((at - start) / span);
            if (slot >= index.page->references) return Error{ErrorCode::Corruption, "page " + std::to_string(ref.page) + ": a part of a large value is missing"};
            start += slot * span;
            ref = loadRef(index.page->body.data() + kRunHeadBytes + slot * PageRef::kBytes);
        }
        BLAZE_TRY_VALUE(const RunPage data, readRunPage(pages, ref, 0));
        const auto inPage = static_cast<std::size_t>(at - start);
        const std::size_t expected = static_cast<std::size_t>(std::min<std::uint64_t>(kRunDataBytes, run.bytes - start));
        if (data.dataBytes != expected) return Error{ErrorCode::Corruption, "page " + std::to_string(ref.page) + ": a part of a large value has another size"};
        const std::size_t part = std::min(wanted - done, expected - inPage);
        std::memcpy(into.data() + done, data.body.data() + kRunHeadBytes + inPage, part);
        done += part;
    }
    return done;
}

Result<std::vector<PageNumber>> pagesOfRun(const PageFile& pages, const RunRef& run)
{
    BLAZE_TRY(checkRun(run));
    std::vector<PageNumber> all;
    BLAZE_TRY(collectPages(pages, run.root, run.level, all));
    return all;
}

} // namespace blazedb::storage
