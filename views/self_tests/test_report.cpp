#include "views/self_tests/test_report.h"

#include <algorithm>
#include <iterator>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamWriter>

#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

qint64 jsonCount(std::uint64_t value)
{
    return static_cast<qint64>(std::min<std::uint64_t>(value, INT64_MAX));
}

double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

QJsonObject ruleAsJson(const model::CheckedRule& rule)
{
    QJsonObject json{{QStringLiteral("name"), toQString(rule.name)},
                     {QStringLiteral("suite"), toQString(rule.suite)},
                     {QStringLiteral("title"), toQString(rule.title)},
                     {QStringLiteral("checks"), toQString(rule.checks)},
                     {QStringLiteral("outcome"), QString::fromLatin1(model::ruleOutcomeName(rule.outcome()))},
                     {QStringLiteral("lookedAt"), jsonCount(rule.lookedAt)},
                     {QStringLiteral("unit"), toQString(rule.unit)},
                     {QStringLiteral("problems"), jsonCount(rule.problems)},
                     {QStringLiteral("remarks"), jsonCount(rule.remarks)}};
    if (!rule.skippedBecause.empty()) json[QStringLiteral("skippedBecause")] = toQString(rule.skippedBecause);
    return json;
}

QJsonObject findingAsJson(const model::Finding& finding)
{
    QJsonObject json{{QStringLiteral("severity"), QString::fromLatin1(model::findingSeverityName(finding.severity))},
                     {QStringLiteral("kind"), QString::fromLatin1(model::findingKindName(finding.kind))},
                     {QStringLiteral("rule"), toQString(finding.rule)},
                     {QStringLiteral("reason"), toQString(finding.message)},
                     {QStringLiteral("advice"), toQString(finding.advice)}};
    if (finding.record) json[QStringLiteral("record")] = toQString(finding.record->toString());
    if (finding.page) json[QStringLiteral("page")] = jsonCount(*finding.page);
    return json;
}

QByteArray asJson(const api::SourceDescription& about, const TestRun& run)
{
    QJsonArray rules;
    for (const model::CheckedRule& rule : run.report.rules) rules.append(ruleAsJson(rule));
    QJsonArray findings;
    for (const model::Finding& finding : run.report.findings) findings.append(findingAsJson(finding));
    const QJsonObject whole{{QStringLiteral("database"), toQString(about.name)},
                            {QStringLiteral("place"), toQString(about.place)},
                            {QStringLiteral("at"), run.at.toUTC().toString(Qt::ISODate)},
                            {QStringLiteral("depth"), run.isFull() ? QStringLiteral("full") : QStringLiteral("quick")},
                            {QStringLiteral("isSound"), run.problems() == 0},
                            {QStringLiteral("problems"), jsonCount(run.problems())},
                            {QStringLiteral("remarks"), jsonCount(run.remarks())},
                            {QStringLiteral("recordsRead"), jsonCount(run.report.recordsRead)},
                            {QStringLiteral("recordsSound"), jsonCount(run.report.recordsSound)},
                            {QStringLiteral("pagesRead"), jsonCount(run.report.pagesRead)},
                            {QStringLiteral("bytesRead"), jsonCount(run.report.bytesRead)},
                            {QStringLiteral("durationMs"), milliseconds(run.report.duration)},
                            {QStringLiteral("findingsLeftOut"), jsonCount(run.report.findingsLeftOut)},
                            {QStringLiteral("rules"), rules},
                            {QStringLiteral("findings"), findings}};
    return QJsonDocument(whole).toJson();
}

QString csvCell(QString text)
{
    static const QString kFormulaBegins = QStringLiteral("=+-@\t\r");
    if (!text.isEmpty() && kFormulaBegins.contains(text.front())) text.prepend(QLatin1Char('\''));
    const bool needsQuotes = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n'))
                             || text.contains(QLatin1Char('\r'));
    if (!needsQuotes) return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QStringList cellsOf(const model::Finding& finding)
{
    return {QString::fromLatin1(model::findingSeverityName(finding.severity)),
            QString::fromLatin1(model::findingKindName(finding.kind)),
            toQString(finding.rule),
            finding.record ? toQString(finding.record->toString()) : QString(),
            finding.page ? QString::number(*finding.page) : QString(),
            toQString(finding.message),
            toQString(finding.advice)};
}

const QStringList& columnNames()
{
    static const QStringList names{QStringLiteral("severity"), QStringLiteral("kind"),   QStringLiteral("rule"),  QStringLiteral("record"),
                                   QStringLiteral("page"),     QStringLiteral("reason"), QStringLiteral("advice")};
    return names;
}

QByteArray asCsv(const TestRun& run)
{
    QString out = columnNames().join(QLatin1Char(',')) + QStringLiteral("\r\n");
    for (const model::Finding& finding : run.report.findings) {
        QStringList cells = cellsOf(finding);
        for (QString& cell : cells) cell = csvCell(std::move(cell));
        out += cells.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return out.toUtf8();
}

QString htmlRow(const QStringList& cells, const char* tag)
{
    QString row = QStringLiteral("<tr>");
    for (const QString& cell : cells) row += QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag), cell.toHtmlEscaped());
    return row + QStringLiteral("</tr>\n");
}

QByteArray asHtml(const api::SourceDescription& about, const TestRun& run)
{
    const QString name = toQString(about.name).toHtmlEscaped();
    QString out = QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Check of %1</title>\n"
                                 "<style>body{font-family:sans-serif}table{border-collapse:collapse}td,th{border:1px solid #999;"
                                 "padding:4px 8px;text-align:left;vertical-align:top}</style>\n</head>\n<body>\n<h1>Check of %1</h1>\n")
                      .arg(name);
    const auto paragraph = [&out](const QString& text) { out += QStringLiteral("<p>%1</p>\n").arg(text.toHtmlEscaped()); };
    paragraph(toQString(about.place));
    paragraph(QStringLiteral("%1 check, %2: %3. Problems: %4, remarks: %5.")
                  .arg(run.isFull() ? QStringLiteral("Full") : QStringLiteral("Quick"), run.at.toUTC().toString(Qt::ISODate),
                       run.problems() == 0 ? QStringLiteral("sound") : QStringLiteral("not sound"))
                  .arg(run.problems())
                  .arg(run.remarks()));
    paragraph(QStringLiteral("Looked at %1 records (%2 sound), %3 pages, %4 bytes, in %5 ms.")
                  .arg(run.report.recordsRead)
                  .arg(run.report.recordsSound)
                  .arg(run.report.pagesRead)
                  .arg(run.report.bytesRead)
                  .arg(milliseconds(run.report.duration), 0, 'f', 1));
    out += QStringLiteral("<h2>Tests</h2>\n<table>\n")
           + htmlRow({QStringLiteral("test"), QStringLiteral("checks"), QStringLiteral("outcome"), QStringLiteral("looked at")}, "th");
    for (const model::CheckedRule& rule : run.report.rules)
        out += htmlRow({toQString(rule.title), toQString(rule.checks), QString::fromLatin1(model::ruleOutcomeName(rule.outcome())),
                        QStringLiteral("%1 %2").arg(rule.lookedAt).arg(toQString(rule.unit))},
                       "td");
    out += QStringLiteral("</table>\n<h2>Findings</h2>\n");
    if (run.report.findings.empty()) {
        paragraph(QStringLiteral("Nothing was found."));
    } else {
        out += QStringLiteral("<table>\n") + htmlRow(columnNames(), "th");
        for (const model::Finding& finding : run.report.findings) out += htmlRow(cellsOf(finding), "td");
        out += QStringLiteral("</table>\n");
    }
    if (run.report.findingsLeftOut > 0) paragraph(QStringLiteral("%1 more findings are counted, but not listed.").arg(run.report.findingsLeftOut));
    return (out + QStringLiteral("</body>\n</html>\n")).toUtf8();
}

/// XML 1.0 cannot hold most control characters, not even escaped; a reader would refuse the file.
QString xmlText(const std::string& text)
{
    QString kept = toQString(text);
    for (QChar& c : kept) {
        const char16_t unit = c.unicode();
        const bool isAllowed = unit >= 0x20 ? unit < 0xFFFE : unit == u'\t' || unit == u'\n' || unit == u'\r';
        if (!isAllowed) c = QChar::ReplacementCharacter;
    }
    return kept;
}

QString xmlSeconds(std::chrono::nanoseconds duration)
{
    return QString::number(std::chrono::duration<double>(duration).count(), 'f', 6);
}

bool isProblem(const model::Finding& finding)
{
    return finding.severity != model::FindingSeverity::Remark;
}

/// The findings of a rule that are problems, or those that are not: one line each.
QString findingLines(const TestRun& run, const std::string& rule, bool ofProblems)
{
    QString lines;
    for (const model::Finding& finding : run.report.findings) {
        if (finding.rule != rule || isProblem(finding) != ofProblems) continue;
        lines += QString::fromLatin1(model::findingKindName(finding.kind)) + QStringLiteral(": ") + xmlText(finding.message);
        if (!finding.advice.empty()) lines += QStringLiteral(" – ") + xmlText(finding.advice);
        lines += QLatin1Char('\n');
    }
    return lines;
}

void writeJunitCase(QXmlStreamWriter& xml, const TestRun& run, const model::CheckedRule& rule)
{
    xml.writeStartElement(QStringLiteral("testcase"));
    xml.writeAttribute(QStringLiteral("classname"), xmlText(rule.name));
    xml.writeAttribute(QStringLiteral("name"), xmlText(rule.title));
    xml.writeAttribute(QStringLiteral("time"), xmlSeconds(rule.duration.value_or(std::chrono::nanoseconds{0})));
    if (rule.outcome() == model::RuleOutcome::Skipped) {
        xml.writeEmptyElement(QStringLiteral("skipped"));
        xml.writeAttribute(QStringLiteral("message"), xmlText(rule.skippedBecause));
    }
    if (rule.outcome() == model::RuleOutcome::Failed) {
        xml.writeStartElement(QStringLiteral("failure"));
        xml.writeAttribute(QStringLiteral("message"), QStringLiteral("%1 of %2 %3: %4").arg(rule.problems).arg(rule.lookedAt).arg(xmlText(rule.unit), xmlText(rule.checks)));
        xml.writeAttribute(QStringLiteral("type"), xmlText(rule.name));
        xml.writeCharacters(findingLines(run, rule.name, true));
        xml.writeEndElement();
    }
    const QString remarks = findingLines(run, rule.name, false);
    if (!remarks.isEmpty()) xml.writeTextElement(QStringLiteral("system-out"), remarks);
    xml.writeEndElement();
}

/// Attributes that a suite and the whole have in common.
void writeJunitCounts(QXmlStreamWriter& xml, const std::vector<const model::CheckedRule*>& rules)
{
    const auto count = [&](model::RuleOutcome outcome) {
        return QString::number(std::count_if(rules.begin(), rules.end(), [&](const model::CheckedRule* rule) { return rule->outcome() == outcome; }));
    };
    std::chrono::nanoseconds duration{0};
    for (const model::CheckedRule* rule : rules) duration += rule->duration.value_or(std::chrono::nanoseconds{0});
    xml.writeAttribute(QStringLiteral("tests"), QString::number(rules.size()));
    xml.writeAttribute(QStringLiteral("failures"), count(model::RuleOutcome::Failed));
    xml.writeAttribute(QStringLiteral("errors"), QStringLiteral("0"));
    xml.writeAttribute(QStringLiteral("skipped"), count(model::RuleOutcome::Skipped));
    xml.writeAttribute(QStringLiteral("time"), xmlSeconds(duration));
}

QByteArray asJunit(const api::SourceDescription& about, const TestRun& run)
{
    std::vector<const model::CheckedRule*> all;
    QStringList suites; // in the order of the report
    for (const model::CheckedRule& rule : run.report.rules) {
        all.push_back(&rule);
        if (const QString suite = xmlText(rule.suite); !suites.contains(suite)) suites << suite;
    }
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("testsuites"));
    xml.writeAttribute(QStringLiteral("name"), xmlText(about.name));
    writeJunitCounts(xml, all);
    for (const QString& suite : suites) {
        std::vector<const model::CheckedRule*> rules;
        std::copy_if(all.begin(), all.end(), std::back_inserter(rules), [&](const model::CheckedRule* rule) { return xmlText(rule->suite) == suite; });
        xml.writeStartElement(QStringLiteral("testsuite"));
        xml.writeAttribute(QStringLiteral("name"), suite);
        writeJunitCounts(xml, rules);
        xml.writeAttribute(QStringLiteral("timestamp"), run.at.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")));
        for (const model::CheckedRule* rule : rules) writeJunitCase(xml, run, *rule);
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    return out;
}

} // namespace

QByteArray toReport(ReportForm form, const api::SourceDescription& about, const TestRun& run)
{
    switch (form) {
    case ReportForm::Json: return asJson(about, run);
    case ReportForm::Csv: return asCsv(run);
    case ReportForm::Html: return asHtml(about, run);
    case ReportForm::Junit: return asJunit(about, run);
    }
    return {};
}

ReportForm reportFormOf(const QString& path)
{
    if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) return ReportForm::Csv;
    if (path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive) || path.endsWith(QLatin1String(".htm"), Qt::CaseInsensitive))
        return ReportForm::Html;
    if (path.endsWith(QLatin1String(".xml"), Qt::CaseInsensitive)) return ReportForm::Junit;
    return ReportForm::Json;
}

} // namespace blazedb::views
