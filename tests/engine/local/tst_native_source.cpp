// Native files through the opener: what is told without a key, and what each facet answers.
#include <algorithm>

#include "engine/api/monitor.h"
#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/api/upkeep.h"
#include "engine/local/database_search.h"
#include "engine/local/native_import.h"
#include "engine/local/opener.h"
#include "tests/engine/local/native_folder.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::local;
using tests::NativeFolder;

namespace {

void take(NativeDocuments& file, const std::string& collection, int from, int to)
{
    NativeImport import(file.documents(), systemRandom(), {.collection = collection});
    for (int i = from; i < to; ++i)
        if (!import.line("{\"n\":" + std::to_string(i) + "}")) qFatal("no record");
    if (!import.finish()) qFatal("not committed");
}

Result<std::unique_ptr<api::DataSource>> opened(const NativeFolder& folder, std::string_view password = tests::kTestPassword, OpenMode mode = OpenMode::Observe)
{
    return Opener().open({}, {folder.path, SecureBytes::fromText(password), mode});
}

} // namespace

class TestNativeSource final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPreviewNeedsNoKey()
    {
        const NativeFolder folder;

        const auto preview = Opener().preview(folder.path);

        QVERIFY2(preview.has_value(), preview ? "" : preview.error().message.c_str());
        QCOMPARE(preview->name, std::string("orders"));
        QCOMPARE(preview->path, folder.path);
        QCOMPARE(preview->format, std::string("BlazeDB native file"));
        QVERIFY(preview->needsPassword);
        QCOMPARE(preview->keys.size(), std::size_t{1});
        QCOMPARE(static_cast<qint64>(preview->totalBytes), folder.size());
        QCOMPARE(preview->parts.size(), std::size_t{1});
        QVERIFY(preview->findings.empty());
    }

    void everyFacetAnswersFromTheFile()
    {
        const NativeFolder folder;
        {
            const auto file = folder.open();
            QVERIFY((*file)->documents().createIndex(model::kDefaultCollection, "n").has_value());
            take(**file, model::kDefaultCollection, 0, 30);
            take(**file, "people", 30, 35);
        }

        const auto source = opened(folder);

        QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
        QCOMPARE((*source)->describe().identity, Opener().preview(folder.path)->identity);
        QVERIFY((*source)->describe().isReadOnly);
        model::Query query;
        QCOMPARE((*source)->records().count({}, query)->matching, std::uint64_t{30});
        query.collection = "people";
        QCOMPARE((*source)->records().count({}, query)->matching, std::uint64_t{5});
        const auto collections = (*source)->structure()->collections({}, 0);
        QCOMPARE(collections->size(), std::size_t{2});
        QCOMPARE((*source)->structure()->indexes({})->size(), std::size_t{1});
        QVERIFY((*source)->upkeep()->verify({}, api::VerifyDepth::Full)->isSound());
        const auto measured = (*source)->monitor()->measure({});
        QVERIFY(measured.has_value());
        const auto bytes = std::find_if(measured->figures.begin(), measured->figures.end(), [](const auto& sample) { return sample.id == "storage.bytes"; });
        QCOMPARE(bytes->number(), std::optional(static_cast<double>(folder.size())));
    }

    void itIsReadBesideAWriter()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        take(**file, model::kDefaultCollection, 0, 10);

        const auto source = opened(folder);

        QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
        QCOMPARE((*source)->records().count({}, {})->matching, std::uint64_t{10});
        QVERIFY((*source)->upkeep()->verify({}, api::VerifyDepth::Full)->isSound());
        take(**file, model::kDefaultCollection, 10, 15); // seen without opening anew
        QCOMPARE((*source)->records().count({}, {})->matching, std::uint64_t{15});
        QVERIFY((*file)->close().has_value());
        QCOMPARE((*source)->records().count({}, {})->matching, std::uint64_t{15});
        QVERIFY((*source)->upkeep()->verify({}, api::VerifyDepth::Full)->isSound());
    }

    void whatDoesNotOpenSaysWhy()
    {
        const NativeFolder folder;

        const auto wrong = opened(folder, "wrong");
        const auto rescue = opened(folder, tests::kTestPassword, OpenMode::Rescue);

        QCOMPARE(wrong.error().code, ErrorCode::Unauthenticated);
        QVERIFY(wrong.error().message.find("orders.blaze") != std::string::npos);
        QCOMPARE(rescue.error().code, ErrorCode::Unsupported);
        folder.turnBit(8192 + 9);
        folder.turnBit(12288 + 9);
        QCOMPARE(opened(folder).error().code, ErrorCode::Corruption);
    }

    void theSearchFindsItByItsContent()
    {
        const NativeFolder folder;
        QVERIFY(QFile::copy(QString::fromStdString(folder.path), folder.folder.filePath(QStringLiteral("renamed.bin"))));
        QFile other(folder.folder.filePath(QStringLiteral("no.blaze")));
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write(QByteArray(100, 'x')) == 100);
        other.close();
        std::vector<std::string> found;
        SearchScope scope;
        scope.folders = {folder.folder.path().toStdString()};

        QVERIFY(DatabaseSearch().run({}, scope, [&](const FilePreview& file) { found.push_back(file.path.substr(file.path.rfind('/') + 1)); }).has_value());

        std::sort(found.begin(), found.end());
        QCOMPARE(found, (std::vector<std::string>{"orders.blaze", "renamed.bin"}));
    }
};

BLAZEDB_REGISTER_TEST(TestNativeSource);
#include "tst_native_source.moc"
