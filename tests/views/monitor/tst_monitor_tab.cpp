// The Monitor as its users drive it, over copies of databases that the Swift library wrote.
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QTreeView>

#include "tests/support/blocking_guard.h"
#include "tests/support/fixture_source.h"
#include "tests/support/gui_theme.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/test_registry.h"
#include "views/commands/command_registry.h"
#include "views/monitor/monitor_commands.h"
#include "views/monitor/monitor_tab.h"
#include "views/session/open_sessions.h"
#include "views/session/session.h"
#include "views/widgets/column_flow_layout.h"
#include "views/widgets/sparkline.h"

using namespace blazedb;

namespace {

/// Hands every call on, and counts whether any came on the GUI thread.
class Watched final : public api::DataSource {
public:
    explicit Watched(std::shared_ptr<api::DataSource> inner)
        : m_inner(std::move(inner))
        , m_monitor(*m_inner->monitor(), calls)
        , m_structure(*m_inner->structure(), calls)
    {
    }
    api::SourceDescription describe() const override { return m_inner->describe(); }
    std::vector<model::Finding> openingFindings() const override { return m_inner->openingFindings(); }
    api::Records& records() override { return m_inner->records(); }
    api::Structure* structure() override { return &m_structure; }
    api::Monitor* monitor() override { return &m_monitor; }

    tests::BlockingCalls calls;

private:
    std::shared_ptr<api::DataSource> m_inner;
    tests::GuardedMonitor m_monitor;
    tests::GuardedStructure m_structure;
};

struct Bench {
    explicit Bench(const char* fixtureName)
        : fixture("format28", fixtureName)
    {
        source = std::make_shared<Watched>(fixture.source);
        start();
    }
    void start()
    {
        tab.reset();
        if (session) open.remove(*session);
        session = std::make_unique<views::Session>(source, state);
        open.add(*session);
        commands = std::make_unique<views::CommandRegistry>();
        views::registerMonitorCommands(*commands);
        tab.reset(views::makeMonitorTab({*session, *commands, tests::theTheme(), &open}, nullptr));
        for (const views::Command& command : commands->commands()) tab->addAction(commands->action(command.id));
        tab->resize(900, 700);
        tab->show();
        tab->activateWindow();
    }
    template <typename T>
    T* find(const QString& name) const { return tab->findChild<T*>(name); }
    [[nodiscard]] QLabel* figure(const char* id) const { return find<QLabel>(QStringLiteral("monitor.figure.") + QLatin1String(id)); }
    [[nodiscard]] QVariant value(const char* id) const { return figure(id)->property("value"); }
    [[nodiscard]] QString stateWord() const { return tab->property("state").toString(); }
    [[nodiscard]] qint64 sizeOf(const char* suffix) const { return QFileInfo(fixture.side(suffix)).size(); }

    tests::FixtureSource fixture;
    tests::MemoryStateStore state;
    views::OpenSessions open;
    std::shared_ptr<Watched> source;
    std::unique_ptr<views::Session> session;
    std::unique_ptr<views::CommandRegistry> commands;
    std::unique_ptr<QWidget> tab;
};

} // namespace

class TestMonitorTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figuresAreThoseOfTheFiles()
    {
        Bench bench("workspace");
        const QByteArray before = bench.fixture.digest();
        QCOMPARE(bench.stateWord(), QStringLiteral("loading"));

        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));

        QCOMPARE(bench.value("storage.bytes_pages").toLongLong(), bench.sizeOf(".blazedb"));
        QCOMPARE(bench.value("storage.bytes_catalogue").toLongLong(), bench.sizeOf(".meta"));
        QCOMPARE(bench.figure("storage.bytes_catalogue")->property("unit").toString(), QStringLiteral("bytes"));
        QCOMPARE(bench.value("storage.records_named").toInt(), 3 + 8 + 240 + 120); // teams, users, bugs, comments
        QCOMPARE(bench.value("indexes.secondary").toInt(), 3);
        QCOMPARE(bench.value("environment.format_version").toString(), QStringLiteral("1.0.0"));
        QCOMPARE(bench.source->calls.onGuiThread(), 0);
        QCOMPARE(bench.fixture.digest(), before);
    }

    void whatIsNotMeasuredSaysWhy()
    {
        Bench bench("typed");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));

        QLabel* const commits = bench.figure("activity.commits");

        QCOMPARE(commits->text(), QStringLiteral("—"));
        QVERIFY(!commits->property("value").isValid());
        QVERIFY(commits->property("reason").toString().contains(QStringLiteral("no commits")));
        QVERIFY(commits->toolTip().contains(commits->property("reason").toString()));
        QVERIFY(!bench.find<QLabel>(QStringLiteral("monitor.reason.activity.commits"))->isHidden());
        // The same reason for figures that follow each other stands once, below the last.
        QVERIFY(bench.find<QLabel>(QStringLiteral("monitor.reason.activity.operations"))->isHidden());
        QVERIFY(!bench.find<QLabel>(QStringLiteral("monitor.reason.activity.latency_seconds"))->isHidden());
    }

    void everyFigureOfTheCardsIsOneOfTheSource()
    {
        Bench bench("typed");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));

        for (const QLabel* label : bench.tab->findChildren<QLabel*>()) {
            if (!label->objectName().startsWith(QLatin1String("monitor.figure."))) continue;
            QVERIFY2(label->property("value").isValid() != (label->text() == QStringLiteral("—")), qPrintable(label->objectName()));
            QVERIFY2(label->property("reason").toString() != QLatin1String("this source does not tell"), qPrintable(label->objectName()));
            QVERIFY2(!label->accessibleName().isEmpty(), qPrintable(label->objectName()));
        }
    }

    void countsRecordsOnlyWhenAsked()
    {
        Bench bench("churn"); // 36 soft-deleted
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.value("activity.records_read").toInt(), 0);
        QVERIFY(!bench.value("storage.records_live").isValid());
        auto* count = bench.find<QPushButton>(QStringLiteral("monitor.count"));
        bench.find<QScrollArea>(QStringLiteral("monitor.cards"))->ensureWidgetVisible(count);

        QTest::mouseClick(count, Qt::LeftButton);

        QTRY_COMPARE(bench.value("storage.records_soft_deleted").toInt(), 36);
        QCOMPARE(bench.value("storage.records_live").toInt() + 36, bench.value("storage.records_named").toInt());
        QVERIFY(count->isHidden());
        QVERIFY(bench.value("storage.record_max_bytes").toLongLong() > 0);
    }

    void pauseHoldsTheFiguresAndRefreshGoesOn()
    {
        Bench bench("typed");
        auto* interval = bench.find<QComboBox>(QStringLiteral("monitor.interval"));
        QCOMPARE(interval->count(), 7);
        QCOMPARE(interval->currentData().toInt(), 2000);
        interval->setFocus();
        QTest::keyClick(interval, Qt::Key_Home);
        QCOMPARE(interval->currentData().toInt(), 500);
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        auto* line = bench.find<views::Sparkline>(QStringLiteral("monitor.line.activity.queries"));
        QTRY_VERIFY(line->ring().size() >= 2);

        QTest::keyClick(bench.tab.get(), Qt::Key_Pause);

        QCOMPARE(bench.stateWord(), QStringLiteral("stale"));
        QVERIFY(bench.find<QLabel>(QStringLiteral("monitor.freshness"))->text().contains(QStringLiteral("paused")));
        QTest::qWait(50); // one may have been under way
        const std::size_t held = line->ring().size();
        QTest::qWait(700);
        QCOMPARE(line->ring().size(), held);
        QTest::keyClick(bench.tab.get(), Qt::Key_F5);
        QTRY_COMPARE(line->ring().size(), held + 1);
        QTest::mouseClick(bench.find<QToolButton>(QStringLiteral("monitor.pause")), Qt::LeftButton);
        QTRY_VERIFY(line->ring().size() > held + 1);
        QCOMPARE(bench.stateWord(), QStringLiteral("ready"));
    }

    void ratesFollowTheCounters()
    {
        Bench bench("typed");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        auto* rate = bench.find<QLabel>(QStringLiteral("monitor.rate.activity.records_read"));
        QVERIFY(!rate->property("value").isValid());

        QVERIFY(bench.fixture.source->records().count({}, {}));
        QTest::keyClick(bench.tab.get(), Qt::Key_F5);

        QTRY_VERIFY(rate->property("value").toDouble() > 0);
        QCOMPARE(bench.value("activity.records_read").toInt(), 39);
    }

    void nothingIsMeasuredWhileNobodyLooks()
    {
        Bench bench("typed");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        bench.tab->hide();
        QTest::qWait(50);
        const QString seen = bench.find<QLabel>(QStringLiteral("monitor.freshness"))->toolTip();

        QTest::qWait(2300); // longer than the interval

        QCOMPARE(bench.find<QLabel>(QStringLiteral("monitor.freshness"))->toolTip(), seen);
        bench.tab->show();
        QTRY_VERIFY(bench.find<QLabel>(QStringLiteral("monitor.freshness"))->toolTip() != seen);
    }

    void aHiddenCardStaysHidden()
    {
        Bench bench("typed");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        auto* hide = bench.find<QToolButton>(QStringLiteral("monitor.card.versions.hide"));
        bench.find<QScrollArea>(QStringLiteral("monitor.cards"))->ensureWidgetVisible(hide);

        QTest::mouseClick(hide, Qt::LeftButton);
        QVERIFY(bench.find<QWidget>(QStringLiteral("monitor.card.versions"))->isHidden());
        bench.start(); // the next time the tab is opened

        QVERIFY(bench.find<QWidget>(QStringLiteral("monitor.card.versions"))->isHidden());
        auto* show = bench.find<QAction>(QStringLiteral("monitor.show.versions"));
        QVERIFY(!show->isChecked());
        show->trigger();
        QVERIFY(!bench.find<QWidget>(QStringLiteral("monitor.card.versions"))->isHidden());
    }

    void damageIsAnErrorWithAWayToTests()
    {
        const tests::FixtureSource damaged("format28-damaged", "page-bit-flipped");
        tests::MemoryStateStore state;
        views::Session session(damaged.source, state);
        views::CommandRegistry commands;
        views::registerMonitorCommands(commands);
        views::Command toTests;
        toTests.id = QStringLiteral("tab.tests");
        bool wasAsked = false;
        commands.add(toTests);
        commands.setHandler(toTests.id, this, [&] { wasAsked = true; });
        const std::unique_ptr<QWidget> tab(views::makeMonitorTab({session, commands, tests::theTheme()}, nullptr));
        tab->resize(900, 700);
        QVERIFY(damaged.source->records().count({}, {})); // meets the damaged record
        tab->show();

        QTRY_COMPARE(tab->property("state").toString(), QStringLiteral("ready"));

        QCOMPARE(tab->findChild<QLabel*>(QStringLiteral("monitor.figure.health.level"))->property("value").toInt(), 2);
        auto* check = tab->findChild<QPushButton*>(QStringLiteral("monitor.health.check"));
        QVERIFY(check);
        QTest::keyClick(check, Qt::Key_Space);
        QVERIFY(wasAsked);
        QVERIFY(tab->findChild<QLabel*>(QStringLiteral("monitor.health.lastCheck"))->text().contains(QStringLiteral("Not checked")));
    }

    void copiesJsonAndPrometheusText()
    {
        Bench bench("typed");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));

        bench.commands->action(QStringLiteral("monitor.copyJson"))->trigger();
        const QJsonObject json = QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object();
        QCOMPARE(json[QStringLiteral("figures")][QStringLiteral("storage.records_named")][QStringLiteral("value")].toInt(), 39);

        bench.commands->action(QStringLiteral("monitor.copyPrometheus"))->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\nblazedb_storage_records_named{database=\"typed\",place=\"")));
    }

    void showsAllOpenDatabases()
    {
        Bench bench("typed");
        const tests::FixtureSource other("format28", "txn");
        tests::MemoryStateStore state;
        views::Session second(other.source, state);
        bench.open.add(second);
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));

        QTest::mouseClick(bench.find<QToolButton>(QStringLiteral("monitor.all")), Qt::LeftButton);

        auto* table = bench.find<QTreeView>(QStringLiteral("monitor.databases"));
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QTRY_VERIFY(bench.find<QLabel>(QStringLiteral("monitor.totals"))->text().contains(QStringLiteral("69 records"))); // 39 + 30
        bench.open.remove(second);
        QCOMPARE(table->model()->rowCount(), 1);
    }

    void cardsStandInAsManyColumnsAsFit()
    {
        views::ColumnFlowLayout layout(300, 3);
        layout.setSpacing(8);

        QCOMPARE(layout.columnsFor(250), 1);
        QCOMPARE(layout.columnsFor(607), 1);
        QCOMPARE(layout.columnsFor(608), 2);  // 2 × 300 + 8
        QCOMPARE(layout.columnsFor(916), 3);  // 3 × 300 + 2 × 8
        QCOMPARE(layout.columnsFor(3000), 3);
    }

    void gapsOfALineStayGaps()
    {
        views::SampleRing ring;
        for (const qint64 time : {0, 1000, 2000}) ring.add(time, 1.0);
        ring.add(3000, std::nullopt); // not measured
        ring.add(4000, 2.0);
        ring.add(30'000, 4.0); // after a pause

        const auto runs = views::sparklineRuns(ring, 2500, QSizeF(600, 100));

        QCOMPARE(runs.size(), std::size_t(3));
        QCOMPARE(runs[0].size(), 3);
        QCOMPARE(runs[1], QPolygonF({QPointF(600 * (1 - 26.0 / 60), 50)}));
        QCOMPARE(runs[2], QPolygonF({QPointF(600, 0)}));
    }

    void aRingForgetsTheOldest()
    {
        views::SampleRing ring;
        for (qint64 i = 0; i < 1000; ++i) ring.add(i, static_cast<double>(i));

        QCOMPARE(ring.size(), views::SampleRing::kSamplesMax);
        QCOMPARE(ring.at(0).timeMs, qint64(1000 - static_cast<qint64>(views::SampleRing::kSamplesMax)));
        QCOMPARE(*ring.maximum(), 999.0);
        ring.add(10, 5.0); // time does not go back
        QCOMPARE(ring.at(ring.size() - 1).timeMs, qint64(999));
    }
};
BLAZEDB_REGISTER_TEST(TestMonitorTab);
#include "tst_monitor_tab.moc"
