// Runs as values: comparing two, keeping them, and reports as files.
#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>

#include "tests/support/gui_theme.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/test_registry.h"
#include "views/self_tests/findings_list.h"
#include "views/self_tests/run_history.h"
#include "views/self_tests/test_list.h"
#include "views/self_tests/test_report.h"

using namespace blazedb;
using model::FindingKind;
using model::FindingSeverity;
using views::FindingChange;

namespace {

model::Finding finding(const char* rule, int record, std::uint64_t page, FindingSeverity severity = FindingSeverity::Damage)
{
    model::Finding made;
    made.severity = severity;
    made.kind = FindingKind::RecordDamaged;
    model::Uuid id;
    id.bytes[15] = static_cast<std::uint8_t>(record);
    made.record = id;
    made.page = page;
    made.message = "record " + id.toString() + ": the tag does not fit, \"secret\"";
    made.advice = "Restore it.";
    made.rule = rule;
    return made;
}

model::CheckedRule rule(const char* name, std::uint64_t problems = 0, const char* skipped = "")
{
    model::CheckedRule made;
    made.name = name;
    made.title = name;
    made.checks = "Everything.";
    made.unit = "records";
    made.lookedAt = 39;
    made.problems = problems;
    made.skippedBecause = skipped;
    return made;
}

views::TestRun run(std::vector<model::CheckedRule> rules, std::vector<model::Finding> findings)
{
    views::TestRun made;
    made.at = QDateTime(QDate(2026, 11, 24), QTime(14, 3, 12), Qt::UTC).toLocalTime();
    for (const auto& each : rules) made.rules << QString::fromStdString(each.name);
    made.report.rules = std::move(rules);
    made.report.findings = std::move(findings);
    made.report.recordsRead = 39;
    return made;
}

std::vector<FindingChange> changesOf(const std::vector<views::ComparedFinding>& compared)
{
    std::vector<FindingChange> changes;
    for (const auto& each : compared) changes.push_back(each.change);
    return changes;
}

} // namespace

class TestTestRun final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comparesByRuleKindRecordAndPage()
    {
        const auto older = run({rule("record-content", 2)}, {finding("record-content", 1, 10), finding("record-content", 2, 20)});
        const auto newer = run({rule("record-content", 2)}, {finding("record-content", 2, 20), finding("record-content", 3, 30)});

        const auto compared = views::compareRuns(older, newer);

        QCOMPARE(changesOf(compared), (std::vector{FindingChange::New, FindingChange::Gone, FindingChange::Still}));
        QCOMPARE(*compared[0].finding.page, std::uint64_t{30});
        QCOMPARE(*compared[1].finding.page, std::uint64_t{10});
        QCOMPARE(*compared[2].finding.page, std::uint64_t{20});
    }

    void twoOfTheSameAreTwo()
    {
        const auto older = run({rule("pages-once", 1)}, {finding("pages-once", 1, 1)});
        const auto newer = run({rule("pages-once", 2)}, {finding("pages-once", 1, 1), finding("pages-once", 1, 1)});

        QCOMPARE(changesOf(views::compareRuns(older, newer)), (std::vector{FindingChange::New, FindingChange::Still}));
        QCOMPARE(changesOf(views::compareRuns(newer, older)), (std::vector{FindingChange::Gone, FindingChange::Still}));
    }

    void whatOnlyOneRunLookedAtIsNeitherNewNorGone()
    {
        const auto full = run({rule("record-content", 1)}, {finding("record-content", 1, 1)});
        const auto quick = run({rule("record-places")}, {});
        const auto skipped = run({rule("record-content", 0, "a quick check reads no pages")}, {});

        QVERIFY(views::compareRuns(full, quick).empty());
        QVERIFY(views::compareRuns(quick, full).empty());
        QVERIFY(views::compareRuns(skipped, full).empty());
    }

    void keepsOnlyTheRulesThatWereAskedFor()
    {
        model::VerifyReport report;
        report.rules = {rule("record-content", 1), rule("pages-once", 1)};
        report.findings = {finding("record-content", 1, 1), finding("pages-once", 2, 2), finding("", 3, 3)};

        const auto kept = views::onlyRules(report, {QStringLiteral("pages-once")});

        QCOMPARE(kept.rules.size(), std::size_t(1));
        QCOMPARE(kept.findings.size(), std::size_t(2)); // that of the rule, and that of no rule
    }

    void keepsRunsWithoutTheirMessages()
    {
        auto kept = run({rule("record-content", 1), rule("record-ids", 0, "no catalogue")}, {finding("record-content", 7, 70)});
        kept.report.duration = std::chrono::milliseconds(1500);

        const QByteArray json = views::historyToJson({kept});
        const auto back = views::historyFromJson(json);

        QVERIFY(!json.contains("secret") && !json.contains("tag"));
        QCOMPARE(back.size(), std::size_t(1));
        QVERIFY(back[0].isFromHistory);
        QCOMPARE(back[0].at, kept.at);
        QCOMPARE(back[0].rules, kept.rules);
        QCOMPARE(back[0].problems(), std::uint64_t{1});
        QCOMPARE(back[0].report.rules[1].skippedBecause, std::string("no catalogue"));
        QCOMPARE(back[0].report.duration, kept.report.duration);
        const model::Finding& was = kept.report.findings[0];
        const model::Finding& is = back[0].report.findings[0];
        QVERIFY(is.record == was.record && is.page == was.page && is.kind == was.kind && is.severity == was.severity && is.rule == was.rule);
        QCOMPARE(changesOf(views::compareRuns(back[0], kept)), std::vector{FindingChange::Still});
    }

    void boundsWhatItKeeps()
    {
        std::vector<model::Finding> many;
        for (std::uint64_t page = 0; page < 2000; ++page) many.push_back(finding("record-content", 1, page));
        auto large = run({rule("record-content", 2000)}, many);
        large.report.findingsLeftOut = 5;

        const auto back = views::historyFromJson(views::historyToJson(std::vector(100, large)));

        QCOMPARE(back.size(), views::RunHistory::kRunsMax);
        QCOMPARE(back[0].report.findings.size(), views::RunHistory::kFindingsKept);
        QCOMPARE(back[0].report.findingsLeftOut, std::uint64_t{2000 - views::RunHistory::kFindingsKept + 5});
        QCOMPARE(back[0].problems(), std::uint64_t{2000});
    }

    void refusesWhatIsNoHistory_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("{\"version\":1,");
        QTest::newRow("newer") << QByteArray(R"({"version":2,"runs":[{"at":"2026-11-24T14:03:12Z"}]})");
        QTest::newRow("no time") << QByteArray(R"({"version":1,"runs":[{"tests":["a"]}]})");
        QTest::newRow("wrong kinds") << QByteArray(R"({"version":1,"runs":[7,"x",null,{"at":5}]})");
    }
    void refusesWhatIsNoHistory()
    {
        QFETCH(const QByteArray, json);
        QVERIFY(views::historyFromJson(json).empty());
    }

    void theHistoryIsAModelAndOutlivesTheTab()
    {
        tests::MemoryStateStore state;
        {
            views::RunHistory history(state, QStringLiteral("source/x/tests/runs"), tests::theTheme());
            const QAbstractItemModelTester tester(&history, QAbstractItemModelTester::FailureReportingMode::QtTest);
            for (std::size_t i = 0; i < views::RunHistory::kRunsMax + 3; ++i) history.add(run({rule("record-content", i)}, {}));
            QCOMPARE(history.rowCount(), static_cast<int>(views::RunHistory::kRunsMax));
            QCOMPARE(history.run(0).problems(), std::uint64_t{views::RunHistory::kRunsMax + 2}); // the newest
        }
        const views::RunHistory again(state, QStringLiteral("source/x/tests/runs"), tests::theTheme());
        QCOMPARE(again.rowCount(), static_cast<int>(views::RunHistory::kRunsMax));
        QCOMPARE(again.run(0).problems(), std::uint64_t{views::RunHistory::kRunsMax + 2});
    }

    void reportsAsJson()
    {
        api::SourceDescription about;
        about.name = "orders";
        const auto reported = run({rule("record-content", 1)}, {finding("record-content", 7, 70)});

        const QJsonObject json = QJsonDocument::fromJson(views::toReport(views::ReportForm::Json, about, reported)).object();

        QCOMPARE(json[QStringLiteral("database")].toString(), QStringLiteral("orders"));
        QCOMPARE(json[QStringLiteral("at")].toString(), QStringLiteral("2026-11-24T14:03:12Z"));
        QCOMPARE(json[QStringLiteral("isSound")].toBool(true), false);
        QCOMPARE(json[QStringLiteral("depth")].toString(), QStringLiteral("full"));
        const QJsonObject first = json[QStringLiteral("findings")].toArray().first().toObject();
        QCOMPARE(first[QStringLiteral("record")].toString(), QStringLiteral("00000000-0000-0000-0000-000000000007"));
        QCOMPARE(first[QStringLiteral("page")].toInt(), 70);
        QCOMPARE(first[QStringLiteral("rule")].toString(), QStringLiteral("record-content"));
    }

    void reportsAsCsvThatASpreadsheetDoesNotRun()
    {
        auto odd = finding("record-content", 7, 70);
        odd.message = "=1+1, \"quoted\"\nsecond line";

        const QByteArray csv = views::toReport(views::ReportForm::Csv, {}, run({rule("record-content", 1)}, {odd}));

        QCOMPARE(csv, QByteArray("severity,kind,rule,record,page,reason,advice\r\n"
                                 "damage,record-damaged,record-content,00000000-0000-0000-0000-000000000007,70,"
                                 "\"'=1+1, \"\"quoted\"\"\nsecond line\",Restore it.\r\n"));
    }

    void reportsAsJunitThatParses()
    {
        api::SourceDescription about;
        about.name = "orders & <more>";
        auto broken = rule("record-content", 2);
        broken.suite = "Integrity";
        broken.duration = std::chrono::milliseconds(1500);
        auto passed = rule("pages-once");
        passed.suite = "Integrity";
        auto skipped = rule("index-entries", 0, "a quick check reads no pages");
        skipped.suite = "Indexes";
        auto odd = finding("record-content", 1, 70);
        odd.message = "a field says <b>\x01\"bold\"</b>"; // a character that XML cannot hold
        const auto reported = run({broken, passed, skipped}, {odd, finding("record-content", 2, 71), finding("pages-once", 3, 72, FindingSeverity::Remark)});

        const QByteArray file = views::toReport(views::ReportForm::Junit, about, reported);

        QXmlStreamReader xml(file);
        QMap<QString, int> elements;
        QStringList failures;
        QString remarks;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            const QString name = xml.name().toString();
            ++elements[name];
            const auto attribute = [&xml](const char* key) { return xml.attributes().value(QLatin1String(key)).toString(); };
            if (name == QLatin1String("testsuites")) {
                QCOMPARE(attribute("name"), QStringLiteral("orders & <more>"));
                QCOMPARE(attribute("tests"), QStringLiteral("3"));
                QCOMPARE(attribute("failures"), QStringLiteral("1"));
                QCOMPARE(attribute("skipped"), QStringLiteral("1"));
                QCOMPARE(attribute("time").toDouble(), 1.5);
            } else if (name == QLatin1String("testsuite")) {
                QCOMPARE(attribute("timestamp"), QStringLiteral("2026-11-24T14:03:12"));
                QCOMPARE(attribute("tests"), attribute("name") == QLatin1String("Integrity") ? QStringLiteral("2") : QStringLiteral("1"));
            } else if (name == QLatin1String("skipped")) {
                QCOMPARE(attribute("message"), QStringLiteral("a quick check reads no pages"));
            } else if (name == QLatin1String("failure")) {
                QCOMPARE(attribute("type"), QStringLiteral("record-content"));
                failures = xml.readElementText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
            } else if (name == QLatin1String("system-out")) {
                remarks = xml.readElementText();
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(elements.value(QStringLiteral("testsuite")), 2);
        QCOMPARE(elements.value(QStringLiteral("testcase")), 3);
        QCOMPARE(elements.value(QStringLiteral("failure")), 1);
        QCOMPARE(failures.size(), 2);
        QVERIFY(failures[0].contains(QStringLiteral("a field says <b>\uFFFD\"bold\"</b>")));
        QVERIFY(remarks.contains(QStringLiteral("0000-000000000003")));
        QCOMPARE(views::reportFormOf(QStringLiteral("/tmp/check.XML")), views::ReportForm::Junit);
    }

    void reportsAsHtmlWithoutMarkupFromTheDatabase()
    {
        api::SourceDescription about;
        about.name = "<script>alert(1)</script>";
        auto odd = finding("record-content", 7, 70);
        odd.message = "a < b & c";

        const QByteArray html = views::toReport(views::ReportForm::Html, about, run({rule("record-content", 1)}, {odd}));

        QVERIFY(!html.contains("<script>"));
        QVERIFY(html.contains("&lt;script&gt;") && html.contains("a &lt; b &amp; c"));
        QVERIFY(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"));
        QVERIFY(views::toReport(views::ReportForm::Html, about, run({rule("record-content")}, {})).contains("Nothing was found."));
    }

    void findingsAreFilteredByWordsInAnyColumn()
    {
        views::TestFindingsModel model(tests::theTheme());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFindings({{finding("record-content", 1, 10), FindingChange::None}, {finding("pages-once", 2, 20, FindingSeverity::Remark), FindingChange::None}});

        model.setFilter(QStringLiteral("TAG damaged"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(*model.finding(0).page, std::uint64_t{10});
        model.setFilter(QStringLiteral("0000000002"));
        QCOMPARE(model.rowCount(), 1);
        model.setFilter(QStringLiteral("nowhere"));
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.total(), std::size_t(2));
        model.setFilter({});
        QCOMPARE(model.asTsv({0, 1}).count(QLatin1Char('\n')), 3);
        QCOMPARE(model.asTsv({0}).section(QLatin1Char('\n'), 1, 1).count(QLatin1Char('\t')), views::TestFindingsModel::ColumnCount - 1);
    }

    void ticksOfAGroupAreThoseOfItsTests()
    {
        views::TestListModel model(tests::theTheme());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QModelIndex quick = model.index(0, 0);
        const QModelIndex full = model.index(1, 0);
        QCOMPARE(model.ticked().size(), 13); // the rules of a check
        QVERIFY(views::TestListModel::needFull(model.ticked()));

        QVERIFY(model.setData(full, Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(!views::TestListModel::needFull(model.ticked()));
        QCOMPARE(model.ticked(), model.rulesOf(quick));
        QVERIFY(model.setData(model.index(2, 0, full), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(full.data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::PartiallyChecked));
        QVERIFY(views::TestListModel::needFull(model.ticked()));
    }
};
BLAZEDB_REGISTER_TEST(TestTestRun);
#include "tst_test_run.moc"
