// Every database of tests/data, cut at each 512 bytes and with single bits turned: a record is what it was, or it is called
// unreadable; never something else, and nothing crashes or hangs.
#include <map>
#include <random>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/codec/blaze_binary.h"
#include "engine/crypto/digest.h"
#include "engine/crypto/key_derivation.h"
#include "engine/format28/family_check.h"
#include "engine/format28/family_files.h"
#include "engine/format28/family_snapshot.h"
#include "engine/format28/salvage.h"
#include "tests/support/expected_records.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::format28;

namespace {

constexpr std::size_t kCutStep = 512;
constexpr int kFlips = 500;
/// One try in so many reads every record; the others only those that lie where something was changed.
constexpr int kTriesBetweenFullReads = 64;

using Contents = std::map<std::string, Bytes>; ///< By the text of the id.

/// A fixture opened with its key, which is derived once: the sweep opens it thousands of times.
class KeyedFixture {
public:
    explicit KeyedFixture(const QString& name)
        : m_name(name)
    {
        if (!tests::copyFixture(QStringLiteral("format28/") + name, m_folder.path())) qFatal("no fixture %s", qPrintable(name));
        m_paths = familyPaths(file("blazedb").toStdString());
        const auto salt = readWholeFile(localFileSystem(), m_paths.salt(), 1024);
        const auto password = SecureBytes::fromText(tests::kFixturePassword);
        m_key = std::make_shared<const SecureBytes>(crypto::pbkdf2Sha256(password.view(), *salt, 600'000));
    }

    [[nodiscard]] QString file(const char* extension) const { return m_folder.filePath(m_name + QLatin1Char('.') + QLatin1String(extension)); }
    [[nodiscard]] QString expectedPath() const { return m_folder.filePath(QStringLiteral("expected.jsonl")); }
    [[nodiscard]] ByteView key() const { return m_key->view(); }

    /// The catalogue, when its signature is sound.
    [[nodiscard]] std::optional<Catalogue> trustedCatalogue() const
    {
        const auto bytes = readWholeFile(localFileSystem(), m_paths.catalogue(), std::uint64_t{1} << 30);
        if (!bytes) return std::nullopt;
        const auto wrapper = parseCatalogueWrapper(*bytes);
        if (!wrapper || wrapper->version < 2) return std::nullopt;
        if (!crypto::equalInConstantTime(crypto::hmacSha256(key(), wrapper->signedPayload), wrapper->signature)) return std::nullopt;
        auto catalogue = parseCatalogue(asText(wrapper->signedPayload));
        return catalogue ? std::optional(*std::move(catalogue)) : std::nullopt;
    }

    [[nodiscard]] Result<ViewParts> view(std::shared_ptr<const Catalogue> catalogue)
    {
        ViewParts parts;
        parts.files = &localFileSystem();
        parts.counters = &m_counters;
        parts.paths = m_paths;
        parts.committed = {m_paths.pages, m_paths.catalogue(), m_paths.log(), {}};
        parts.stamps = stampFamily(*parts.files, parts.paths, parts.committed);
        BLAZE_TRY_VALUE(parts.pages, openPages(*parts.files, parts.committed));
        parts.catalogue = std::move(catalogue);
        parts.key = m_key;
        return parts;
    }

private:
    QString m_name;
    QTemporaryDir m_folder;
    FamilyPaths m_paths;
    std::shared_ptr<const SecureBytes> m_key;
    metrics::CounterSet m_counters;
};

struct Reading {
    Contents contents;
    std::size_t problems = 0;
};

/// The bytes of a file that a try changed.
struct Changed {
    std::uint64_t begin = 0;
    std::uint64_t end = UINT64_MAX;
};

Result<Reading> readAll(const ViewParts& view, Changed changed = {})
{
    Reading reading;
    ViewReader reader(view, true);
    AssembledRecord record;
    for (const CatalogueEntry& entry : view.catalogue->entries) {
        const auto pages = view.catalogue->pagesOf(entry);
        const auto isTouched = [&](PageNumber page) { return page * kPageBytes < changed.end && (page + std::uint64_t{1}) * kPageBytes > changed.begin; };
        if (std::none_of(pages.begin(), pages.end(), isTouched)) continue;
        BLAZE_TRY_VALUE(const bool isWhole, reader.read(entry, record, {}));
        if (isWhole && codec::decodeRecord(record.bytes))
            reading.contents.emplace(entry.id.toString(), Bytes(record.bytes.begin(), record.bytes.end()));
        else
            ++reading.problems;
    }
    return reading;
}

/// Empty, or which record came out as something it never was.
QString wrongRecord(const Contents& found, const Contents& sound)
{
    for (const auto& [id, bytes] : found) {
        const auto known = sound.find(id);
        if (known == sound.end() || known->second != bytes) return QString::fromStdString(id);
    }
    return {};
}

void addFixtures()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"workspace", "kinds", "overflow", "churn", "indexes", "typed", "txn", "txnopen", "crash", "features", "mvcc", "empty"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

} // namespace

class TestDamageSweep final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pagesCutAnywhere_data() { addFixtures(); }
    void pagesCutAnywhere()
    {
        QFETCH(const QString, name);
        KeyedFixture fixture(name);
        const auto catalogue = std::make_shared<const Catalogue>(*fixture.trustedCatalogue());
        const auto sound = readAll(*fixture.view(catalogue));
        QVERIFY(sound.has_value());
        QFile pages(fixture.file("blazedb"));
        QVERIFY(pages.open(QIODevice::ReadWrite));
        std::size_t readableBefore = sound->contents.size();
        int tries = 0;

        for (qint64 size = pages.size() / qint64(kCutStep) * qint64(kCutStep); size >= 0; size -= qint64(kCutStep)) {
            QVERIFY(pages.resize(size));
            const auto view = fixture.view(catalogue);
            QVERIFY(view.has_value());
            const bool isFull = tries++ % kTriesBetweenFullReads == 0;
            const auto cut = readAll(*view, isFull ? Changed() : Changed{static_cast<std::uint64_t>(size), static_cast<std::uint64_t>(size) + kCutStep});

            QVERIFY2(cut.has_value(), cut ? "" : cut.error().message.c_str());
            QCOMPARE(wrongRecord(cut->contents, sound->contents), QString());
            if (!isFull) continue;
            QCOMPARE(cut->contents.size() + cut->problems, catalogue->entries.size());
            QVERIFY(cut->contents.size() <= readableBefore); // less file, not more records
            readableBefore = cut->contents.size();
        }
    }

    void cataloguesCutAnywhereAreNotTrusted_data() { addFixtures(); }
    void cataloguesCutAnywhereAreNotTrusted()
    {
        QFETCH(const QString, name);
        KeyedFixture fixture(name);
        QFile meta(fixture.file("meta"));
        QVERIFY(meta.open(QIODevice::ReadWrite));

        for (qint64 size = (meta.size() - 1) / qint64(kCutStep) * qint64(kCutStep); size >= 0; size -= kCutStep) {
            QVERIFY(meta.resize(size));
            QVERIFY2(!fixture.trustedCatalogue(), qPrintable(QString::number(size)));
        }
    }

    void logsCutAnywhereGiveTheirBeginning_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"crash", "txnopen"}) QTest::newRow(name) << QString::fromLatin1(name); // the others' logs are empty
    }
    void logsCutAnywhereGiveTheirBeginning()
    {
        QFETCH(const QString, name);
        KeyedFixture fixture(name);
        QFile log(fixture.file("wal"));
        QVERIFY(log.size() > 0);
        const auto catalogue = std::make_shared<const Catalogue>(*fixture.trustedCatalogue());
        const auto sound = readAll(*fixture.view(catalogue));
        QVERIFY(log.open(QIODevice::ReadWrite));

        for (qint64 size = log.size() / qint64(kCutStep) * qint64(kCutStep); size >= 0; size -= kCutStep) {
            QVERIFY(log.resize(size));
            const auto view = fixture.view(catalogue);
            QVERIFY(view.has_value());
            QCOMPARE(view->pages->log().entries, static_cast<std::uint64_t>(size / 4112));
            QCOMPARE(view->pages->log().isTorn, size % 4112 != 0);
            const auto cut = readAll(*view);
            QVERIFY(cut.has_value());
            // Where the page file holds an older version of a record, that one is shown; it is whole as well.
            if (name == QLatin1String("crash")) QCOMPARE(wrongRecord(cut->contents, sound->contents), QString());
        }
    }

    void singleBitsTurned_data() { addFixtures(); }
    void singleBitsTurned()
    {
        QFETCH(const QString, name);
        const std::uint64_t seed = tests::testSeed();
        std::mt19937_64 random(seed);
        KeyedFixture fixture(name);
        const auto catalogue = std::make_shared<const Catalogue>(*fixture.trustedCatalogue());
        const auto sound = readAll(*fixture.view(catalogue));
        QVERIFY(sound.has_value());
        const QStringList files{fixture.file("blazedb"), fixture.file("meta"), fixture.file("wal")};
        qint64 total = 0;
        for (const QString& path : files) total += QFileInfo(path).size();

        for (int i = 0; i < kFlips; ++i) {
            qint64 at = static_cast<qint64>(random() % static_cast<std::uint64_t>(total));
            QString path;
            for (const QString& candidate : files) {
                path = candidate;
                if (at < QFileInfo(candidate).size()) break;
                at -= QFileInfo(candidate).size();
            }
            const char bit = static_cast<char>(1 << (random() % 8));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(at));
            const char before = file.read(1).at(0);
            const auto put = [&](char byte) { return file.seek(at) && file.write(&byte, 1) == 1 && file.flush(); };
            const QString place = QStringLiteral("seed %1, %2 byte %3").arg(seed).arg(path).arg(at);
            QVERIFY(put(static_cast<char>(before ^ bit)));

            const auto trusted = fixture.trustedCatalogue();
            if (trusted) {
                const bool isInPages = path.endsWith(QLatin1String(".blazedb")) && i % kTriesBetweenFullReads != 0;
                const bool isInCatalogue = path.endsWith(QLatin1String(".meta"));
                if (isInCatalogue) {
                    // Outside what is signed, which alone counts.
                    QVERIFY2(trusted->pages == catalogue->pages && trusted->entries.size() == catalogue->entries.size(), qPrintable(place));
                    QVERIFY(put(before));
                    continue;
                }
                const auto view = fixture.view(std::make_shared<const Catalogue>(*trusted));
                QVERIFY2(view.has_value(), qPrintable(place));
                const auto turned = readAll(*view, isInPages ? Changed{static_cast<std::uint64_t>(at), static_cast<std::uint64_t>(at) + 1} : Changed());
                QVERIFY2(turned.has_value(), qPrintable(place));
                QVERIFY2(wrongRecord(turned->contents, sound->contents).isEmpty(), qPrintable(place));
                if (!isInPages) QVERIFY2(turned->contents.size() + turned->problems == catalogue->entries.size(), qPrintable(place));
            } else {
                QVERIFY2(path.endsWith(QLatin1String(".meta")), qPrintable(place));
            }
            if (i % 50 == 0) QVERIFY2(salvage(*fixture.view(catalogue)->pages, fixture.key(), {}, {}).has_value(), qPrintable(place));

            QVERIFY(put(before));
        }
    }

    void whatTheSweepCallsSoundIsWhatTheFilesHold_data() { addFixtures(); }
    void whatTheSweepCallsSoundIsWhatTheFilesHold()
    {
        QFETCH(const QString, name);
        if (name == QLatin1String("txnopen")) QSKIP("its live files are those of the open transaction");
        KeyedFixture fixture(name);
        const auto sound = readAll(*fixture.view(std::make_shared<const Catalogue>(*fixture.trustedCatalogue())));
        const auto expected = tests::readExpectedRecords(fixture.expectedPath());
        QCOMPARE(sound->contents.size(), expected.size());
        for (const model::Record& record : expected) {
            const auto fields = codec::decodeRecord(sound->contents.at(record.id.toString()));
            QCOMPARE(tests::differenceOf({record.id, *fields}, record), QString());
        }
    }
};
BLAZEDB_REGISTER_TEST(TestDamageSweep);
#include "tst_damage_sweep.moc"
