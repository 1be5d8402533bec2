#include "views/data/record_grid.h"

#include <algorithm>

#include <QApplication>
#include <QHeaderView>
#include <QMenu>

#include "views/data/record_delegate.h"
#include "views/data/record_table_model.h"
#include "views/session/state_store.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kColumnWidth = 150;
constexpr int kIdWidth = 110;

} // namespace

RecordGrid::RecordGrid(RecordTableModel& model, const Theme& theme, StateStore& state, const QString& stateKey, QWidget* parent)
    : QTableView(parent)
    , m_records(model)
    , m_state(state)
    , m_stateKey(stateKey)
    , m_hidden(state.value(stateKey + QStringLiteral("/hidden")).toStringList())
{
    nameControl(this, QStringLiteral("data.grid"), tr("Records"));
    setModel(&model);
    setItemDelegate(new RecordDelegate(theme, this));
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setAlternatingRowColors(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false); // Tab leads on to the next control; arrows walk the cells
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(Theme::rowHeight());
    verticalHeader()->setObjectName(QStringLiteral("data.grid.rows"));
    QHeaderView* const header = horizontalHeader();
    header->setObjectName(QStringLiteral("data.grid.header"));
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setDefaultSectionSize(kColumnWidth);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::sectionClicked, this, &RecordGrid::sortBy);
    connect(header, &QHeaderView::sectionResized, this, &RecordGrid::keepLayout);
    connect(header, &QHeaderView::sectionMoved, this, &RecordGrid::keepLayout);
    connect(header, &QWidget::customContextMenuRequested, this, &RecordGrid::showHeaderMenu);
    connect(this, &QWidget::customContextMenuRequested, this, &RecordGrid::showCellMenu);
}

/// A click sorts by one field, ascending first; with Shift the field joins the others or turns round.
void RecordGrid::sortBy(int section)
{
    const std::string field = toUtf8(m_records.columns()[section]);
    std::vector<model::SortKey> order = m_records.query().order;
    const auto known = std::find_if(order.begin(), order.end(), [&](const model::SortKey& key) { return key.field == field; });
    const bool isJoined = QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
    if (known != order.end() && known->descending) {
        if (isJoined) order.erase(known);
        else order.clear();
    } else if (known != order.end()) {
        known->descending = true;
        if (!isJoined) order = {*known};
    } else {
        if (!isJoined) order.clear();
        order.push_back({field, false});
    }
    Q_EMIT sortRequested(order);
}

void RecordGrid::showLayout()
{
    m_isShowing = true;
    const QVariantMap widths = m_state.value(m_stateKey + QStringLiteral("/widths")).toMap();
    const QStringList order = m_state.value(m_stateKey + QStringLiteral("/order")).toStringList();
    QHeaderView* const header = horizontalHeader();
    const QStringList& fields = m_records.columns();
    for (int column = 0; column < fields.size(); ++column) {
        setColumnWidth(column, widths.value(fields[column], column == 0 ? kIdWidth : kColumnWidth).toInt());
        setColumnHidden(column, m_hidden.contains(fields[column]));
    }
    int place = 0;
    for (const QString& field : order) {
        const auto column = static_cast<int>(fields.indexOf(field));
        if (column >= 0) header->moveSection(header->visualIndex(column), place++);
    }
    m_isShowing = false;
}

void RecordGrid::keepLayout()
{
    if (m_isShowing) return;
    QVariantMap widths = m_state.value(m_stateKey + QStringLiteral("/widths")).toMap();
    QStringList order;
    const QStringList& fields = m_records.columns();
    for (int place = 0; place < fields.size(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        order << fields.value(column);
        if (!isColumnHidden(column)) widths[fields.value(column)] = columnWidth(column);
    }
    m_state.setValue(m_stateKey + QStringLiteral("/widths"), widths);
    m_state.setValue(m_stateKey + QStringLiteral("/order"), order);
}

void RecordGrid::setHidden(const QString& field, bool isHidden)
{
    m_hidden.removeAll(field);
    if (isHidden) m_hidden << field;
    m_state.setValue(m_stateKey + QStringLiteral("/hidden"), m_hidden);
    m_isShowing = true;
    setColumnHidden(static_cast<int>(m_records.columns().indexOf(field)), isHidden);
    m_isShowing = false;
}

bool RecordGrid::isHidden(const QString& field) const
{
    return m_hidden.contains(field);
}

QStringList RecordGrid::visibleFields() const
{
    QStringList fields;
    for (int place = 0; place < horizontalHeader()->count(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (!isColumnHidden(column)) fields << m_records.columns().value(column);
    }
    return fields;
}

QString RecordGrid::currentField() const
{
    return currentIndex().isValid() ? m_records.columns().value(currentIndex().column()) : QString();
}

void RecordGrid::showHeaderMenu(QPoint at)
{
    const int column = horizontalHeader()->logicalIndexAt(at);
    if (column < 0) return;
    const QString field = m_records.columns()[column];
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("data.grid.headerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto sort = [this, field](bool descending) { Q_EMIT sortRequested({{toUtf8(field), descending}}); };
    menu->addAction(tr("Sort Ascending"), this, [sort] { sort(false); });
    menu->addAction(tr("Sort Descending"), this, [sort] { sort(true); });
    menu->addSeparator();
    const auto filter = [this, field](model::ExpressionKind kind) { Q_EMIT filterRequested(kind, field, false); };
    menu->addAction(tr("Only Where It Has a Value"), this, [filter] { filter(model::ExpressionKind::IsValued); });
    menu->addAction(tr("Only Where It Is Null"), this, [filter] { filter(model::ExpressionKind::IsExplicitNull); });
    menu->addAction(tr("Only Where It Is Missing"), this, [filter] { filter(model::ExpressionKind::IsMissing); });
    menu->addSeparator();
    menu->addAction(tr("Hide This Column"), this, [this, field] { setHidden(field, true); });
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

void RecordGrid::showCellMenu(QPoint at)
{
    const QModelIndex cell = indexAt(at);
    if (!cell.isValid()) return;
    setCurrentIndex(cell);
    const QString field = currentField();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("data.grid.cellMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Use Value as Filter"), this, [this, field] { Q_EMIT filterRequested(model::ExpressionKind::Equal, field, true); });
    menu->addAction(tr("Exclude Value"), this, [this, field] { Q_EMIT filterRequested(model::ExpressionKind::NotEqual, field, true); });
    menu->popup(viewport()->mapToGlobal(at));
}

void RecordGrid::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dy != 0) Q_EMIT visibleRowsChanged();
}

void RecordGrid::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    Q_EMIT visibleRowsChanged();
}

void RecordGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT rowShown(current.row());
}

} // namespace blazedb::views
