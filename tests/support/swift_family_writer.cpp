#include "tests/support/swift_family_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/assert.h"
#include "engine/base/checksum.h"
#include "engine/base/random.h"
#include "engine/codec/blaze_binary.h"
#include "engine/crypto/key_derivation.h"

namespace blazedb::tests {

using namespace format28;

namespace {

constexpr std::size_t kLogHeaderBytes = 16;
const Bytes kZeroPage(kPageBytes);

template <typename T>
T must(Result<T> result)
{
    BLAZE_ASSERT(result.has_value());
    return *std::move(result);
}

void must(const Result<void>& result)
{
    BLAZE_ASSERT(result.has_value());
}

std::array<std::byte, crypto::kNonceBytes> freshNonce()
{
    std::array<std::byte, crypto::kNonceBytes> nonce{};
    must(systemRandom().fill(nonce));
    return nonce;
}

Bytes encoded(const model::Uuid& id, const std::vector<model::Field>& fields)
{
    std::vector<model::Field> all = fields;
    const auto isId = [](const model::Field& field) { return field.name == model::fieldname::kId; };
    if (std::none_of(all.begin(), all.end(), isId)) all.push_back({std::string(model::fieldname::kId), model::Value(id)});
    return must(codec::encodeRecord(all));
}

std::size_t pagesNeeded(std::size_t recordBytes)
{
    if (recordBytes <= kSinglePageRecordMax) return 1;
    return 1 + (recordBytes - kFirstPartBytes + kOverflowPlainMax - 1) / kOverflowPlainMax;
}

} // namespace

SwiftFamilyWriter::SwiftFamilyWriter(FileSystem& files, const std::string& path, bool isSyncing, std::uint32_t keyRounds)
    : m_files(files)
    , m_isSyncing(isSyncing)
    , m_paths(familyPaths(path))
{
    Bytes salt(16);
    must(systemRandom().fill(salt));
    m_key = std::make_shared<const SecureBytes>(crypto::pbkdf2Sha256(asBytes(std::string_view(kPassword)), salt, keyRounds));
    m_cipher = std::make_unique<crypto::AesGcm>(m_key->view());
    must(must(m_files.createNew(m_paths.salt()))->writeAt(0, salt));
    m_pages = must(m_files.createNew(m_paths.pages));
    m_log = must(m_files.createNew(m_paths.log()));
    saveCatalogue(true);
}

SwiftFamilyWriter::~SwiftFamilyWriter() = default;

bool SwiftFamilyWriter::step(std::string_view name)
{
    if (!m_isStopped && m_afterStep && !m_afterStep(name)) m_isStopped = true;
    return !m_isStopped;
}

void SwiftFamilyWriter::sync(File& file)
{
    if (m_isSyncing) must(file.sync());
}

void SwiftFamilyWriter::write(File& file, std::uint64_t offset, ByteView bytes)
{
    must(file.writeAt(offset, bytes));
}

PageNumber SwiftFamilyWriter::allocate()
{
    if (m_layout.freePages.empty()) return m_layout.nextPage++;
    const PageNumber page = m_layout.freePages.front();
    m_layout.freePages.pop_front();
    return page;
}

Page SwiftFamilyWriter::sealedMain(ByteView plain) const
{
    return sealMainPage(*m_cipher, freshNonce(), plain);
}

bool SwiftFamilyWriter::logAndWrite(PageNumber page, ByteView image, bool isSyncedAtOnce)
{
    ByteWriter entry(kLogHeaderBytes + kPageBytes);
    entry.text("ELAW");
    entry.le<std::uint32_t>(page);
    entry.le<std::uint32_t>(kPageBytes);
    entry.le<std::uint32_t>(crc32(image));
    entry.bytes(image);
    write(*m_log, m_logBytes, entry.view());
    m_logBytes += entry.size();
    if (isSyncedAtOnce) sync(*m_log);
    if (!step("main page logged")) return false;
    write(*m_pages, std::uint64_t{page} * kPageBytes, image);
    if (isSyncedAtOnce) sync(*m_pages);
    return step("main page written");
}

/// Overflow pages first, unlogged; then the main page through the log.
bool SwiftFamilyWriter::writeRecord(Pages pages, ByteView bytes, bool isUpdate)
{
    if (bytes.size() <= kSinglePageRecordMax) return logAndWrite(pages.front(), sealedMain(bytes), isUpdate);
    for (std::size_t i = 1; i < pages.size(); ++i) {
        const std::size_t at = kFirstPartBytes + (i - 1) * kOverflowPlainMax;
        const PageNumber next = i + 1 < pages.size() ? pages[i + 1] : 0;
        const Page image = sealOverflowPage(*m_cipher, freshNonce(), next, bytes.subspan(at, std::min(kOverflowPlainMax, bytes.size() - at)));
        write(*m_pages, std::uint64_t{pages[i]} * kPageBytes, image);
        if (!step("overflow page written")) return false;
    }
    Bytes first(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(kFirstPartBytes));
    appendTrailer(first, {true, pages[1], bytes.size(), fnv1a64(bytes), static_cast<std::uint32_t>(pages.size() - 1)});
    return logAndWrite(pages.front(), sealedMain(first), isUpdate);
}

bool SwiftFamilyWriter::zero(PageNumber page, std::string_view name)
{
    write(*m_pages, std::uint64_t{page} * kPageBytes, kZeroPage);
    sync(*m_pages);
    return step(name);
}

bool SwiftFamilyWriter::writeAtomically(const std::string& path, ByteView bytes, std::string_view name)
{
    const std::string temporary = m_paths.folder + "/.dat.nosync" + std::to_string(++m_names);
    const auto file = must(m_files.createNew(temporary));
    write(*file, 0, bytes);
    sync(*file);
    if (!step(std::string(name) + " temporary written")) return false;
    must(m_files.rename(temporary, path));
    return step(std::string(name) + " renamed");
}

bool SwiftFamilyWriter::saveCatalogue(bool keepsMetaData)
{
    WrittenCatalogue catalogue;
    for (const auto& [id, pages] : m_layout.pagesOf) {
        WrittenRecord record{id, pages.front(), 1, pages};
        std::sort(record.listed.begin(), record.listed.end());
        catalogue.records.push_back(std::move(record));
    }
    catalogue.nextPage = m_layout.nextPage;
    catalogue.freePages.assign(m_layout.freePages.begin(), m_layout.freePages.end());
    std::sort(catalogue.freePages.begin(), catalogue.freePages.end());
    if (keepsMetaData) catalogue.metaData = {{"formatVersion", "\"1.0.0\""}};
    const std::string text = catalogueFile(catalogue, m_key->view(), std::chrono::system_clock::now());
    m_catalogueBytes = text.size();
    m_pending = 0;
    return writeAtomically(m_paths.catalogue(), asBytes(text), "catalogue");
}

bool SwiftFamilyWriter::notePending()
{
    return ++m_pending < kPendingMax || saveCatalogue(true);
}

bool SwiftFamilyWriter::writeNew(const model::Uuid& id, const std::vector<model::Field>& fields)
{
    BLAZE_ASSERT(!m_records.contains(id));
    const Bytes bytes = encoded(id, fields);
    Pages pages;
    for (std::size_t i = 0; i < pagesNeeded(bytes.size()); ++i) {
        PageNumber page = allocate();
        // Page 0 in a chain breaks Swift's own allocator; that is not what is tested here.
        if (page == 0 && i > 0) page = allocate();
        pages.push_back(page);
    }
    if (!writeRecord(pages, bytes, false)) return false;
    m_layout.pagesOf[id] = pages;
    return true;
}

bool SwiftFamilyWriter::insert(const model::Uuid& id, std::vector<model::Field> fields)
{
    if (m_isStopped || !writeNew(id, fields)) return false;
    sync(*m_log);
    sync(*m_pages);
    if (!saveCatalogue(false)) return false;
    m_records[id] = std::move(fields);
    return true;
}

bool SwiftFamilyWriter::insertMany(const Records& records)
{
    if (m_isStopped) return false;
    for (const auto& [id, fields] : records)
        if (!writeNew(id, fields)) return false;
    sync(*m_log);
    sync(*m_pages);
    if (!saveCatalogue(true)) return false;
    m_records.insert(records.begin(), records.end());
    return true;
}

bool SwiftFamilyWriter::update(const model::Uuid& id, std::vector<model::Field> fields)
{
    if (m_isStopped) return false;
    const Bytes bytes = encoded(id, fields);
    Pages& pages = m_layout.pagesOf.at(id);
    const Pages oldOverflow(pages.begin() + 1, pages.end());
    Pages fresh{pages.front()};
    for (std::size_t i = 1; i < pagesNeeded(bytes.size()); ++i) fresh.push_back(m_layout.nextPage++);
    if (!writeRecord(fresh, bytes, true)) return false;
    pages = fresh;
    m_records[id] = std::move(fields);
    for (const PageNumber page : oldOverflow)
        if (!zero(page, "old overflow page zeroed")) return false;
    return notePending();
}

bool SwiftFamilyWriter::softDelete(const model::Uuid& id)
{
    if (m_isStopped) return false;
    std::vector<model::Field> fields = m_records.at(id);
    std::erase_if(fields, [](const model::Field& field) { return field.name == model::fieldname::kIsDeleted; });
    fields.push_back({std::string(model::fieldname::kIsDeleted), model::Value(true)});
    return update(id, std::move(fields));
}

bool SwiftFamilyWriter::remove(const model::Uuid& id)
{
    if (m_isStopped) return false;
    const Pages pages = m_layout.pagesOf.at(id);
    m_layout.pagesOf.erase(id);
    m_records.erase(id);
    for (const PageNumber page : pages)
        if (!zero(page, "page of the deleted record zeroed")) return false;
    m_layout.freePages.insert(m_layout.freePages.end(), pages.begin(), pages.end());
    return notePending();
}

bool SwiftFamilyWriter::persist()
{
    return !m_isStopped && saveCatalogue(true);
}

bool SwiftFamilyWriter::emptyLog()
{
    must(m_log->truncate(0));
    sync(*m_log);
    m_logBytes = 0;
    return step("log emptied");
}

std::string SwiftFamilyWriter::transactionStem() const
{
    return m_paths.folder + "/" + m_paths.transactionPrefix() + transactionDigest(m_paths.pages);
}

bool SwiftFamilyWriter::copyInTwoHalves(const std::string& from, const std::string& to, std::string_view name)
{
    const Bytes bytes = must(readWholeFile(m_files, from, UINT64_MAX));
    const auto copy = must(m_files.createNew(to));
    if (!step(std::string(name) + " created")) return false;
    const std::size_t half = bytes.size() / 2;
    write(*copy, 0, ByteView(bytes).first(half));
    if (!step(std::string(name) + " half copied")) return false;
    write(*copy, half, ByteView(bytes).subspan(half));
    return step(std::string(name) + " copied");
}

bool SwiftFamilyWriter::removeIfThere(const std::string& path, std::string_view name)
{
    static_cast<void>(m_files.remove(path));
    return step(name);
}

bool SwiftFamilyWriter::begin()
{
    if (m_isStopped) return false;
    BLAZE_ASSERT(!m_isInTransaction);
    if (!saveCatalogue(true) || !emptyLog()) return false;
    const std::string stem = transactionStem();
    if (!copyInTwoHalves(m_paths.pages, stem + ".blazedb", "page backup")) return false;
    if (!copyInTwoHalves(m_paths.catalogue(), stem + ".meta", "catalogue backup")) return false;
    m_layoutBefore = m_layout;
    m_beforeTransaction = m_records;
    m_isInTransaction = true;
    return writeAtomically(stem + ".state", asBytes(R"({"phase":"open","startedAtISO8601":"2026-01-02T03:04:05Z"})"), "state");
}

bool SwiftFamilyWriter::commit()
{
    if (m_isStopped) return false;
    BLAZE_ASSERT(m_isInTransaction);
    const std::string stem = transactionStem();
    if (!writeAtomically(stem + ".state", asBytes(R"({"phase":"committing","startedAtISO8601":"2026-01-02T03:04:05Z"})"), "state")) return false;
    if (!saveCatalogue(true) || !emptyLog()) return false;
    m_isInTransaction = false;
    return removeIfThere(stem + ".blazedb", "page backup removed") && removeIfThere(stem + ".meta", "catalogue backup removed")
        && removeIfThere(stem + ".state", "state removed");
}

bool SwiftFamilyWriter::rollback()
{
    if (m_isStopped) return false;
    BLAZE_ASSERT(m_isInTransaction);
    for (const auto& [id, fields] : m_beforeTransaction)
        if (!logAndWrite(m_layoutBefore.pagesOf.at(id).front(), sealedMain(encoded(id, fields)), true)) return false;
    m_layout = m_layoutBefore;
    m_records = m_beforeTransaction;
    if (!saveCatalogue(true)) return false;
    m_isInTransaction = false;
    const std::string stem = transactionStem();
    return removeIfThere(stem + ".blazedb", "page backup removed") && removeIfThere(stem + ".meta", "catalogue backup removed")
        && removeIfThere(stem + ".state", "state removed");
}

bool SwiftFamilyWriter::vacuum()
{
    if (m_isStopped) return false;
    BLAZE_ASSERT(!m_isInTransaction);
    must(m_files.createNew(m_paths.vacuumMarker()));
    if (!step("vacuum marked")) return false;

    // The new database, built beside the old one under names of its own.
    const std::string newPages = m_paths.base + ".vacuum.blazedb";
    const std::string newCatalogue = m_paths.base + ".vacuum.meta";
    const std::string newLog = m_paths.base + ".vacuum.wal";
    static_cast<void>(m_files.remove(newLog)); // the one a former vacuum left behind
    auto pages = must(m_files.createNew(newPages));
    must(m_files.createNew(newLog));
    const Layout old = std::exchange(m_layout, {});
    std::swap(pages, m_pages);
    const AfterStep told = std::exchange(m_afterStep, {});
    std::unique_ptr<File> liveLog = std::exchange(m_log, must(m_files.openForReading(newLog)));
    for (const auto& [id, fields] : m_records) {
        const Bytes bytes = encoded(id, fields);
        Pages fresh;
        for (std::size_t i = 0; i < pagesNeeded(bytes.size()); ++i) fresh.push_back(m_layout.nextPage++);
        // The new database's log is emptied before anybody could read it; its entries are not written here.
        if (bytes.size() <= kSinglePageRecordMax) {
            write(*m_pages, std::uint64_t{fresh.front()} * kPageBytes, sealedMain(bytes));
        } else {
            for (std::size_t i = 1; i < fresh.size(); ++i) {
                const std::size_t at = kFirstPartBytes + (i - 1) * kOverflowPlainMax;
                const PageNumber next = i + 1 < fresh.size() ? fresh[i + 1] : 0;
                write(*m_pages, std::uint64_t{fresh[i]} * kPageBytes,
                      sealOverflowPage(*m_cipher, freshNonce(), next, ByteView(bytes).subspan(at, std::min(kOverflowPlainMax, bytes.size() - at))));
            }
            Bytes first(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(kFirstPartBytes));
            appendTrailer(first, {true, fresh[1], bytes.size(), fnv1a64(bytes), static_cast<std::uint32_t>(fresh.size() - 1)});
            write(*m_pages, std::uint64_t{fresh.front()} * kPageBytes, sealedMain(first));
        }
        m_layout.pagesOf[id] = fresh;
    }
    const FamilyPaths livePaths = m_paths;
    m_paths.base += ".vacuum";
    saveCatalogue(true);
    m_paths = livePaths;
    m_afterStep = told;
    m_log = std::move(liveLog);
    if (!step("new database built")) return false;

    if (!emptyLog()) return false; // the old store is closed
    const auto moved = [&](const std::string& from, const std::string& to, std::string_view name) {
        must(m_files.rename(from, to));
        return step(name);
    };
    return moved(m_paths.pages, m_paths.vacuumBackupPages(), "old pages moved away")
        && moved(m_paths.catalogue(), m_paths.vacuumBackupCatalogue(), "old catalogue moved away")
        && moved(newPages, m_paths.pages, "new pages in place") && moved(newCatalogue, m_paths.catalogue(), "new catalogue in place")
        && (must(m_files.createNew(m_paths.vacuumDone())), step("success marked"))
        && removeIfThere(m_paths.vacuumBackupPages(), "old pages removed")
        && removeIfThere(m_paths.vacuumBackupCatalogue(), "old catalogue removed")
        && removeIfThere(m_paths.vacuumMarker(), "vacuum mark removed") && removeIfThere(m_paths.vacuumDone(), "success mark removed");
}

bool SwiftFamilyWriter::close()
{
    if (m_isStopped) return false;
    if (!saveCatalogue(true)) return false;
    sync(*m_pages);
    return emptyLog();
}

} // namespace blazedb::tests
