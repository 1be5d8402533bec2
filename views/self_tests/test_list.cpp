#include "views/self_tests/test_list.h"

#include <algorithm>

#include <QCoreApplication>

#include "views/widgets/format.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

using model::RuleOutcome;

constexpr quintptr kGroupId = UINTPTR_MAX; ///< Internal id of a group's index; a test's is the row of its group.

QString trTest(const char* text)
{
    return QCoreApplication::translate("blazedb::views::tests", text);
}

struct OutcomeLook {
    const char* iconName;
    ColorToken token;
};

OutcomeLook lookOf(RuleOutcome outcome)
{
    switch (outcome) {
    case RuleOutcome::Passed: return {"ok", ColorToken::Ok};
    case RuleOutcome::Remarked: return {"info", ColorToken::Info};
    case RuleOutcome::Failed: return {"error", ColorToken::Danger};
    case RuleOutcome::Skipped: return {"remove", ColorToken::Muted};
    }
    return {"remove", ColorToken::Muted};
}

QString outcomeText(const model::CheckedRule& rule)
{
    switch (rule.outcome()) {
    case RuleOutcome::Passed: return TestListModel::tr("passed");
    case RuleOutcome::Remarked: return TestListModel::tr("remarks: %1").arg(formatCount(rule.remarks));
    case RuleOutcome::Failed: return TestListModel::tr("problems: %1").arg(formatCount(rule.problems));
    case RuleOutcome::Skipped: return TestListModel::tr("skipped");
    }
    return {};
}

/// What was looked at, or why nothing was.
QString outcomeDetails(const model::CheckedRule& rule)
{
    if (!rule.skippedBecause.empty()) return TestListModel::tr("Skipped: %1").arg(toQString(rule.skippedBecause));
    QString text = TestListModel::tr("Looked at: %1 %2", "a number, a unit").arg(formatCount(rule.lookedAt), toQString(rule.unit));
    if (rule.duration) text += QLatin1Char('\n') + TestListModel::tr("Took %1").arg(formatDuration(*rule.duration));
    return text;
}

} // namespace

std::vector<TestSpec> knownTests()
{
    return {
        {"catalogue-signature", trTest("The catalogue is signed"),
         trTest("The signature of the catalogue fits its content under the database's key."), false},
        {"catalogue-entries", trTest("Every entry of the catalogue is usable"),
         trTest("Each entry names a record, once, and at least one page."), false},
        {"record-places", trTest("The page file is long enough"), trTest("The page file reaches as far as the catalogue says."), false},
        {"pages-once", trTest("No page is used twice"), trTest("No page belongs to two records."), false},
        {"free-pages", trTest("Free pages are free"),
         trTest("No page on the list of free pages is used by a record, and none is on it twice."), false},
        {"next-page", trTest("The next page is free"), trTest("The page that the next insert takes lies behind all pages in use."), false},
        {"log-readable", trTest("The log can be read"), trTest("Every entry of the log is whole and its checksum fits."), false},
        {"log-reached", trTest("The log holds nothing that is lost"),
         trTest("Every page image in the log belongs to a record of the catalogue."), true},
        {"record-content", trTest("Every record is whole"),
         trTest("Pages authenticate, chains lead to their end, length and checksum fit, and the record decodes."), true},
        {"record-ids", trTest("Every record is the one it should be"),
         trTest("The record on a page carries the id under which the catalogue lists it."), true},
        {"records-visible", trTest("The app sees every record"),
         trTest("The main page of each record is the lowest of its pages, as the Swift library expects."), true},
        {"pages-accounted", trTest("Every page has its place"), trTest("Each page of the file belongs to a record, is free, or is empty."), true},
        {"index-entries", trTest("Indexes agree with the records"),
         trTest("Each index entry names a record with that value, and each record with the fields has its entry."), true},
    };
}

QString testTitle(const std::string& rule)
{
    for (const TestSpec& spec : knownTests())
        if (rule == spec.rule) return spec.title;
    return toQString(rule);
}

TestListModel::TestListModel(const Theme& theme, QObject* parent)
    : QAbstractItemModel(parent)
    , m_theme(theme)
    , m_groups{{tr("Quick check"), tr("Compares the catalogue with the page file and reads the log. It reads no record. Only reads."), {}},
               {tr("Full check"), tr("Reads every page and every record as well. Only reads."), {}}}
{
    for (const TestSpec& spec : knownTests()) {
        m_groups[spec.needsFull ? 1 : 0].tests.push_back(spec);
        m_ticked.insert(QString::fromLatin1(spec.rule));
    }
}

QStringList TestListModel::ticked() const
{
    QStringList rules;
    for (const Group& group : m_groups)
        for (const TestSpec& spec : group.tests)
            if (m_ticked.contains(QString::fromLatin1(spec.rule))) rules << QString::fromLatin1(spec.rule);
    return rules;
}

void TestListModel::setTicked(const QStringList& rules)
{
    m_ticked = std::set<QString>(rules.begin(), rules.end());
    announceTicks();
}

void TestListModel::announceTicks()
{
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parentIndex = index(group, 0);
        Q_EMIT dataChanged(parentIndex, parentIndex, {Qt::CheckStateRole});
        Q_EMIT dataChanged(index(0, 0, parentIndex), index(rowCount(parentIndex) - 1, 0, parentIndex), {Qt::CheckStateRole});
    }
    Q_EMIT tickedChanged();
}

QStringList TestListModel::rulesOf(const QModelIndex& at) const
{
    if (!at.isValid()) return {};
    if (const TestSpec* const spec = specAt(at)) return {QString::fromLatin1(spec->rule)};
    QStringList rules;
    for (const TestSpec& spec : m_groups[static_cast<std::size_t>(at.row())].tests) rules << QString::fromLatin1(spec.rule);
    return rules;
}

void TestListModel::showResults(const std::vector<model::CheckedRule>& results)
{
    for (const model::CheckedRule& rule : results) m_results.insert_or_assign(rule.name, rule);
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parentIndex = index(group, 0);
        Q_EMIT dataChanged(index(0, 0, parentIndex), index(rowCount(parentIndex) - 1, ColumnCount - 1, parentIndex));
    }
}

bool TestListModel::needFull(const QStringList& rules)
{
    const auto tests = knownTests();
    return std::any_of(tests.begin(), tests.end(),
                       [&](const TestSpec& spec) { return spec.needsFull && rules.contains(QLatin1String(spec.rule)); });
}

QModelIndex TestListModel::index(int row, int column, const QModelIndex& parentIndex) const
{
    if (!hasIndex(row, column, parentIndex)) return {};
    return createIndex(row, column, parentIndex.isValid() ? static_cast<quintptr>(parentIndex.row()) : kGroupId);
}

QModelIndex TestListModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == kGroupId) return {};
    return createIndex(static_cast<int>(child.internalId()), 0, kGroupId);
}

int TestListModel::rowCount(const QModelIndex& parentIndex) const
{
    if (!parentIndex.isValid()) return static_cast<int>(m_groups.size());
    if (parentIndex.internalId() != kGroupId || parentIndex.column() != 0) return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parentIndex.row())].tests.size());
}

int TestListModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

const TestSpec* TestListModel::specAt(const QModelIndex& at) const
{
    if (!at.isValid() || at.internalId() == kGroupId) return nullptr;
    return &m_groups[at.internalId()].tests[static_cast<std::size_t>(at.row())];
}

Qt::CheckState TestListModel::groupState(const Group& group) const
{
    const auto count = std::count_if(group.tests.begin(), group.tests.end(),
                                     [&](const TestSpec& spec) { return m_ticked.contains(QString::fromLatin1(spec.rule)); });
    if (count == 0) return Qt::Unchecked;
    return count == static_cast<std::ptrdiff_t>(group.tests.size()) ? Qt::Checked : Qt::PartiallyChecked;
}

QVariant TestListModel::groupData(const Group& group, int column, int role) const
{
    if (column != Test) return {};
    if (role == Qt::DisplayRole) return group.title;
    if (role == Qt::ToolTipRole) return group.checks;
    if (role == Qt::CheckStateRole) return groupState(group);
    return {};
}

QVariant TestListModel::testData(const TestSpec& spec, int column, int role) const
{
    const auto result = m_results.find(spec.rule);
    const bool hasRun = result != m_results.end();
    switch (role) {
    case RuleRole: return QString::fromLatin1(spec.rule);
    case OutcomeRole: return hasRun ? QVariant(QString::fromLatin1(model::ruleOutcomeName(result->second.outcome()))) : QVariant();
    case Qt::DisplayRole:
        if (column == Test) return spec.title;
        return hasRun ? outcomeText(result->second) : tr("not run");
    case Qt::ToolTipRole: return hasRun ? spec.checks + QLatin1Char('\n') + outcomeDetails(result->second) : spec.checks;
    case Qt::AccessibleTextRole:
        return column == Test ? spec.title : tr("%1: %2").arg(spec.title, hasRun ? outcomeText(result->second) : tr("not run"));
    case Qt::CheckStateRole:
        if (column != Test) return {};
        return m_ticked.contains(QString::fromLatin1(spec.rule)) ? Qt::Checked : Qt::Unchecked;
    case Qt::DecorationRole: {
        if (column != ResultColumn || !hasRun) return {};
        const OutcomeLook look = lookOf(result->second.outcome());
        return m_theme.icon(QString::fromLatin1(look.iconName), look.token);
    }
    case Qt::ForegroundRole: return column == ResultColumn && !hasRun ? QVariant(m_theme.color(ColorToken::Muted)) : QVariant();
    default: return {};
    }
}

QVariant TestListModel::data(const QModelIndex& at, int role) const
{
    if (!at.isValid()) return {};
    if (const TestSpec* const spec = specAt(at)) return testData(*spec, at.column(), role);
    return groupData(m_groups[static_cast<std::size_t>(at.row())], at.column(), role);
}

bool TestListModel::setData(const QModelIndex& at, const QVariant& value, int role)
{
    if (!at.isValid() || role != Qt::CheckStateRole || at.column() != Test) return false;
    for (const QString& rule : rulesOf(at)) {
        if (value.toInt() == Qt::Checked) m_ticked.insert(rule);
        else m_ticked.erase(rule);
    }
    announceTicks();
    return true;
}

Qt::ItemFlags TestListModel::flags(const QModelIndex& at) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(at);
    if (at.isValid() && at.column() == Test) flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant TestListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Test ? tr("Test") : tr("Result");
}

} // namespace blazedb::views
