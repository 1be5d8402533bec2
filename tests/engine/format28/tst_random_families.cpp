// Long random runs: what the writer of families and of catalogues writes, the reader reads.
#include <QTemporaryDir>

#include "engine/api/records.h"
#include "engine/api/upkeep.h"
#include "engine/base/random.h"
#include "engine/format28/catalogue.h"
#include "engine/format28/catalogue_writer.h"
#include "engine/format28/family_writer.h"
#include "engine/local/opener.h"
#include "tests/support/expected_records.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestRandomFamilies final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cataloguesReadBackAsWritten()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int round = 0; round < 300; ++round) {
            format28::WrittenCatalogue written;
            written.metaData = format28::currentMetaData();
            const std::size_t count = random.below(200);
            for (std::size_t i = 0; i < count; ++i) {
                const auto pages = static_cast<std::uint32_t>(1 + random.below(5));
                written.records.push_back({random.id(), static_cast<format28::PageNumber>(written.nextPage), pages});
                written.nextPage += pages;
            }
            format28::WrittenIndex index{"b+a", {"b", "a"}, {}};
            for (const auto& record : written.records)
                if (const auto component = format28::indexComponent(random.value())) index.entries["[" + *component + ",1]"].push_back(record.id);
            written.indexes.push_back(index);
            const Bytes key(32, std::byte{0x42});

            const std::string file = format28::catalogueFile(written, key, {});
            const auto wrapper = format28::parseCatalogueWrapper(asBytes(file));
            QVERIFY(wrapper.has_value());
            const std::string payload(asText(wrapper->signedPayload));
            QCOMPARE(payload, format28::signedPayload(written));
            const auto read = format28::parseCatalogue(payload);

            const QString place = QStringLiteral("seed %1, round %2").arg(seed).arg(round);
            QVERIFY2(read.has_value(), qPrintable(place));
            QVERIFY2(read->entries.size() == count && read->nextPage == written.nextPage, qPrintable(place));
            for (const auto& record : written.records) {
                const auto* entry = read->find(record.id);
                QVERIFY2(entry != nullptr && entry->pageCount == record.pageCount && read->pagesOf(*entry).front() == record.firstPage, qPrintable(place));
            }
            const auto entries = format28::parseIndexEntries(payload, "b+a");
            QVERIFY2(entries && entries->size() == index.entries.size(), qPrintable(place));
            std::size_t ids = 0;
            for (const auto& entry : *entries) ids += entry.ids.size();
            std::size_t idsWritten = 0;
            for (const auto& [text, list] : index.entries) idsWritten += list.size();
            QVERIFY2(ids == idsWritten, qPrintable(place));
        }
    }

    void familiesReadBackAsWritten()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int round = 0; round < 20; ++round) {
            const QTemporaryDir folder;
            const std::string path = folder.filePath(QStringLiteral("new.blazedb")).toStdString();
            auto records = random.records(1 + random.below(300));
            for (model::Record& record : records)
                if (random.below(10) == 0) record.fields.push_back({"long", model::Value(std::string(random.below(60'000), 'x'))});
            format28::NewFamily family{path, SecureBytes::fromText("Ship-To-Shore-77"), {}, 100'000};
            family.indexes = {{{"_blazeKind"}}};
            auto writer = format28::FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(), std::move(family));
            QVERIFY(writer.has_value());
            for (const model::Record& record : records) QVERIFY((*writer)->add(record).has_value());
            QVERIFY((*writer)->finish().has_value());

            auto source = local::Opener().open({}, {path, SecureBytes::fromText("Ship-To-Shore-77"), local::OpenMode::Observe});
            QVERIFY(source.has_value());
            const QString place = QStringLiteral("seed %1, round %2").arg(seed).arg(round);
            for (const model::Record& record : records) {
                const auto row = (*source)->records().record({}, record.id);
                QVERIFY2(row && tests::differenceOf(row->record, record).isEmpty(), qPrintable(place));
            }
            const auto report = (*source)->upkeep()->verify({}, api::VerifyDepth::Full);
            QVERIFY2(report && report->findings.empty() && report->recordsSound == records.size(), qPrintable(place));
        }
    }
};
BLAZEDB_REGISTER_TEST(TestRandomFamilies);
#include "tst_random_families.moc"
