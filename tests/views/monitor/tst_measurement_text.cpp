// Figures as text to take away: JSON that reads back to the same, Prometheus text whose every line follows the rules.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include "tests/support/fixture_source.h"
#include "tests/support/test_registry.h"
#include "views/monitor/measurement_text.h"
#include "views/widgets/metric_text.h"
#include "views/widgets/text.h"

using namespace blazedb;

class TestMeasurementText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonHoldsEveryFigureExactly()
    {
        const tests::FixtureSource fixture("format28", "workspace");
        const api::Measurement measurement = *fixture.source->monitor()->measure({});

        const QJsonObject json = QJsonDocument::fromJson(views::toMonitorJson(fixture.source->describe(), measurement)).object();

        QCOMPARE(json[QStringLiteral("database")].toString(), QStringLiteral("workspace"));
        QVERIFY(QDateTime::fromString(json[QStringLiteral("measuredAt")].toString(), Qt::ISODateWithMs).isValid());
        const QJsonObject figures = json[QStringLiteral("figures")].toObject();
        QCOMPARE(figures.size(), static_cast<qsizetype>(measurement.figures.size()));
        for (const model::MetricSample& figure : measurement.figures) {
            const QJsonObject entry = figures[views::toQString(figure.id)].toObject();
            QCOMPARE(entry.contains(QStringLiteral("value")), figure.isMeasured());
            QCOMPARE(entry.contains(QStringLiteral("reason")), !figure.isMeasured());
            if (figure.isMeasured()) QCOMPARE(entry[QStringLiteral("value")].toVariant().toString(), views::figureVariant(figure).toString());
        }
    }

    void everyLineOfThePrometheusTextFollowsTheRules()
    {
        const tests::FixtureSource fixture("format28", "workspace");
        const api::Measurement measurement = *fixture.source->monitor()->measure({});

        const QString text = views::toMonitorPrometheus(fixture.source->describe(), measurement);

        // Source: the grammar of the text format, version 0.0.4.
        static const QRegularExpression help(QStringLiteral("^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\\\n]|\\\\\\\\|\\\\n)*$"));
        static const QRegularExpression type(QStringLiteral("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)$"));
        static const QRegularExpression sample(
            QStringLiteral("^([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([a-zA-Z_]\\w*=\"(?:[^\"\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*\",?)+\\} (\\S+)$"));
        QVERIFY(text.endsWith(QLatin1Char('\n')));
        QSet<QString> helped;
        QSet<QString> typed;
        QSet<QString> sampled;
        QString current;
        for (const QString& line : text.chopped(1).split(QLatin1Char('\n'))) {
            if (const auto match = help.match(line); match.hasMatch()) {
                current = match.captured(1);
                QVERIFY2(!helped.contains(current), qPrintable(line));
                helped << current;
            } else if (const auto typeMatch = type.match(line); typeMatch.hasMatch()) {
                QCOMPARE(typeMatch.captured(1), current);
                typed << current;
                QCOMPARE(typeMatch.captured(2) == QLatin1String("counter"), current.endsWith(QLatin1String("_total")));
            } else if (const auto sampleMatch = sample.match(line); sampleMatch.hasMatch()) {
                QCOMPARE(sampleMatch.captured(1), current);
                bool isNumber = false;
                sampleMatch.captured(3).toDouble(&isNumber);
                QVERIFY2(isNumber, qPrintable(line));
                sampled << current;
            } else {
                QVERIFY2(line.startsWith(QLatin1String("# ")), qPrintable(line)); // a comment
            }
        }
        QCOMPARE(helped, sampled);
        QCOMPARE(typed, sampled);
        QVERIFY(sampled.contains(QStringLiteral("blazedb_storage_bytes")));
        QVERIFY(text.contains(QStringLiteral("# blazedb_activity_commits is not measured here")));
    }

    void showsFiguresByTheirUnit_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("shown");
        QTest::newRow("bytes") << "bytes" << 44'800'000.0 << "44.8 MB";
        QTest::newRow("share") << "ratio" << 0.1234 << "12 %";
        QTest::newRow("duration") << "seconds" << 200.0 << "3 min 20 s";
        QTest::newRow("mean") << "records" << 12.25 << "12.3";
    }
    void showsFiguresByTheirUnit()
    {
        QFETCH(const QString, unit);
        QFETCH(const double, value);
        QFETCH(const QString, shown);
        model::MetricSample sample;
        sample.unit = unit.toStdString();
        sample.value = value;

        QString text = views::formatFigure(sample);

        QCOMPARE(text.replace(QChar::Nbsp, QLatin1Char(' ')), shown);
    }

    void nothingMeasuredIsNeverZero()
    {
        model::MetricSample sample;
        sample.reason = "not in the files";

        QCOMPARE(views::formatFigure(sample), QStringLiteral("—"));
        QVERIFY(!views::figureVariant(sample).isValid());
        QVERIFY(views::explainFigure(sample).contains(QStringLiteral("not in the files")));
    }
};
BLAZEDB_REGISTER_TEST(TestMeasurementText);
#include "tst_measurement_text.moc"
