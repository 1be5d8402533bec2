#include "views/shell/support_report.h"

#include <map>
#include <utility>

#include "engine/base/log_file.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

void addHeading(QString& text, const QString& heading)
{
    text += QLatin1Char('\n') + heading + QLatin1Char('\n') + QString(heading.size(), QLatin1Char('-')) + QLatin1Char('\n');
}

void addPairs(QString& text, const QList<QPair<QString, QString>>& pairs)
{
    for (const auto& [name, value] : pairs) text += name + QStringLiteral(": ") + value + QLatin1Char('\n');
    if (pairs.isEmpty()) text += QStringLiteral("none\n");
}

/// Kinds and counts only: the messages name records and places.
void addFindings(QString& text, const std::vector<model::Finding>& findings)
{
    std::map<std::string, int> counts;
    for (const model::Finding& finding : findings) ++counts[model::findingKindName(finding.kind)];
    for (const auto& [kind, count] : counts) text += QStringLiteral("  %1: %2\n").arg(toQString(kind)).arg(count);
}

void addSource(QString& text, const SupportFacts::Source& source, qsizetype number)
{
    text += QStringLiteral("%1. %2, %3%4\n").arg(number).arg(source.format, source.encryption, source.isRescue ? QStringLiteral(", rescue view") : QString());
    for (const auto& [role, bytes] : source.parts) text += QStringLiteral("  %1: %2 bytes\n").arg(role).arg(bytes);
    addFindings(text, source.findings);
}

} // namespace

SupportFacts::Source supportFactsOf(const api::SourceDescription& description, const std::vector<model::Finding>& findings)
{
    SupportFacts::Source source{.format = toQString(description.format),
                                .encryption = toQString(description.encryption),
                                .isRescue = description.isRescue,
                                .parts = {},
                                .findings = findings};
    for (const api::SourcePart& part : description.parts) source.parts.emplaceBack(toQString(part.role), part.sizeBytes);
    return source;
}

QString supportReport(const SupportFacts& facts, const QString& homeFolder)
{
    QString text = QStringLiteral("BlazeDB Visualizer %1, support report\n").arg(facts.version);
    addHeading(text, QStringLiteral("System"));
    addPairs(text, facts.system);
    addHeading(text, QStringLiteral("Settings"));
    addPairs(text, facts.settings);
    addHeading(text, QStringLiteral("Open databases"));
    for (qsizetype i = 0; i < facts.sources.size(); ++i) addSource(text, facts.sources[i], i + 1);
    if (facts.sources.isEmpty()) text += QStringLiteral("none\n");
    addHeading(text, QStringLiteral("Log"));
    for (const LogLine& line : facts.log) text += toQString(LogFile::textOf(line)) + QLatin1Char('\n');
    if (!homeFolder.isEmpty() && homeFolder != QLatin1String("/")) text.replace(homeFolder, QStringLiteral("~"));
    return text;
}

} // namespace blazedb::views
