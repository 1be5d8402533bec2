#include "tests/engine/format28/raw_family.h"

#include <QFile>

#include "engine/base/checksum.h"
#include "engine/codec/base64.h"
#include "engine/codec/blaze_binary.h"
#include "engine/crypto/digest.h"

namespace blazedb::tests {

using format28::Page;
using format28::PageNumber;

Bytes bytesFromHex(const QByteArray& hex)
{
    const QByteArray decoded = QByteArray::fromHex(hex);
    const ByteView view = asBytes({decoded.constData(), static_cast<std::size_t>(decoded.size())});
    return {view.begin(), view.end()};
}

model::Uuid idAt(std::uint8_t number)
{
    model::Uuid id;
    id.bytes[15] = number;
    return id;
}

Bytes recordBytes(std::uint8_t number, const std::string& text)
{
    return *codec::encodeRecord({{"id", model::Value(idAt(number))}, {"t", model::Value(text)}});
}

std::string jsonRecord(std::uint8_t number, const std::string& text)
{
    return "{\"id\":\"" + idAt(number).toString() + "\",\"t\":\"" + text + "\"}";
}

std::string metaDataOf(const std::string& name, const std::string& value)
{
    return "[{\"key\":\"" + name + "\",\"value\":\"" + value + "\"}]";
}

Bytes PageMaker::nonce()
{
    Bytes bytes(crypto::kNonceBytes);
    storeBe(bytes.data(), ++m_drawn);
    return bytes;
}

Page PageMaker::main(ByteView plain)
{
    return format28::sealMainPage(m_cipher, nonce(), plain);
}

Page PageMaker::overflow(PageNumber next, ByteView plain)
{
    return format28::sealOverflowPage(m_cipher, nonce(), next, plain);
}

std::vector<Page> PageMaker::chain(ByteView record, const std::vector<PageNumber>& overflowPages, std::uint64_t flipped)
{
    Bytes first(record.begin(), record.begin() + 4014);
    format28::appendTrailer(first, {true, overflowPages.front(), record.size(), fnv1a64(record) ^ flipped, static_cast<std::uint32_t>(overflowPages.size())});
    std::vector<Page> pages{main(first)};
    for (std::size_t i = 0; i < overflowPages.size(); ++i) {
        const std::size_t from = 4014 + i * 4052;
        pages.push_back(overflow(i + 1 < overflowPages.size() ? overflowPages[i + 1] : 0, record.subspan(from, std::min<std::size_t>(4052, record.size() - from))));
    }
    return pages;
}

std::string signedCatalogue(const std::string& payload, ByteView key)
{
    std::string text = R"({"encodingFormat":"blazeBinary","layout":{},"secureLayoutVersion":2,"signature":")";
    codec::appendBase64(text, crypto::hmacSha256(key, asBytes(payload)));
    text += R"(","signedAt":"2026-01-02T03:04:05Z","signedPayload":")";
    codec::appendBase64(text, asBytes(payload));
    return text + "\"}";
}

std::string payloadOf(const std::vector<std::pair<std::uint8_t, std::vector<PageNumber>>>& entries, const std::string& metaData, const std::string& encoding)
{
    std::string map;
    for (const auto& [number, pages] : entries) {
        map += (map.empty() ? "" : ",") + std::string(R"({"id":")") + idAt(number).toString() + R"(","pages":[)";
        for (std::size_t i = 0; i < pages.size(); ++i) map += (i > 0 ? "," : "") + std::to_string(pages[i]);
        map += "]}";
    }
    return R"({"deletedPages":[],"encodingFormat":")" + encoding + R"(","fieldTypes":[],"indexMap":[)" + map + R"(],"metaData":)" + metaData
        + R"(,"nextPageIndex":0,"searchIndexedFields":[],"secondaryIndexDefinitions":[],"secondaryIndexes":[],"version":1})";
}

Bytes legacyLogEntry(PageNumber page, ByteView image)
{
    ByteWriter out(image.size() + 16);
    out.text("ELAW");
    out.le<std::uint32_t>(page);
    out.le<std::uint32_t>(static_cast<std::uint32_t>(image.size()));
    out.le<std::uint32_t>(crc32(image));
    out.bytes(image);
    return out.take();
}

Bytes unifiedLogEntry(std::uint64_t sequence, std::uint8_t transaction, std::uint8_t operation, PageNumber page, ByteView image)
{
    ByteWriter out(image.size() + 41);
    out.text("WALV");
    out.le<std::uint64_t>(sequence);
    out.bytes(Bytes(16, static_cast<std::byte>(transaction)));
    out.le<std::uint8_t>(operation);
    out.le<std::uint32_t>(page);
    out.le<std::uint32_t>(static_cast<std::uint32_t>(image.size()));
    out.bytes(image);
    out.le<std::uint32_t>(crc32(out.view()));
    return out.take();
}

RawFamily::RawFamily(const QString& name, const char* keyHex)
    : key(bytesFromHex(keyHex))
    , maker(key)
    , m_name(name)
{
}

void RawFamily::write(const QString& name, ByteView bytes) const
{
    QFile file(at(name));
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(file.fileName()));
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

void RawFamily::writePages(const QString& name) const
{
    Bytes all;
    for (const Page& page : pages) all.insert(all.end(), page.begin(), page.end());
    write(name, all);
}

void RawFamily::writeSalt() const
{
    Bytes salt;
    for (int i = 0; i < 16; ++i) salt.push_back(static_cast<std::byte>(i));
    write(base + QStringLiteral(".salt"), salt);
}

void RawFamily::writeAll() const
{
    std::vector<std::pair<std::uint8_t, std::vector<PageNumber>>> entries;
    for (std::size_t i = 0; i < pages.size(); ++i) entries.push_back({static_cast<std::uint8_t>(i), {static_cast<PageNumber>(i)}});
    writePages();
    writeSalt();
    write(base + QStringLiteral(".wal"), ByteView());
    write(base + QStringLiteral(".meta"), signedCatalogue(payloadOf(entries), key));
}

void RawFamily::addRecords(int count, const std::string& text)
{
    for (int i = 0; i < count; ++i) pages.push_back(maker.main(recordBytes(static_cast<std::uint8_t>(pages.size()), text)));
}

bool OpenedFamily::hasFinding(model::FindingKind kind) const
{
    for (const model::Finding& finding : (*store)->openingFindings())
        if (finding.kind == kind) return true;
    return false;
}

OpenedFamily openRaw(const std::string& path, FileSystem& files, const char* password, format28::CatalogueUse use)
{
    OpenedFamily opened;
    opened.store = format28::FamilyStore::open(files, systemClock(), *opened.counters, path, SecureBytes::fromText(password), {use, {}, {}});
    return opened;
}

RowsRead readRows(format28::FamilyStore& store, storage::ScanOrder order)
{
    RowsRead rows;
    const auto snapshot = store.snapshot();
    if (!snapshot) {
        rows.failure = snapshot.error();
        return rows;
    }
    auto cursor = (*snapshot)->tree(storage::kRecordTree)->scan(order, {}, {});
    storage::RowView row;
    for (;;) {
        const auto isThere = (*cursor)->next(row);
        if (!isThere) rows.failure = isThere.error();
        if (!isThere || !*isThere) return rows;
        if (row.problem != nullptr) {
            rows.problems.emplace(row.key[15], *row.problem);
            continue;
        }
        const auto fields = codec::decodeRecord(row.bytes);
        const model::Record record{model::Uuid{row.key}, fields ? *fields : std::vector<model::Field>()};
        const model::Field* text = record.find("t");
        const auto* content = text != nullptr ? text->value.as<std::string>() : nullptr;
        rows.texts.emplace(row.key[15], content != nullptr ? *content : "-");
    }
}

} // namespace blazedb::tests
