// What is shown while reading takes long, when it is cancelled and when it fails.
#include <QPushButton>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"

using namespace blazedb;
using Gate = tests::GatedSource::Gate;

class TestReading final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longReadingShowsProgressAndCanBeCancelled()
    {
        tests::DataBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.gate->set(Gate::Hold);
        bench.filter("priority = 1");
        QVERIFY(!bench.find<QWidget>("data.busy")->isVisible()); // nothing under 300 ms
        QTRY_VERIFY(bench.find<QWidget>("data.busy")->isVisible());
        QTRY_COMPARE(bench.find<QLabel>("data.busy.text")->text(), QStringLiteral("12,000 of about 1,000,000 records read"));

        QTest::mouseClick(bench.find<QPushButton>("data.busy.cancel"), Qt::LeftButton);

        QTRY_VERIFY(bench.find<QWidget>("data.banner")->isVisible());
        const QString text = bench.find<QLabel>("data.banner.text")->text();
        QVERIFY2(text.startsWith(QLatin1String("Cancelled after ")), qPrintable(text));
        QVERIFY(text.contains(QLatin1String("12,000 of about 1,000,000 records read")));
        QVERIFY(!bench.find<QWidget>("data.busy")->isVisible());
        QCOMPARE(bench.total(), 9); // the records of before are still there
        QTRY_COMPARE(bench.grid()->model()->index(3, bench.column("title")).data().toString(), QStringLiteral("Title 3"));

        bench.gate->set(Gate::Open);
        QTest::mouseClick(bench.find<QPushButton>("data.banner.retry"), Qt::LeftButton);
        QTRY_COMPARE(bench.total(), 2);
        QVERIFY(!bench.find<QWidget>("data.banner")->isVisible());
    }

    void aCancelledFirstReadIsAStateOfItsOwn()
    {
        tests::DataBench bench;
        bench.gate->set(Gate::Hold);
        bench.open();
        QTRY_VERIFY(bench.find<QWidget>("data.busy")->isVisible());
        QTest::mouseClick(bench.find<QPushButton>("data.busy.cancel"), Qt::LeftButton);
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("cancelled"));
        QVERIFY(bench.find<QLabel>("data.state.sentence")->text().startsWith(QLatin1String("Cancelled after ")));

        bench.gate->set(Gate::Open);
        QTest::mouseClick(bench.find<QPushButton>("data.state.button"), Qt::LeftButton);
        QTRY_COMPARE(bench.total(), 9);
        QCOMPARE(bench.stateWord(), QStringLiteral("ready"));
    }

    void aFailedQueryKeepsTheRecordsOfBefore()
    {
        tests::DataBench bench;
        bench.filter("priority = 1");
        QTRY_COMPARE(bench.total(), 2);
        bench.gate->set(Gate::Fail);
        bench.filter("priority = 2");

        QTRY_VERIFY(bench.find<QWidget>("data.banner")->isVisible());
        QVERIFY(bench.find<QLabel>("data.banner.text")->text().contains(QLatin1String("still shown")));
        QVERIFY(bench.find<QLabel>("data.banner.details")->text().contains(QLatin1String("the disk does not answer")));
        QCOMPARE(bench.stateWord(), QStringLiteral("ready"));
        QCOMPARE(bench.total(), 2);
        QCOMPARE(bench.line(), QStringLiteral("priority = 2")); // what was asked stays, to try again

        bench.gate->set(Gate::Open);
        QTest::mouseClick(bench.find<QPushButton>("data.banner.retry"), Qt::LeftButton);
        QTRY_VERIFY(!bench.find<QWidget>("data.banner")->isVisible());
        QTRY_COMPARE(bench.grid()->model()->index(0, bench.column("title")).data().toString(), QStringLiteral("Title 2"));
    }

    void aFailedFirstReadSaysWhyAndTriesAgain()
    {
        tests::DataBench bench;
        bench.gate->set(Gate::Fail);
        bench.open();
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("failed"));
        bench.gate->set(Gate::Open);
        QTest::mouseClick(bench.find<QPushButton>("data.state.button"), Qt::LeftButton);
        QTRY_COMPARE(bench.total(), 9);
    }

    void rowsThatCannotBeReadAreAskedForOnceNotForEver()
    {
        tests::DataBench bench(tests::bugs(3000));
        QTRY_COMPARE(bench.total(), 2999);
        QTRY_VERIFY(bench.column("title") >= 0);
        bench.gate->set(Gate::Fail);
        const int before = bench.gate->queries();

        // The middle: the model tester looks at rows near the ends when their number changes.
        auto* goTo = bench.find<QLineEdit>("data.goTo");
        goTo->setFocus();
        QTest::keyClicks(goTo, QStringLiteral("1,500\r"));

        QTRY_VERIFY(bench.find<QWidget>("data.banner")->isVisible());
        bench.grid()->viewport()->repaint();
        QCoreApplication::processEvents();
        bench.grid()->viewport()->repaint();
        QTRY_VERIFY(bench.session->jobs().isDrained());
        QVERIFY2(bench.gate->queries() - before <= 2, qPrintable(QString::number(bench.gate->queries() - before)));
        QCOMPARE(bench.stateWord(), QStringLiteral("ready"));

        bench.gate->set(Gate::Open);
        QTest::mouseClick(bench.find<QPushButton>("data.banner.retry"), Qt::LeftButton);
        QTRY_COMPARE(bench.grid()->model()->index(1499, bench.column("title")).data().toString(), QStringLiteral("Title 1500"));
    }

    void aNewFilterFreesTheWorkersOfTheOneBefore()
    {
        tests::DataBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.gate->set(Gate::Hold);
        bench.filter("priority = 1");
        bench.gate->set(Gate::Open);
        bench.filter("priority = 2");
        QTRY_COMPARE(bench.total(), 2);
        QTRY_VERIFY(bench.session->jobs().isDrained()); // the held one was asked to stop
    }

    void aFilterThatReadsEverythingIsAnnouncedWhenThatIsMuch()
    {
        tests::DataBench small;
        small.filter("priority = 1");
        QTRY_COMPARE(small.total(), 2);
        QTRY_VERIFY(small.session->jobs().isDrained());
        QVERIFY(!small.find<QLabel>("data.notice")->isVisible());

        tests::DataBench large(tests::bugs(10'000));
        large.filter("priority = 1");
        QTRY_COMPARE(large.total(), 2000);
        QTRY_VERIFY(large.find<QLabel>("data.notice")->isVisible());
        QCOMPARE(large.find<QLabel>("data.notice")->text(), QStringLiteral("Reads 10,000 records: no index serves this filter."));
    }
};

BLAZEDB_REGISTER_TEST(TestReading);
#include "tst_reading.moc"
