#include "views/self_tests/findings_list.h"

#include <algorithm>
#include <utility>

#include "views/self_tests/test_list.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

struct FindingLook {
    const char* iconName;
    ColorToken token;
};

FindingLook lookOf(model::FindingSeverity severity)
{
    switch (severity) {
    case model::FindingSeverity::Remark: return {"info", ColorToken::Info};
    case model::FindingSeverity::Damage: return {"warning", ColorToken::Warn};
    case model::FindingSeverity::Lost: return {"error", ColorToken::Danger};
    }
    return {"info", ColorToken::Info};
}

QString changeText(FindingChange change)
{
    switch (change) {
    case FindingChange::None: return {};
    case FindingChange::New: return TestFindingsModel::tr("new");
    case FindingChange::Gone: return TestFindingsModel::tr("gone");
    case FindingChange::Still: return TestFindingsModel::tr("still there");
    }
    return {};
}

/// A cell of a table to paste: no tabs or line feeds inside.
QString oneLine(QString text)
{
    return text.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

} // namespace

QString severityText(model::FindingSeverity severity)
{
    switch (severity) {
    case model::FindingSeverity::Remark: return TestFindingsModel::tr("Remark");
    case model::FindingSeverity::Damage: return TestFindingsModel::tr("Damaged");
    case model::FindingSeverity::Lost: return TestFindingsModel::tr("Lost");
    }
    return {};
}

TestFindingsModel::TestFindingsModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void TestFindingsModel::setFindings(std::vector<ComparedFinding> findings)
{
    beginResetModel();
    m_all = std::move(findings);
    filter();
    endResetModel();
}

void TestFindingsModel::setFilter(const QString& text)
{
    if (text == m_filter) return;
    beginResetModel();
    m_filter = text;
    filter();
    endResetModel();
}

void TestFindingsModel::filter()
{
    m_shown.clear();
    const QStringList words = m_filter.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        QString whole;
        if (!words.isEmpty())
            for (int column = 0; column < ColumnCount; ++column) whole += text(m_all[i], column) + QLatin1Char('\n');
        const auto isIn = [&](const QString& word) { return whole.contains(word, Qt::CaseInsensitive); };
        if (std::all_of(words.begin(), words.end(), isIn)) m_shown.push_back(i);
    }
}

QString TestFindingsModel::text(const ComparedFinding& found, int column) const
{
    const model::Finding& finding = found.finding;
    switch (column) {
    case Severity: return severityText(finding.severity);
    case Change: return changeText(found.change);
    case Rule: return testTitle(finding.rule);
    case Record: return finding.record ? toQString(finding.record->toString()) : QString();
    case Page: return finding.page ? QString::number(*finding.page) : QString();
    case Reason: return finding.message.empty() ? toQString(model::findingKindName(finding.kind)) : toQString(finding.message);
    case Advice: return toQString(finding.advice);
    default: return {};
    }
}

QString TestFindingsModel::asTsv(const QList<int>& rows) const
{
    QString out;
    for (int column = 0; column < ColumnCount; ++column) {
        if (column > 0) out += QLatin1Char('\t');
        out += headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    out += QLatin1Char('\n');
    for (const int row : rows) {
        const ComparedFinding& found = m_all[m_shown[static_cast<std::size_t>(row)]];
        for (int column = 0; column < ColumnCount; ++column) {
            if (column > 0) out += QLatin1Char('\t');
            out += oneLine(text(found, column));
        }
        out += QLatin1Char('\n');
    }
    return out;
}

int TestFindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int TestFindingsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TestFindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const ComparedFinding& found = m_all[m_shown[static_cast<std::size_t>(index.row())]];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return text(found, index.column());
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(found, index.column()));
    case Qt::TextAlignmentRole: return index.column() == Page ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::FontRole: return index.column() == Record ? QVariant(m_theme.monospaceFont()) : QVariant();
    case Qt::DecorationRole: {
        if (index.column() != Severity) return {};
        const FindingLook look = lookOf(found.finding.severity);
        return m_theme.icon(QString::fromLatin1(look.iconName), look.token);
    }
    default: return {};
    }
}

QVariant TestFindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Severity: return tr("Severity");
    case Change: return tr("Change");
    case Rule: return tr("Test");
    case Record: return tr("Record");
    case Page: return tr("Page");
    case Reason: return tr("Reason");
    case Advice: return tr("Advice");
    default: return {};
    }
}

} // namespace blazedb::views
