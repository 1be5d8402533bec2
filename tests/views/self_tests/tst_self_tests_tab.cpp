// The Tests tab as its users drive it: sound and damaged databases, by keys and mouse; the files stay as they were.
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeView>

#include "engine/api/upkeep.h"
#include "engine/base/pause_gate.h"
#include "tests/support/blocking_guard.h"
#include "tests/support/fixture_source.h"
#include "tests/support/gui_theme.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/test_registry.h"
#include "views/commands/command_registry.h"
#include "views/self_tests/findings_list.h"
#include "views/self_tests/self_tests_commands.h"
#include "views/self_tests/self_tests_tab.h"
#include "views/self_tests/test_list.h"
#include "views/session/session.h"
#include "views/widgets/job_progress_strip.h"

using namespace blazedb;
using views::TestFindingsModel;
using views::TestListModel;

namespace {

struct Bench {
    explicit Bench(std::shared_ptr<api::DataSource> database)
        : source(std::move(database))
    {
        start();
    }
    void start()
    {
        tab.reset();
        session = std::make_unique<views::Session>(source, state);
        commands = std::make_unique<views::CommandRegistry>();
        views::registerTestCommands(*commands);
        tab.reset(views::makeSelfTestsTab({*session, *commands, tests::theTheme()}, nullptr));
        for (const views::Command& command : commands->commands()) tab->addAction(commands->action(command.id));
        tab->resize(1100, 700);
        tab->show();
        tab->activateWindow();
        QTRY_VERIFY(commands->action(QStringLiteral("tests.runAll"))->isEnabled()); // once the registry saw the tab appear
    }
    template <typename T>
    T* find(const char* name) const { return tab->findChild<T*>(QString::fromLatin1(name)); }
    [[nodiscard]] QTreeView* findings() const { return find<QTreeView>("tests.findings"); }
    [[nodiscard]] QString cell(int row, int column) const { return findings()->model()->index(row, column).data().toString(); }
    [[nodiscard]] QString stateWord() const { return tab->property("state").toString(); }
    [[nodiscard]] int problems() const { return find<QLabel>("tests.summary")->property("problems").toInt(); }
    [[nodiscard]] QString outcome(const char* rule) const
    {
        const QAbstractItemModel& model = *find<QTreeView>("tests.list")->model();
        for (int group = 0; group < model.rowCount(); ++group) {
            const QModelIndex parent = model.index(group, 0);
            for (int row = 0; row < model.rowCount(parent); ++row) {
                const QModelIndex test = model.index(row, 0, parent);
                if (test.data(TestListModel::RuleRole).toString() == QLatin1String(rule)) return test.data(TestListModel::OutcomeRole).toString();
            }
        }
        return QStringLiteral("no such test");
    }
    void doubleClick(int row) const
    {
        const QModelIndex index = findings()->model()->index(row, 0);
        findings()->scrollTo(index);
        const QPoint place = findings()->visualRect(index).center();
        QTest::mouseClick(findings()->viewport(), Qt::LeftButton, {}, place); // the first half of a double click
        QTest::mouseDClick(findings()->viewport(), Qt::LeftButton, {}, place);
    }
    void runAll() const { QTest::keyClick(tab.get(), Qt::Key_F5); }

    std::shared_ptr<api::DataSource> source;
    tests::MemoryStateStore state;
    std::unique_ptr<views::Session> session;
    std::unique_ptr<views::CommandRegistry> commands;
    std::unique_ptr<QWidget> tab;
};

/// Its check goes on until a test lets it end; it can be held and stopped.
class SlowSource final : public api::DataSource, private api::Upkeep {
public:
    explicit SlowSource(std::shared_ptr<api::DataSource> inner)
        : m_inner(std::move(inner))
    {
    }
    api::SourceDescription describe() const override { return m_inner->describe(); }
    std::vector<model::Finding> openingFindings() const override { return {}; }
    api::Records& records() override { return m_inner->records(); }
    api::Upkeep* upkeep() override { return this; }

    std::atomic<std::uint64_t> steps{0};
    std::atomic<bool> mayEnd{false};

private:
    Result<api::VerifyReport> verify(const api::CallContext& context, api::VerifyDepth) override
    {
        while (!mayEnd) {
            if (context.pause) context.pause->wait(context.stop);
            if (context.stop.stop_requested()) return api::cancelled();
            ++steps;
            context.onProgress({std::min<std::uint64_t>(steps, 9999), 10'000, "pages", steps * 4096});
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return api::VerifyReport{};
    }

    std::shared_ptr<api::DataSource> m_inner;
};

} // namespace

class TestSelfTestsTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingHasRunAtFirst()
    {
        const tests::FixtureSource fixture("format28", "typed");
        const Bench bench(fixture.source);

        QCOMPARE(bench.stateWord(), QStringLiteral("not run"));
        QVERIFY(!bench.find<QPushButton>("tests.export")->isEnabled());
        QVERIFY(bench.find<QPushButton>("tests.runAll")->isEnabled());
        for (const char* name : {"tests.list", "tests.runs", "tests.findings", "tests.filter", "tests.runAll", "tests.runSelected", "tests.export",
                                 "tests.compare", "tests.progress.pause", "tests.progress.cancel", "tests.progress.bar"})
            QVERIFY2(!bench.find<QWidget>(name)->accessibleName().isEmpty(), name);
    }

    /// As wide as the tab is in windows of 1600, 1100 and 900 pixels.
    void thePageStandsInTheMiddle_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("wide") << 1200;
        QTest::newRow("window of 1100") << 700;
        QTest::newRow("narrow") << 500;
    }
    void thePageStandsInTheMiddle()
    {
        QFETCH(const int, width);
        const tests::FixtureSource fixture("format28", "typed");
        const Bench bench(fixture.source);

        bench.tab->resize(width, 600);
        QCoreApplication::processEvents();

        const auto* sentence = bench.find<QLabel>("tests.state.sentence");
        const auto* page = bench.find<QWidget>("tests.state");
        // What is seen of the tab right of the list: from the filter's left edge to the tab's own right one.
        const int left = page->mapTo(bench.tab.get(), QPoint(0, 0)).x();
        const int middle = sentence->mapTo(bench.tab.get(), QPoint(sentence->width() / 2, 0)).x();
        const int visibleMiddle = (left + bench.tab->width() - bench.tab->layout()->contentsMargins().right()) / 2;
        QVERIFY2(qAbs(middle - visibleMiddle) <= 2, qPrintable(QStringLiteral("%1 instead of %2, page %3 wide").arg(middle).arg(visibleMiddle).arg(page->width())));
        QVERIFY(page->mapTo(bench.tab.get(), QPoint(page->width(), 0)).x() <= bench.tab->width());
    }

    void aSoundDatabasePassesAndSaysWhatWasLookedAt()
    {
        const tests::FixtureSource fixture("format28", "typed"); // 39 records
        const QByteArray before = fixture.digest();
        const Bench bench(fixture.source);

        bench.runAll();

        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.problems(), 0);
        QVERIFY(bench.find<QLabel>("tests.lookedAt")->text().contains(QStringLiteral("39 records (39 whole)")));
        for (const char* rule : {"catalogue-signature", "record-places", "log-readable", "record-content", "record-ids", "index-entries"})
            QCOMPARE(bench.outcome(rule), QStringLiteral("passed"));
        QCOMPARE(fixture.digest(), before);
        QCOMPARE(bench.find<QTreeView>("tests.runs")->model()->rowCount(), 1);
    }

    void damageIsFoundByItsOwnTest_data()
    {
        QTest::addColumn<QString>("fixture");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<int>("findings");
        QTest::addColumn<QString>("severity");
        // As fixtures/README says of each copy of `typed`: one record damaged, one zeroed, 18 of 39 beyond the end.
        QTest::newRow("page-bit-flipped") << "page-bit-flipped" << "record-content" << "failed" << 1 << "Damaged";
        QTest::newRow("page-zeroed") << "page-zeroed" << "record-content" << "remarks" << 1 << "Remark";
        QTest::newRow("pages-cut-short") << "pages-cut-short" << "record-places" << "failed" << 18 << "Lost";
        QTest::newRow("log-garbage") << "log-garbage" << "log-readable" << "failed" << 1 << "Damaged";
    }
    void damageIsFoundByItsOwnTest()
    {
        QFETCH(const QString, fixture);
        QFETCH(const QString, rule);
        QFETCH(const QString, outcome);
        QFETCH(const int, findings);
        QFETCH(const QString, severity);
        const tests::FixtureSource damaged("format28-damaged", qPrintable(fixture));
        QVERIFY(damaged.source);
        const QByteArray before = damaged.digest();
        const Bench bench(damaged.source);

        bench.runAll();

        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.outcome(qPrintable(rule)), outcome);
        int listed = 0;
        for (int row = 0; row < bench.findings()->model()->rowCount(); ++row) {
            if (bench.cell(row, TestFindingsModel::Rule) != views::testTitle(rule.toStdString())) continue;
            ++listed;
            QCOMPARE(bench.cell(row, TestFindingsModel::Severity), severity);
            QVERIFY(!bench.cell(row, TestFindingsModel::Reason).isEmpty());
        }
        QCOMPARE(listed, findings);
        QCOMPARE(damaged.digest(), before);
    }

    void aSingleTestRunsByEnter()
    {
        const tests::FixtureSource damaged("format28-damaged", "page-bit-flipped");
        const Bench bench(damaged.source);
        auto* list = bench.find<QTreeView>("tests.list");
        const QModelIndex full = list->model()->index(1, 0);
        list->setCurrentIndex(list->model()->index(1, 0, full)); // record-content
        QCOMPARE(list->currentIndex().data(TestListModel::RuleRole).toString(), QStringLiteral("record-content"));

        QTest::keyClick(list, Qt::Key_Return);

        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.outcome("record-content"), QStringLiteral("failed"));
        QCOMPARE(bench.outcome("catalogue-signature"), QString()); // did not run
        QCOMPARE(bench.findings()->model()->rowCount(), 1);
    }

    void tickedTestsAreRememberedAndRun()
    {
        const tests::FixtureSource fixture("format28", "typed");
        Bench bench(fixture.source);
        auto* list = bench.find<QTreeView>("tests.list");
        list->setCurrentIndex(list->model()->index(1, 0));
        QTest::keyClick(list, Qt::Key_Space); // unticks the full check

        bench.start();
        bench.runAll();

        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.outcome("record-places"), QStringLiteral("passed"));
        QCOMPARE(bench.outcome("record-content"), QString());
        QVERIFY(bench.find<QLabel>("tests.lookedAt")->text().contains(QStringLiteral("0 records")));
    }

    void findingsAreFilteredCopiedAndFollowed()
    {
        const tests::FixtureSource damaged("format28-damaged", "pages-cut-short");
        const Bench bench(damaged.source);
        bench.runAll();
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        const int all = bench.findings()->model()->rowCount();
        QVERIFY(all >= 18);
        const QString record = bench.cell(0, TestFindingsModel::Record);
        QVERIFY(!record.isEmpty());

        auto* filter = bench.find<QLineEdit>("tests.filter");
        QTest::keyClicks(filter, record.left(8));
        QVERIFY(bench.findings()->model()->rowCount() < all);
        bench.commands->action(QStringLiteral("tests.copy"))->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().contains(record));

        bool wasAsked = false;
        connect(bench.session.get(), &views::Session::recordRequested, this, [&] { wasAsked = true; });
        bench.doubleClick(0);
        QTRY_VERIFY(bench.find<QLabel>("tests.message")->text().contains(QStringLiteral("cannot be shown"))); // it is lost
        QVERIFY(!wasAsked);
    }

    void aReadableRecordIsAskedForInData()
    {
        const tests::FixtureSource churn("format28", "churn"); // two whole records that the Swift library cannot see
        const Bench bench(churn.source);
        bench.runAll();
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.problems(), 0);
        QCOMPARE(bench.outcome("records-visible"), QStringLiteral("remarks"));
        int row = 0;
        while (bench.cell(row, TestFindingsModel::Rule) != views::testTitle("records-visible")) ++row;

        std::optional<model::Uuid> asked;
        connect(bench.session.get(), &views::Session::recordRequested, this, [&] { asked = bench.session->takeRequestedRecord(); });

        bench.doubleClick(row);

        QTRY_VERIFY(asked);
        QCOMPARE(QString::fromStdString(asked->toString()), bench.cell(row, TestFindingsModel::Record));
    }

    void twoRunsAreCompared()
    {
        tests::FixtureSource fixture("format28", "typed");
        Bench bench(fixture.source);
        bench.runAll();
        QTRY_COMPARE(bench.find<QTreeView>("tests.runs")->model()->rowCount(), 1);
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("ready"));
        // Something flips a bit in the file between the runs.
        QFile pages(fixture.path);
        QVERIFY(pages.open(QIODevice::ReadWrite));
        QVERIFY(pages.seek(4096 + 100));
        char byte = 0;
        QVERIFY(pages.getChar(&byte) && pages.seek(4096 + 100) && pages.putChar(static_cast<char>(byte ^ 1)));
        pages.close();
        bench.runAll();
        auto* runs = bench.find<QTreeView>("tests.runs");
        QTRY_COMPARE(runs->model()->rowCount(), 2);
        QTRY_COMPARE(bench.problems(), 1);

        runs->selectAll();
        QTest::mouseClick(bench.find<QPushButton>("tests.compare"), Qt::LeftButton);

        QVERIFY(!bench.findings()->isColumnHidden(TestFindingsModel::Change));
        QCOMPARE(bench.cell(0, TestFindingsModel::Change), QStringLiteral("new"));
        QVERIFY(bench.find<QLabel>("tests.summary")->text().startsWith(QStringLiteral("New: 1, gone: 0")));
        bench.start(); // the history is there after a restart
        QCOMPARE(bench.find<QTreeView>("tests.runs")->model()->rowCount(), 2);
        bench.find<QTreeView>("tests.runs")->setCurrentIndex(bench.find<QTreeView>("tests.runs")->model()->index(0, 0));
        QCOMPARE(bench.problems(), 1);
    }

    void aCheckIsHeldResumedAndCancelled()
    {
        const tests::FixtureSource fixture("format28", "typed");
        const auto slow = std::make_shared<SlowSource>(fixture.source);
        const Bench bench(slow);
        bench.runAll();
        auto* pause = bench.find<QPushButton>("tests.progress.pause");
        QTRY_VERIFY(pause->isVisible());
        QCOMPARE(bench.stateWord(), QStringLiteral("loading"));
        QTRY_VERIFY(bench.find<QLabel>("tests.progress.text")->text().contains(QStringLiteral("left")));
        QVERIFY(bench.find<QProgressBar>("tests.progress.bar")->maximum() > 0);
        QVERIFY(!bench.find<QPushButton>("tests.runAll")->isEnabled());

        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(bench.stateWord(), QStringLiteral("stale"));
        QTest::qWait(50);
        const std::uint64_t held = slow->steps;
        QTest::qWait(100);
        QCOMPARE(slow->steps.load(), held);
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_VERIFY(slow->steps > held);
        QTest::mouseClick(pause, Qt::LeftButton); // held again: Cancel must still get through
        QTest::mouseClick(bench.find<QPushButton>("tests.progress.cancel"), Qt::LeftButton);

        QTRY_COMPARE(bench.stateWord(), QStringLiteral("cancelled"));
        QTRY_VERIFY(bench.session->jobs().isDrained());
        QVERIFY(!pause->isVisible());
        QVERIFY(bench.find<QPushButton>("tests.runAll")->isEnabled());
        QCOMPARE(bench.find<QTreeView>("tests.runs")->model()->rowCount(), 0);
    }

    void paceLeavesPausesOut()
    {
        using namespace std::chrono_literals;
        views::ProgressPace pace;
        const views::ProgressPace::Time start{};
        pace.start(start);
        QVERIFY(!pace.perSecond(100, start + 100ms)); // too early to tell
        QCOMPARE(*pace.perSecond(100, start + 2s), 50.0);
        pace.setPaused(true, start + 2s);
        QCOMPARE(*pace.perSecond(100, start + 60s), 50.0);
        pace.setPaused(false, start + 60s);
        QCOMPARE(*pace.perSecond(200, start + 62s), 50.0); // 200 in four seconds of work

        QCOMPARE(*pace.remaining({200, 300, "pages"}, start + 62s), std::chrono::nanoseconds(2s));
        QVERIFY(!pace.remaining({200, std::nullopt, "pages"}, start + 62s));
        QVERIFY(!pace.remaining({200, 100, "pages"}, start + 62s));
    }
};
BLAZEDB_REGISTER_TEST(TestSelfTestsTab);
#include "tst_self_tests_tab.moc"
