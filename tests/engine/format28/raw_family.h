// A family made by hand, page by page and byte by byte, in any state the format knows – sound, old, interrupted or broken.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include "engine/format28/family_store.h"
#include "engine/format28/page_format.h"
#include "engine/model/record.h"

namespace blazedb::tests {

/// The password and keys of the file-format specification 11.2.
inline constexpr const char* kVectorPassword = "TestPassword-123!";
inline constexpr const char* kKey600000 = "a7acc3c88d52f62ce7a245515b1b3b8f9da5e80411573f4430316f9cdc41ecb3";
inline constexpr const char* kKey100000 = "f74a021f44b79639be98237ba324d2df2d03c26d361a78c0180b1a19cff584c7";
inline constexpr const char* kKeyAshPile10000 = "0fd6ac332cc7f7f384055828851abc77a4764baa18f36d6553cbe49726d341ae";

Bytes bytesFromHex(const QByteArray& hex);
model::Uuid idAt(std::uint8_t number);
/// BlazeBinary of a record with `id` and the text field `t`.
Bytes recordBytes(std::uint8_t number, const std::string& text);

/// The same record as the oldest releases wrote it: JSON text.
std::string jsonRecord(std::uint8_t number, const std::string& text);

/// Nonces are drawn from a counter: every page of a test is another one, and the same in each run.
class PageMaker {
public:
    explicit PageMaker(Bytes key)
        : m_cipher(key)
    {
    }
    format28::Page main(ByteView plain);
    format28::Page overflow(format28::PageNumber next, ByteView plain);
    /// A record over several pages: its main page, then overflow pages with the given numbers. Bits of `flipped` make the checksum wrong.
    std::vector<format28::Page> chain(ByteView record, const std::vector<format28::PageNumber>& overflowPages, std::uint64_t flipped = 0);

private:
    Bytes nonce();
    crypto::AesGcm m_cipher;
    std::uint32_t m_drawn = 0;
};

/// The catalogue's wrapper, version 2, around a signed payload.
std::string signedCatalogue(const std::string& payload, ByteView key);
/// Metadata of the form of 5.3 that holds one text.
std::string metaDataOf(const std::string& name, const std::string& value);
/// A payload of the form of 5.3 with these entries: `"id":…,"pages":…` texts.
std::string payloadOf(const std::vector<std::pair<std::uint8_t, std::vector<format28::PageNumber>>>& entries, const std::string& metaData = "[]",
                      const std::string& encoding = "blazeBinary");
Bytes legacyLogEntry(format28::PageNumber page, ByteView image);
Bytes unifiedLogEntry(std::uint64_t sequence, std::uint8_t transaction, std::uint8_t operation, format28::PageNumber page, ByteView image);

/// A folder with the files of one family.
class RawFamily {
public:
    explicit RawFamily(const QString& name = QStringLiteral("my.blazedb"), const char* keyHex = kKey600000);

    [[nodiscard]] std::string path() const { return m_folder.filePath(m_name).toStdString(); }
    /// The path of a file in the folder.
    [[nodiscard]] QString at(const QString& name) const { return m_folder.filePath(name); }
    /// "my" of "my.blazedb" by the rule that the test names.
    QString base = QStringLiteral("my");

    Bytes key;
    PageMaker maker;
    std::vector<format28::Page> pages;

    void write(const QString& name, ByteView bytes) const;
    void write(const QString& name, const std::string& text) const { write(name, asBytes(text)); }
    void writePages(const QString& name) const;
    void writePages() const { writePages(m_name); }
    void writeSalt() const;
    /// Pages, salt 00…0F, an empty log, and a catalogue that names record i on page i.
    void writeAll() const;
    void addRecords(int count, const std::string& text = "text");

private:
    QTemporaryDir m_folder;
    QString m_name;
};

/// A store with the counters it needs.
struct OpenedFamily {
    std::unique_ptr<metrics::CounterSet> counters = std::make_unique<metrics::CounterSet>();
    Result<std::unique_ptr<format28::FamilyStore>> store = Error{};

    [[nodiscard]] bool isOpen() const { return store.has_value(); }
    [[nodiscard]] std::string problem() const { return store ? std::string() : store.error().message; }
    [[nodiscard]] bool hasFinding(model::FindingKind kind) const;
};
OpenedFamily openRaw(const std::string& path, FileSystem& files = localFileSystem(), const char* password = kVectorPassword,
                     format28::CatalogueUse use = format28::CatalogueUse::Trusted);

/// The text field `t` of each readable record by the last byte of its id, and what is wrong with the others.
struct RowsRead {
    std::map<int, std::string> texts;
    std::map<int, Error> problems;
    std::optional<Error> failure;
};
RowsRead readRows(format28::FamilyStore& store, storage::ScanOrder order = storage::ScanOrder::Key);

} // namespace blazedb::tests
