// Dates and numbers as text: RFC 3339 against arithmetic on the calendar, shortest decimals.
#include <cmath>
#include <limits>

#include <QByteArray>

#include "engine/codec/number_text.h"
#include "engine/codec/typed_json.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestDateText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsInstants_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("reference date") << 0.0 << QByteArray("2001-01-01T00:00:00Z");
        QTest::newRow("one second before") << -1.0 << QByteArray("2000-12-31T23:59:59Z");
        QTest::newRow("Unix epoch") << -978'307'200.0 << QByteArray("1970-01-01T00:00:00Z");
        QTest::newRow("leap day") << -26'524'800.0 << QByteArray("2000-02-29T00:00:00Z"); // 307 days before 2001
        QTest::newRow("milliseconds") << 0.5 << QByteArray("2001-01-01T00:00:00.500Z");
        QTest::newRow("before the reference, half") << -0.5 << QByteArray("2000-12-31T23:59:59.500Z");
        QTest::newRow("year 0") << -63'145'526'400.0 << QByteArray("0000-01-01T00:00:00Z"); // 730,851 days
        QTest::newRow("last second") << 252'423'993'599.0 << QByteArray("9999-12-31T23:59:59Z");
    }
    void writesAndReadsInstants()
    {
        QFETCH(const double, seconds);
        QFETCH(const QByteArray, text);

        QCOMPARE(codec::dateToText(seconds), std::optional(text.toStdString()));
        QCOMPARE(codec::dateFromText(text.toStdString()), std::optional(seconds));
    }

    void writesNoTextThatWouldBeAnotherInstant()
    {
        for (const double seconds : {-0.0, 252'423'993'600.0, -63'145'526'401.0, 1e300, 5e-324, std::nan(""), std::numeric_limits<double>::infinity(), 0.1 + 1e-12})
            QVERIFY2(!codec::dateToText(seconds), qPrintable(QString::number(seconds, 'g', 17)));
    }

    void whatItWritesReadsBackToTheBit()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        int written = 0;
        for (int i = 0; i < 5'000; ++i) {
            const double whole = static_cast<double>(random.below(2'000'000'000)) - 1e9;
            const double seconds = whole + static_cast<double>(random.below(1'000'000'000)) / (i % 2 == 0 ? 1e6 : 1e9) / 1e3;
            const auto text = codec::dateToText(seconds);
            if (!text) continue;
            ++written;
            QVERIFY2(codec::dateFromText(*text) == seconds, qPrintable(QStringLiteral("seed %1, %2").arg(seed).arg(seconds, 0, 'g', 17)));
        }
        QVERIFY(written > 100);
    }

    void readsRfc3339_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("seconds"); // NaN: refused
        const double refused = std::nan("");
        QTest::newRow("offset east") << QByteArray("2001-01-01T02:00:00+02:00") << 0.0;
        QTest::newRow("offset west") << QByteArray("2000-12-31T18:30:00-05:30") << 0.0;
        QTest::newRow("lower case") << QByteArray("2001-01-01t00:00:01z") << 1.0;
        QTest::newRow("a space") << QByteArray("2001-01-01 00:00:01Z") << 1.0;
        QTest::newRow("one decimal") << QByteArray("2001-01-01T00:00:00.5Z") << 0.5;
        QTest::newRow("twelve decimals") << QByteArray("2001-01-01T00:00:00.125000000000Z") << 0.125;
        QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z") << 504'921'600.0;
        QTest::newRow("no zone") << QByteArray("2001-01-01T00:00:00") << refused;
        QTest::newRow("date only") << QByteArray("2001-01-01") << refused;
        QTest::newRow("no such day") << QByteArray("2001-02-29T00:00:00Z") << refused;
        QTest::newRow("no such month") << QByteArray("2001-13-01T00:00:00Z") << refused;
        QTest::newRow("day 0") << QByteArray("2001-01-00T00:00:00Z") << refused;
        QTest::newRow("hour 24") << QByteArray("2001-01-01T24:00:00Z") << refused;
        QTest::newRow("minute 60") << QByteArray("2001-01-01T00:60:00Z") << refused;
        QTest::newRow("a point without digits") << QByteArray("2001-01-01T00:00:00.Z") << refused;
        QTest::newRow("something behind it") << QByteArray("2001-01-01T00:00:00Z!") << refused;
        QTest::newRow("two-digit year") << QByteArray("01-01-01T00:00:00Z") << refused;
        QTest::newRow("negative year") << QByteArray("-001-01-01T00:00:00Z") << refused;
        QTest::newRow("signs in place of digits") << QByteArray("2001-+1-01T00:00:00Z") << refused;
        QTest::newRow("offset without colon") << QByteArray("2001-01-01T00:00:00+0200") << refused;
        QTest::newRow("offset too large") << QByteArray("2001-01-01T00:00:00+24:00") << refused;
        QTest::newRow("empty") << QByteArray() << refused;
    }
    void readsRfc3339()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const double, seconds);

        const auto read = codec::dateFromText(text.toStdString());

        QCOMPARE(read.has_value(), !std::isnan(seconds));
        if (read) QCOMPARE(*read, seconds);
    }

    void writesTheShortestNumber_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("5.0") << 5.0 << QByteArray("5.0");
        QTest::newRow("0.1") << 0.1 << QByteArray("0.1");
        QTest::newRow("1e300") << 1e300 << QByteArray("1e+300");
        QTest::newRow("-0.0") << -0.0 << QByteArray("-0.0");
        QTest::newRow("NaN") << std::nan("") << QByteArray("NaN");
        QTest::newRow("infinity") << std::numeric_limits<double>::infinity() << QByteArray("Infinity");
        QTest::newRow("-infinity") << -std::numeric_limits<double>::infinity() << QByteArray("-Infinity");
        QTest::newRow("smallest") << 5e-324 << QByteArray("5e-324");
    }
    void writesTheShortestNumber()
    {
        QFETCH(const double, number);
        QFETCH(const QByteArray, text);

        QCOMPARE(codec::doubleToText(number), text.toStdString());
    }

    void groupsDigitsByThree_data()
    {
        QTest::addColumn<quint64>("number");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("0") << quint64{0} << QByteArray("0");
        QTest::newRow("three digits") << quint64{999} << QByteArray("999");
        QTest::newRow("four digits") << quint64{1'000} << QByteArray("1,000");
        QTest::newRow("six digits") << quint64{600'000} << QByteArray("600,000");
        QTest::newRow("largest") << std::numeric_limits<quint64>::max() << QByteArray("18,446,744,073,709,551,615");
    }
    void groupsDigitsByThree()
    {
        QFETCH(const quint64, number);
        QFETCH(const QByteArray, text);

        QCOMPARE(codec::grouped(number), text.toStdString());
    }
};
BLAZEDB_REGISTER_TEST(TestDateText);
#include "tst_date_text.moc"
