// A family of files, written by the product's own writer from the records and opened as a user's would be.
#include <algorithm>

#include <QFile>
#include <QTemporaryDir>

#include "engine/base/random.h"
#include "engine/format28/family_writer.h"
#include "engine/format28/page_format.h"
#include "engine/local/opener.h"
#include "tests/conformance/source_under_test.h"

namespace blazedb::tests {

namespace {

constexpr const char* kPassword = "Ship-To-Shore-77";
constexpr std::size_t kSaltBytes = 16;
constexpr std::uint32_t kKeyRounds = 100'000; ///< As the library's own tests: the suite makes many families.

/// Every family gets the same salt, and so the same key: one may take the place of another under an open source.
class OneSalt final : public Random {
public:
    Result<void> fill(std::span<std::byte> bytes) override
    {
        if (bytes.size() != kSaltBytes) return systemRandom().fill(bytes);
        std::fill(bytes.begin(), bytes.end(), std::byte{0x5A});
        return {};
    }
};

bool writeFamily(const QString& path, const SourceContent& content)
{
    OneSalt random;
    format28::NewFamily family{path.toStdString(), SecureBytes::fromText(kPassword), {}, kKeyRounds};
    for (const auto& fields : content.indexes) family.indexes.push_back({fields});
    auto writer = format28::FamilyWriter::create(localFileSystem(), systemClock(), random, std::move(family));
    if (!writer) return false;
    for (const model::Record& record : content.records)
        if (!(*writer)->add(record)) return false;
    return (*writer)->finish().has_value();
}

/// Turns one bit in the first page of the record at `place`; the records before it have one page each.
bool damagePage(const QString& path, std::size_t place)
{
    QFile file(path);
    const auto offset = static_cast<qint64>(place * format28::kPageBytes + 40);
    if (!file.open(QIODevice::ReadWrite) || !file.seek(offset)) return false;
    QByteArray byte = file.read(1);
    byte[0] = static_cast<char>(byte.at(0) ^ 0x10);
    return file.seek(offset) && file.write(byte) == 1;
}

class FamilySource final : public SourceUnderTest {
public:
    static std::unique_ptr<FamilySource> make(const SourceContent& content, Clock& clock)
    {
        auto made = std::make_unique<FamilySource>();
        if (!writeFamily(made->path(), content)) return nullptr;
        for (const model::Uuid& id : content.damaged) {
            const auto place = std::find_if(content.records.begin(), content.records.end(), [&](const auto& record) { return record.id == id; });
            if (!damagePage(made->path(), static_cast<std::size_t>(place - content.records.begin()))) return nullptr;
        }
        auto source = local::Opener(localFileSystem(), clock).open({}, {made->path().toStdString(), SecureBytes::fromText(kPassword), local::OpenMode::Observe});
        if (!source) return nullptr;
        made->m_source = *std::move(source);
        return made;
    }

    api::DataSource& source() override { return *m_source; }

    bool change(std::vector<model::Record> records) override
    {
        const QTemporaryDir aside;
        if (!writeFamily(aside.filePath(QStringLiteral("held.blazedb")), {std::move(records)})) return false;
        for (const char* name : {"held.wal", "held.blazedb", "held.meta"}) {
            const QString file = QString::fromLatin1(name);
            QFile::remove(m_folder.filePath(file));
            if (!QFile::copy(aside.filePath(file), m_folder.filePath(file))) return false;
        }
        return true;
    }

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("held.blazedb")); }

    QTemporaryDir m_folder;
    std::unique_ptr<api::DataSource> m_source;
};

} // namespace

std::unique_ptr<SourceUnderTest> makeFamilySource(const SourceContent& content, Clock& clock)
{
    return FamilySource::make(content, clock);
}

} // namespace blazedb::tests
