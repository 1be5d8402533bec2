// Figures of an open file: what is measured is what the files hold, and what is not measured says why.
#include <algorithm>
#include <set>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include "engine/api/monitor.h"
#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/local/health_judgement.h"
#include "engine/local/opener.h"
#include "tests/support/expected_records.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using api::HealthLevel;
using model::MetricSample;

namespace {

namespace limit = local::healthlimit;

const MetricSample* find(const api::Measurement& measurement, const char* id)
{
    const auto found = std::find_if(measurement.figures.begin(), measurement.figures.end(), [&](const MetricSample& s) { return s.id == id; });
    return found == measurement.figures.end() ? nullptr : &*found;
}

/// The exact whole number of a figure; UINT64_MAX when it is not one.
std::uint64_t whole(const api::Measurement& measurement, const char* id)
{
    const MetricSample* sample = find(measurement, id);
    const auto* value = sample ? std::get_if<std::uint64_t>(&sample->value) : nullptr;
    return value ? *value : UINT64_MAX;
}

QString text(const api::Measurement& measurement, const char* id)
{
    const MetricSample* sample = find(measurement, id);
    const auto* value = sample ? std::get_if<std::string>(&sample->value) : nullptr;
    return value ? QString::fromStdString(*value) : QString();
}

/// A copy of a fixture folder, and the database in it, opened.
struct OpenFixture {
    explicit OpenFixture(const char* name, const char* group = "format28")
    {
        const QDir from(QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/data/%1/%2").arg(QLatin1String(group), QLatin1String(name)));
        for (const QString& file : from.entryList(QDir::Files)) QFile::copy(from.filePath(file), folder.filePath(file));
        path = folder.filePath(QDir(folder.path()).entryList({QStringLiteral("*.blazedb")}).value(0));
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
        local::Opener opener;
        auto opened = opener.open({}, {path.toStdString(), SecureBytes::fromText(tests::kFixturePassword), local::OpenMode::Observe});
        if (opened) source = *std::move(opened);
    }
    api::Measurement measure() const { return *source->monitor()->measure({}); }
    [[nodiscard]] QString side(const char* suffix) const { return path.left(path.lastIndexOf(QLatin1Char('.'))) + QLatin1String(suffix); }

    QTemporaryDir folder;
    QString path;
    std::unique_ptr<api::DataSource> source;
};

local::StoreFigures sized(std::uint64_t databaseBytes, std::uint64_t logBytes, std::uint64_t pages, std::uint64_t wasted = 0)
{
    local::StoreFigures figures;
    figures.databaseBytes = databaseBytes;
    figures.logBytes = logBytes;
    figures.pages = pages;
    figures.pagesWasted = wasted;
    return figures;
}

} // namespace

class TestLocalMonitor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Semantics HM-2: WAL over 20 % of the database (over 50 % adds a suggestion), over 10 GB; 1,000,000 pages.
    void judgesSizes_data()
    {
        QTest::addColumn<qulonglong>("databaseBytes");
        QTest::addColumn<qulonglong>("logBytes");
        QTest::addColumn<qulonglong>("pages");
        QTest::addColumn<int>("level");
        QTest::addColumn<bool>("hasAdvice");
        const int ok = static_cast<int>(HealthLevel::Ok);
        const int warning = static_cast<int>(HealthLevel::Warning);
        QTest::newRow("small and quiet") << 1'000ULL << 0ULL << 1ULL << ok << false;
        QTest::newRow("log of a fifth") << 1'000ULL << 200ULL << 1ULL << ok << false;
        QTest::newRow("log over a fifth") << 1'000ULL << 201ULL << 1ULL << warning << false;
        QTest::newRow("log of half") << 1'000ULL << 500ULL << 1ULL << warning << false;
        QTest::newRow("log over half") << 1'000ULL << 501ULL << 1ULL << warning << true;
        QTest::newRow("empty database") << 0ULL << 0ULL << 0ULL << ok << false;
        QTest::newRow("a million pages") << 4'096'000'000ULL << 0ULL << 1'000'000ULL << ok << false;
        QTest::newRow("over a million pages") << 4'096'004'096ULL << 0ULL << 1'000'001ULL << warning << false;
        QTest::newRow("10 GiB") << (10ULL << 30) << 0ULL << 1ULL << ok << false;
        QTest::newRow("over 10 GiB") << (10ULL << 30) + 1 << 0ULL << 1ULL << warning << false;
    }
    void judgesSizes()
    {
        QFETCH(const qulonglong, databaseBytes);
        QFETCH(const qulonglong, logBytes);
        QFETCH(const qulonglong, pages);
        QFETCH(const int, level);
        QFETCH(const bool, hasAdvice);

        const api::Health health = local::judgeHealth({sized(databaseBytes, logBytes, pages), {}, 0});

        QCOMPARE(static_cast<int>(health.level), level);
        QCOMPARE(health.reasons.size(), std::size_t(level == 0 ? 0 : 1));
        if (hasAdvice) QVERIFY(!health.reasons.front().advice.empty());
        else if (level != 0) QVERIFY(health.reasons.front().advice.empty());
    }

    void judgesWastedPagesOnlyWhenTheyAreWorthAVacuum()
    {
        QVERIFY(local::judgeHealth({sized(1, 0, 1000, 300), {}, 0}).level == HealthLevel::Ok);
        QVERIFY(local::judgeHealth({sized(1, 0, 1000, 301), {}, 0}).level == HealthLevel::Warning);
        QVERIFY(local::judgeHealth({sized(1, 0, 100, 100), {}, 0}).level == HealthLevel::Ok); // all of it, but only 410 kB
        QVERIFY(local::judgeHealth({sized(1, 0, 101, 101), {}, 0}).level == HealthLevel::Warning);
    }

    void judgesFreeDisk_data()
    {
        QTest::addColumn<qulonglong>("freeBytes");
        QTest::addColumn<int>("level");
        QTest::newRow("a tenth") << 1000ULL << static_cast<int>(HealthLevel::Ok);
        QTest::newRow("under a tenth") << 999ULL << static_cast<int>(HealthLevel::Warning);
        QTest::newRow("a hundredth") << 100ULL << static_cast<int>(HealthLevel::Warning);
        QTest::newRow("under a hundredth") << 99ULL << static_cast<int>(HealthLevel::Error);
    }
    void judgesFreeDisk()
    {
        QFETCH(const qulonglong, freeBytes);
        QFETCH(const int, level);
        local::StoreFigures figures = sized(1, 0, 1);
        figures.disk = DiskSpace{10'000, freeBytes};

        QCOMPARE(static_cast<int>(local::judgeHealth({figures, {}, 0}).level), level);
    }

    void namesFigureAndLimitInEveryReason()
    {
        local::StoreFigures figures = sized((10ULL << 30) + 1, (10ULL << 30), 2'000'000, 1'000'000);
        figures.disk = DiskSpace{10'000, 1};

        const api::Health health = local::judgeHealth({figures, {}, 3});

        QCOMPARE(health.reasons.size(), std::size_t(6));
        for (const api::HealthReason& reason : health.reasons) {
            QVERIFY(!reason.figure.empty());
            QVERIFY2(reason.message.find("limit is") != std::string::npos || reason.message.find("at most") != std::string::npos,
                     reason.message.c_str());
        }
        QVERIFY(std::is_sorted(health.reasons.begin(), health.reasons.end(), [](const auto& a, const auto& b) { return a.level > b.level; }));
    }

    void takesDamageAsAnErrorAndRemarksAsNothing()
    {
        model::Finding remark;
        remark.message = "in use";
        model::Finding lost;
        lost.severity = model::FindingSeverity::Lost;
        lost.message = "the catalogue is missing";

        QVERIFY(local::judgeHealth({{}, {remark}, 0}).level == HealthLevel::Ok);
        QVERIFY(local::judgeHealth({{}, {remark, lost}, 0}).level == HealthLevel::Error);
        QVERIFY(local::judgeHealth({{}, {}, 1}).level == HealthLevel::Error);
        QVERIFY(local::judgeHealth({{}, {}, 1}).reasons.front().action == api::HealthAction::Check);
        QCOMPARE(local::judgeHealth({{}, std::vector(40, lost), 0}).reasons.size(), std::size_t(6)); // five, and how many more
    }

    void countsWhatWasReadWithoutReading()
    {
        tests::RandomRecords random(4);
        auto rows = std::vector{tests::storedRow(random.record()), tests::damagedRow(random.id(), 3)};
        const auto database = tests::openInMemory(std::move(rows));
        api::Monitor& monitor = *database.source->monitor();

        QCOMPARE(whole(*monitor.measure({}), "activity.records_read"), std::uint64_t{0});
        QVERIFY(database.source->records().count({}, {}));

        const api::Measurement after = *monitor.measure({});
        QCOMPARE(whole(after, "activity.records_read"), std::uint64_t{2});
        QCOMPARE(whole(after, "activity.records_damaged"), std::uint64_t{1});
        QCOMPARE(whole(after, "activity.queries"), std::uint64_t{1});
        QVERIFY(after.health.level == HealthLevel::Error);
        QCOMPARE(whole(after, "health.level"), std::uint64_t{2});
    }

    void knowsWhatASurveyFoundUntilTheStateChanges()
    {
        tests::RandomRecords random(5);
        const auto database = tests::openInMemory({tests::storedRow(random.record()), tests::storedRow(random.record())});
        api::Monitor& monitor = *database.source->monitor();
        const api::Measurement before = *monitor.measure({});
        QVERIFY(find(before, "storage.records_live") && !find(before, "storage.records_live")->isMeasured());
        QVERIFY(!find(before, "storage.records_live")->reason.empty());

        QVERIFY(database.source->structure()->collections({}, 0));

        const api::Measurement after = *monitor.measure({});
        QCOMPARE(whole(after, "storage.records_live") + whole(after, "storage.records_soft_deleted"), std::uint64_t{2});
        QCOMPARE(whole(after, "activity.records_read"), std::uint64_t{2}); // those of the survey
    }

    void everyFigureHasAValueOrAReason()
    {
        const OpenFixture fixture("workspace");
        QVERIFY(fixture.source);

        const api::Measurement measurement = fixture.measure();

        std::set<std::string> ids;
        for (const MetricSample& sample : measurement.figures) {
            QVERIFY2(ids.insert(sample.id).second, sample.id.c_str());
            QVERIFY2(sample.isMeasured() == sample.reason.empty(), sample.id.c_str());
            QVERIFY2(!sample.help.empty() && !sample.unit.empty(), sample.id.c_str());
        }
        for (const char* area : {"activity.", "storage.", "durability.", "memory.", "versions.", "indexes.", "structure.", "environment.", "health."})
            QVERIFY2(std::any_of(ids.begin(), ids.end(), [&](const std::string& id) { return id.starts_with(area); }), area);
    }

    void sizesAreThoseOfTheFiles_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"workspace", "typed", "txn", "crash", "churn", "empty"}) QTest::newRow(name) << QString::fromLatin1(name);
    }
    void sizesAreThoseOfTheFiles()
    {
        QFETCH(const QString, name);
        const OpenFixture fixture(qPrintable(name));
        QVERIFY(fixture.source);

        const api::Measurement measurement = fixture.measure();

        const auto bytes = [&](const char* suffix) { return static_cast<std::uint64_t>(QFile(fixture.side(suffix)).size()); };
        QCOMPARE(whole(measurement, "storage.bytes_pages"), bytes(".blazedb"));
        QCOMPARE(whole(measurement, "storage.bytes_catalogue"), bytes(".meta"));
        QCOMPARE(whole(measurement, "storage.bytes_log"), bytes(".wal"));
        QCOMPARE(whole(measurement, "storage.bytes_salt"), std::uint64_t{16});
        QCOMPARE(whole(measurement, "storage.bytes"), bytes(".blazedb") + bytes(".meta") + bytes(".wal") + bytes(".salt"));
        QCOMPARE(whole(measurement, "durability.log_entries"), bytes(".wal") / 4112); // file format 6.2
        const std::uint64_t pages = whole(measurement, "storage.pages");
        QVERIFY(pages * 4096 >= bytes(".blazedb"));
        QCOMPARE(whole(measurement, "storage.pages_used") + whole(measurement, "storage.pages_free") + whole(measurement, "storage.pages_unlisted"), pages);
    }

    void orphansAreTheOnesTheFixtureWasMadeWith()
    {
        const OpenFixture txn("txn"); // 30 records, "ten pages that no record owns"
        QVERIFY(txn.source);

        const api::Measurement measurement = txn.measure();

        QCOMPARE(whole(measurement, "storage.records_named"), std::uint64_t{30});
        QCOMPARE(whole(measurement, "storage.pages_unlisted") + whole(measurement, "storage.pages_free"), std::uint64_t{10});
        QVERIFY(measurement.health.level != HealthLevel::Warning || measurement.health.reasons.front().figure == "storage.disk_free_bytes");
    }

    void namesTheIndexes()
    {
        const OpenFixture fixture("indexes");
        QVERIFY(fixture.source);

        QCOMPARE(whole(fixture.measure(), "indexes.secondary"), std::uint64_t{10});
        QCOMPARE(text(fixture.measure(), "environment.format_version"), QStringLiteral("1.0.0"));
        QCOMPARE(text(fixture.measure(), "durability.interrupted"), QStringLiteral("no"));
    }

    /// The app's own way: an entry at the end of the log (file format 6.2), then the page.
    void seesTheAppWriteByItsLog()
    {
        const OpenFixture fixture("crash"); // its log holds whole entries
        QVERIFY(fixture.source);
        const api::Measurement before = fixture.measure();
        QCOMPARE(whole(before, "activity.pages_logged"), std::uint64_t{0});
        QFile log(fixture.side(".wal"));
        QFile::setPermissions(log.fileName(), QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(log.open(QIODevice::ReadWrite));
        const QByteArray entry = log.read(4112);
        QVERIFY(log.seek(log.size()));
        log.write(entry + entry + entry);
        log.close();

        const api::Measurement after = fixture.measure();

        QCOMPARE(whole(after, "activity.pages_logged"), std::uint64_t{3});
        QCOMPARE(whole(after, "durability.log_entries"), whole(before, "durability.log_entries") + 3);
        QCOMPARE(whole(after, "activity.catalogue_saves"), std::uint64_t{0});

        QFile catalogue(fixture.side(".meta"));
        QVERIFY(catalogue.open(QIODevice::ReadOnly));
        const QByteArray bytes = catalogue.readAll();
        QFile fresh(fixture.side(".new"));
        QVERIFY(fresh.open(QIODevice::WriteOnly));
        fresh.write(bytes);
        fresh.close();
        QVERIFY(QFile::remove(catalogue.fileName()) && fresh.rename(catalogue.fileName()));
        QCOMPARE(whole(fixture.measure(), "activity.catalogue_saves"), std::uint64_t{1});
    }

    void saysWhenTheFilesAreGone()
    {
        const OpenFixture fixture("typed");
        QVERIFY(fixture.source);
        fixture.measure();
        QVERIFY(QFile::remove(fixture.side(".meta")));

        const api::Measurement after = fixture.measure();

        QVERIFY(after.health.level == HealthLevel::Error);
        QVERIFY(after.health.reasons.front().message.find("could not be looked at") != std::string::npos);
        QCOMPARE(whole(after, "storage.records_named"), std::uint64_t{39}); // of the last state
    }

    void aStoppedCallIsCancelled()
    {
        const auto database = tests::openInMemory(std::vector<model::Record>{});
        std::stop_source stop;
        stop.request_stop();
        api::CallContext context;
        context.stop = stop.get_token();

        QVERIFY(database.source->monitor()->measure(context).error().code == ErrorCode::Cancelled);
    }

    void measuresWithoutReadingRecordsInAnInstant()
    {
        const OpenFixture fixture("churn");
        QVERIFY(fixture.source);
        const std::uint64_t readBefore = whole(fixture.measure(), "activity.pages_read");
        constexpr int kTimes = 50;

        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < kTimes; ++i) fixture.measure();
        const double msEach = static_cast<double>(timer.nsecsElapsed()) / 1e6 / kTimes;

        QCOMPARE(whole(fixture.measure(), "activity.pages_read"), readBefore);
        QVERIFY2(msEach < 5.0, qPrintable(QStringLiteral("%1 ms each").arg(msEach)));
        qInfo("one measurement: %.3f ms", msEach);
    }
};
BLAZEDB_REGISTER_TEST(TestLocalMonitor);
#include "tst_local_monitor.moc"
