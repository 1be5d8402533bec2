// The exposition format as its document defines it: every line is checked by the rules, and a worked example by hand.
#include <map>
#include <set>

#include <QRegularExpression>
#include <QStringList>

#include "engine/codec/prometheus_text.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::MetricKind;
using model::MetricSample;

namespace {

MetricSample figure(const char* id, const char* unit, model::MetricValue value, MetricKind kind = MetricKind::Gauge)
{
    MetricSample sample;
    sample.id = id;
    sample.unit = unit;
    sample.help = "What it is.";
    sample.value = std::move(value);
    sample.kind = kind;
    return sample;
}

} // namespace

class TestPrometheusText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesFollowUnitAndKind_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<bool>("isCounter");
        QTest::addColumn<QString>("name");
        QTest::newRow("unit is a word of it") << "storage.bytes_log" << "bytes" << false << "blazedb_storage_bytes_log";
        QTest::newRow("unit is added") << "environment.open" << "seconds" << false << "blazedb_environment_open_seconds";
        QTest::newRow("counter") << "activity.pages_read" << "pages" << true << "blazedb_activity_pages_read_total";
        QTest::newRow("plain count") << "indexes.secondary" << "count" << false << "blazedb_indexes_secondary";
        QTest::newRow("time") << "durability.last_change" << "unix_seconds" << false << "blazedb_durability_last_change_timestamp_seconds";
        QTest::newRow("text") << "environment.format" << "text" << false << "blazedb_environment_format_info";
    }
    void namesFollowUnitAndKind()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, unit);
        QFETCH(const bool, isCounter);
        QFETCH(const QString, name);

        const auto sample = figure(qPrintable(id), qPrintable(unit), std::uint64_t{1}, isCounter ? MetricKind::Counter : MetricKind::Gauge);

        QCOMPARE(QString::fromStdString(codec::prometheusName(sample)), name);
    }

    void writesAGroupForEachMetricAndEscapes()
    {
        auto place = figure("environment.place", "text", std::string("C:\\a \"b\"\nc"));
        place.help = "Where it \\ lies.\nReally.";
        auto missing = figure("activity.commits", "count", {});
        missing.reason = "not in the log";
        const codec::MetricSource first{{{"database", "one"}}, {figure("storage.pages", "pages", std::uint64_t{UINT64_MAX}), place, missing}};
        const codec::MetricSource second{{{"database", "two"}}, {figure("storage.pages", "pages", 0.5)}};

        const std::string text = codec::toPrometheusText({first, second});

        QCOMPARE(QString::fromStdString(text), QStringLiteral("# HELP blazedb_storage_pages What it is.\n"
                                                              "# TYPE blazedb_storage_pages gauge\n"
                                                              "blazedb_storage_pages{database=\"one\"} 18446744073709551615\n"
                                                              "blazedb_storage_pages{database=\"two\"} 0.5\n"
                                                              "# HELP blazedb_environment_place_info Where it \\\\ lies.\\nReally.\n"
                                                              "# TYPE blazedb_environment_place_info gauge\n"
                                                              "blazedb_environment_place_info{database=\"one\",value=\"C:\\\\a \\\"b\\\"\\nc\"} 1\n"
                                                              "# blazedb_activity_commits is not measured here: not in the log\n"));
    }

    void writesWhatIsNoNumber()
    {
        const codec::MetricSource source{{}, {figure("a.nan", "count", std::numeric_limits<double>::quiet_NaN()),
                                              figure("a.up", "count", std::numeric_limits<double>::infinity()),
                                              figure("a.down", "count", -std::numeric_limits<double>::infinity())}};

        const QStringList lines = QString::fromStdString(codec::toPrometheusText({source})).split(QLatin1Char('\n'));

        QVERIFY(lines.contains(QStringLiteral("blazedb_a_nan NaN")));
        QVERIFY(lines.contains(QStringLiteral("blazedb_a_up +Inf")));
        QVERIFY(lines.contains(QStringLiteral("blazedb_a_down -Inf")));
    }

    void nothingIsNothing() { QVERIFY(codec::toPrometheusText({}).empty()); }
};
BLAZEDB_REGISTER_TEST(TestPrometheusText);
#include "tst_prometheus_text.moc"
