#include "views/self_tests/run_history.h"

#include <algorithm>
#include <utility>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "views/session/state_store.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kHistoryVersion = 1;

qint64 asNumber(std::uint64_t value)
{
    return static_cast<qint64>(std::min<std::uint64_t>(value, INT64_MAX));
}

std::uint64_t asCount(const QJsonValue& value)
{
    return static_cast<std::uint64_t>(std::max<qint64>(0, value.toInteger()));
}

QJsonObject ruleToJson(const model::CheckedRule& rule)
{
    return {{QStringLiteral("name"), toQString(rule.name)},       {QStringLiteral("unit"), toQString(rule.unit)},
            {QStringLiteral("lookedAt"), asNumber(rule.lookedAt)}, {QStringLiteral("problems"), asNumber(rule.problems)},
            {QStringLiteral("remarks"), asNumber(rule.remarks)},   {QStringLiteral("skipped"), toQString(rule.skippedBecause)}};
}

model::CheckedRule ruleFromJson(const QJsonObject& json)
{
    model::CheckedRule rule;
    rule.name = toUtf8(json[QStringLiteral("name")].toString());
    rule.unit = toUtf8(json[QStringLiteral("unit")].toString());
    rule.lookedAt = asCount(json[QStringLiteral("lookedAt")]);
    rule.problems = asCount(json[QStringLiteral("problems")]);
    rule.remarks = asCount(json[QStringLiteral("remarks")]);
    rule.skippedBecause = toUtf8(json[QStringLiteral("skipped")].toString());
    return rule;
}

QJsonObject findingToJson(const model::Finding& finding)
{
    QJsonObject json{{QStringLiteral("severity"), QString::fromLatin1(model::findingSeverityName(finding.severity))},
                     {QStringLiteral("kind"), QString::fromLatin1(model::findingKindName(finding.kind))},
                     {QStringLiteral("rule"), toQString(finding.rule)}};
    if (finding.record) json[QStringLiteral("record")] = toQString(finding.record->toString());
    if (finding.page) json[QStringLiteral("page")] = asNumber(*finding.page);
    return json;
}

/// The value of an enumeration by its stable word; the last one when no value has it.
template <typename Enum>
Enum byName(const QString& word, const char* (*name)(Enum), Enum last)
{
    for (int i = 0; i < static_cast<int>(last); ++i)
        if (word == QLatin1String(name(static_cast<Enum>(i)))) return static_cast<Enum>(i);
    return last;
}

model::Finding findingFromJson(const QJsonObject& json)
{
    model::Finding finding;
    finding.severity = byName(json[QStringLiteral("severity")].toString(), model::findingSeverityName, model::FindingSeverity::Lost);
    finding.kind = byName(json[QStringLiteral("kind")].toString(), model::findingKindName, model::FindingKind::Other);
    finding.rule = toUtf8(json[QStringLiteral("rule")].toString());
    if (const auto id = model::Uuid::parse(toUtf8(json[QStringLiteral("record")].toString()))) finding.record = *id;
    if (json.contains(QStringLiteral("page"))) finding.page = asCount(json[QStringLiteral("page")]);
    return finding;
}

QJsonObject runToJson(const TestRun& run)
{
    QJsonArray rules;
    for (const model::CheckedRule& rule : run.report.rules) rules.append(ruleToJson(rule));
    QJsonArray findings;
    const std::size_t kept = std::min(run.report.findings.size(), RunHistory::kFindingsKept);
    for (std::size_t i = 0; i < kept; ++i) findings.append(findingToJson(run.report.findings[i]));
    const std::uint64_t leftOut = run.report.findingsLeftOut + run.report.findings.size() - kept;
    return {{QStringLiteral("at"), run.at.toUTC().toString(Qt::ISODateWithMs)},
            {QStringLiteral("tests"), QJsonArray::fromStringList(run.rules)},
            {QStringLiteral("rules"), rules},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("findingsLeftOut"), asNumber(leftOut)},
            {QStringLiteral("recordsRead"), asNumber(run.report.recordsRead)},
            {QStringLiteral("recordsSound"), asNumber(run.report.recordsSound)},
            {QStringLiteral("pagesRead"), asNumber(run.report.pagesRead)},
            {QStringLiteral("bytesRead"), asNumber(run.report.bytesRead)},
            {QStringLiteral("durationNs"), static_cast<qint64>(run.report.duration.count())}};
}

TestRun runFromJson(const QJsonObject& json)
{
    TestRun run;
    run.isFromHistory = true;
    run.at = QDateTime::fromString(json[QStringLiteral("at")].toString(), Qt::ISODateWithMs).toLocalTime();
    for (const QJsonValue& rule : json[QStringLiteral("tests")].toArray()) run.rules << rule.toString();
    for (const QJsonValue& rule : json[QStringLiteral("rules")].toArray()) run.report.rules.push_back(ruleFromJson(rule.toObject()));
    for (const QJsonValue& finding : json[QStringLiteral("findings")].toArray()) run.report.findings.push_back(findingFromJson(finding.toObject()));
    run.report.findingsLeftOut = asCount(json[QStringLiteral("findingsLeftOut")]);
    run.report.recordsRead = asCount(json[QStringLiteral("recordsRead")]);
    run.report.recordsSound = asCount(json[QStringLiteral("recordsSound")]);
    run.report.pagesRead = asCount(json[QStringLiteral("pagesRead")]);
    run.report.bytesRead = asCount(json[QStringLiteral("bytesRead")]);
    run.report.duration = std::chrono::nanoseconds(json[QStringLiteral("durationNs")].toInteger());
    return run;
}

} // namespace

QByteArray historyToJson(const std::vector<TestRun>& runs)
{
    QJsonArray array;
    for (const TestRun& run : runs) array.append(runToJson(run));
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), kHistoryVersion}, {QStringLiteral("runs"), array}}).toJson(QJsonDocument::Compact);
}

std::vector<TestRun> historyFromJson(const QByteArray& json)
{
    const QJsonObject whole = QJsonDocument::fromJson(json).object();
    std::vector<TestRun> runs;
    if (whole[QStringLiteral("version")].toInt() != kHistoryVersion) return runs;
    for (const QJsonValue& value : whole[QStringLiteral("runs")].toArray()) {
        TestRun run = runFromJson(value.toObject());
        if (run.at.isValid() && runs.size() < RunHistory::kRunsMax) runs.push_back(std::move(run));
    }
    return runs;
}

RunHistory::RunHistory(StateStore& state, QString key, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
    , m_key(std::move(key))
    , m_theme(theme)
    , m_runs(historyFromJson(state.value(m_key).toByteArray()))
{
}

void RunHistory::add(TestRun run)
{
    beginInsertRows({}, 0, 0);
    m_runs.insert(m_runs.begin(), std::move(run));
    endInsertRows();
    if (m_runs.size() > kRunsMax) {
        const int last = rowCount() - 1;
        beginRemoveRows({}, last, last);
        m_runs.pop_back();
        endRemoveRows();
    }
    m_state.setValue(m_key, historyToJson(m_runs));
}

int RunHistory::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunHistory::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString runOutcomeText(const TestRun& run)
{
    if (run.problems() > 0) return RunHistory::tr("problems: %1").arg(formatCount(run.problems()));
    if (run.remarks() > 0) return RunHistory::tr("sound, remarks: %1").arg(formatCount(run.remarks()));
    return RunHistory::tr("sound");
}

QString runTestsText(const TestRun& run)
{
    const QString tests = formatCount(static_cast<std::uint64_t>(run.rules.size()));
    return run.isFull() ? RunHistory::tr("full, tests: %1").arg(tests) : RunHistory::tr("quick, tests: %1").arg(tests);
}

QVariant RunHistory::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const TestRun& known = run(index.row());
    const auto text = [&](int column) {
        if (column == When) return formatDateTime(known.at);
        return column == Tests ? runTestsText(known) : runOutcomeText(known);
    };
    switch (role) {
    case Qt::DisplayRole: return text(index.column());
    case Qt::ToolTipRole:
        return tr("%1\n%2: %3\nLooked at: %4 records, %5 pages, %6, in %7")
            .arg(known.at.toUTC().toString(Qt::ISODate), text(Tests), text(Outcome), formatCount(known.report.recordsRead),
                 formatCount(known.report.pagesRead), formatBytes(known.report.bytesRead), formatDuration(known.report.duration));
    case Qt::DecorationRole: {
        if (index.column() != Outcome) return {};
        const bool isBad = known.problems() > 0;
        return m_theme.icon(isBad ? QStringLiteral("error") : QStringLiteral("ok"), isBad ? ColorToken::Danger : ColorToken::Ok);
    }
    default: return {};
    }
}

QVariant RunHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case When: return tr("Run");
    case Tests: return tr("Tests");
    case Outcome: return tr("Result");
    default: return {};
    }
}

} // namespace blazedb::views
