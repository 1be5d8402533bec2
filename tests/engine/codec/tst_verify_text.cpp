// Reports of a check as text: complete, and safe whatever stands in messages, names and paths.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>

#include "engine/codec/verify_text.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

constexpr const char* kNasty = "<script>alert('&\"')</script>,\n=1+1 \x01\xff";

codec::VerifySubject subject()
{
    return {"orders <b>", kNasty, std::chrono::system_clock::time_point(std::chrono::seconds(1'767'323'045)), model::VerifyDepth::Full};
}

model::VerifyReport report()
{
    model::VerifyReport made;
    model::CheckedRule rule;
    rule.name = "record-content";
    rule.suite = "Integrity";
    rule.title = "Every record is whole";
    rule.unit = "records";
    rule.lookedAt = 1234;
    rule.problems = 1;
    rule.duration = std::chrono::milliseconds(5);
    made.rules.push_back(rule);
    rule.name = "index-entries";
    rule.problems = 0;
    rule.skippedBecause = kNasty;
    made.rules.push_back(rule);
    model::Uuid id;
    id.bytes[15] = 1;
    made.findings.push_back({model::FindingSeverity::Damage, model::FindingKind::RecordDamaged, id, 12, kNasty, "=HYPERLINK(\"x\")", "record-content"});
    made.recordsRead = 1234;
    made.recordsSound = 1233;
    made.pages = model::PageTally{.main = 1200, .overflow = 30, .free = 3, .zero = 1, .orphan = 0, .foreign = 0, .listedOnly = 0};
    return made;
}

/// Cells of one RFC 4180 text, by line.
QList<QStringList> parseCsv(const QString& text)
{
    QList<QStringList> lines;
    QStringList cells;
    QString cell;
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted && c == QLatin1Char('"') && i + 1 < text.size() && text[i + 1] == QLatin1Char('"')) {
            cell += c;
            ++i;
        } else if (c == QLatin1Char('"')) {
            isQuoted = !isQuoted;
        } else if (!isQuoted && c == QLatin1Char(',')) {
            cells << std::exchange(cell, {});
        } else if (!isQuoted && c == QLatin1Char('\r') && i + 1 < text.size() && text[i + 1] == QLatin1Char('\n')) {
            cells << std::exchange(cell, {});
            lines << std::exchange(cells, {});
            ++i;
        } else {
            cell += c;
        }
    }
    return lines;
}

} // namespace

class TestVerifyText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonHoldsEverything()
    {
        QJsonParseError error;
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(codec::verifyReportJson(subject(), report())), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(json[QLatin1String("database")].toString(), QStringLiteral("orders <b>"));
        QCOMPARE(json[QLatin1String("checkedAt")].toString(), QStringLiteral("2026-01-02T03:04:05Z"));
        QCOMPARE(json[QLatin1String("isSound")].toBool(true), false);
        QCOMPARE(json[QLatin1String("pages")][QLatin1String("main")].toInt(), 1200);
        const QJsonArray rules = json[QLatin1String("rules")].toArray();
        QCOMPARE(rules.size(), 2);
        QCOMPARE(rules[0][QLatin1String("outcome")].toString(), QStringLiteral("failed"));
        QCOMPARE(rules[0][QLatin1String("durationMs")].toDouble(), 5.0);
        QCOMPARE(rules[1][QLatin1String("outcome")].toString(), QStringLiteral("skipped"));
        const QJsonValue finding = json[QLatin1String("findings")].toArray()[0];
        QCOMPARE(finding[QLatin1String("message")].toString(), QString::fromUtf8(kNasty, -1));
        QCOMPARE(finding[QLatin1String("page")].toInt(), 12);
        QCOMPARE(finding[QLatin1String("record")].toString(), QStringLiteral("00000000-0000-0000-0000-000000000001"));
        QCOMPARE(finding[QLatin1String("rule")].toString(), QStringLiteral("record-content"));
    }

    void csvKeepsCellsApartAndRunsNoFormula()
    {
        const QList<QStringList> lines = parseCsv(QString::fromUtf8(codec::verifyReportCsv(subject(), report()).c_str(), -1));
        QCOMPARE(lines.size(), 5); // header, report, two rules, a finding
        for (const QStringList& line : lines) QCOMPARE(line.size(), lines.front().size());
        const QStringList& finding = lines.back();
        QCOMPARE(finding[0], QStringLiteral("finding"));
        QCOMPARE(finding[lines.front().indexOf(QStringLiteral("page"))], QStringLiteral("12"));
        QCOMPARE(finding[lines.front().indexOf(QStringLiteral("message"))], QString::fromUtf8(kNasty, -1));
        QCOMPARE(finding[lines.front().indexOf(QStringLiteral("advice"))], QStringLiteral("'=HYPERLINK(\"x\")"));
        QCOMPARE(lines[2][lines.front().indexOf(QStringLiteral("lookedAt"))], QStringLiteral("1234"));
    }

    void htmlHoldsNoTagOfAMessage()
    {
        const QString html = QString::fromUtf8(codec::verifyReportHtml(subject(), report()).c_str(), -1);
        QVERIFY(!html.contains(QLatin1String("<script")));
        QVERIFY(!html.contains(QLatin1String("<b>")));
        QVERIFY(html.contains(QLatin1String("&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;")));
        QVERIFY(html.contains(QLatin1String("1,233 of 1,234 records are sound")));
        QVERIFY(!html.contains(QLatin1String("http"), Qt::CaseSensitive) || html.count(QLatin1String("http")) == html.count(QLatin1String("http-equiv")));
        QVERIFY(!html.contains(QChar(1)));
    }

    void aCleanReportSaysSo()
    {
        const model::VerifyReport clean;
        QVERIFY(codec::verifyReportHtml(subject(), clean).find(">Sound<") != std::string::npos);
        QVERIFY(codec::verifyReportHtml(subject(), clean).find("None.") != std::string::npos);
        QVERIFY(QJsonDocument::fromJson(QByteArray::fromStdString(codec::verifyReportJson(subject(), clean))).object()[QLatin1String("isSound")].toBool());
    }
};

BLAZEDB_REGISTER_TEST(TestVerifyText);
#include "tst_verify_text.moc"
