#include "views/data/record_grid.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include "views/data/column_fit.h"
#include "views/data/frozen_columns.h"
#include "views/data/record_delegate.h"
#include "views/data/record_header.h"
#include "views/data/record_table_model.h"
#include "views/data/record_visits.h"
#include "views/session/state_store.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
RecordGrid::RecordGrid(RecordTableModel& model, const Theme& theme, StateStore& state, QWidget* parent)
    : QTableView(parent)
    , m_records(model)
    , m_state(state)
{
    nameControl(this, QStringLiteral("data.grid"), tr("Records"));
    auto* header = new RecordHeader(theme, this);
    header->setObjectName(QStringLiteral("data.grid.header"));
    header->setSectionsMovable(true);
    setHorizontalHeader(header);
    setModel(&model);
    auto* delegate = new RecordDelegate(theme, this);
    setItemDelegate(delegate);
    m_fit = std::make_unique<ColumnFit>(model, *delegate, *header);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setWordWrap(false);
    setAlternatingRowColors(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false); // Tab leads on to the next control; arrows walk the cells
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(theme.gridRowHeight());
    verticalHeader()->setObjectName(QStringLiteral("data.grid.rows"));
    m_frozen = new FrozenColumns(*this, theme);
    const auto sortAt = [this](int section) {
        sortBy(m_records.columns().value(section), QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    };
    for (QHeaderView* each : {static_cast<QHeaderView*>(header), m_frozen->horizontalHeader()}) {
        // A click sorts; it does not also select a column of a million rows.
        disconnect(each, &QHeaderView::sectionPressed, nullptr, nullptr);
        disconnect(each, &QHeaderView::sectionEntered, nullptr, nullptr);
        connect(each, &QHeaderView::sectionClicked, this, sortAt);
        connect(each, &QWidget::customContextMenuRequested, this, [this, each](QPoint at) { showHeaderMenu(each->logicalIndexAt(at), each->mapToGlobal(at)); });
    }
    connect(&theme, &Theme::changed, this, [this, &theme] {
        verticalHeader()->setDefaultSectionSize(theme.gridRowHeight());
        m_frozen->verticalHeader()->setDefaultSectionSize(theme.gridRowHeight());
    });
    connect(&model, &RecordTableModel::aboutToMerge, this, &RecordGrid::holdPlace);
    connect(&model, &RecordTableModel::merged, this, &RecordGrid::keepPlace);
    connect(&model, &RecordTableModel::rowsLoaded, this, &RecordGrid::attend);
    connect(&model, &RecordTableModel::rowsLoaded, this, &RecordGrid::fitColumns);
    connect(header, &QHeaderView::sectionResized, this, &RecordGrid::keepWidth);
    connect(header, &QHeaderView::sectionMoved, this, &RecordGrid::keepOrder);
    for (QTableView* each : {static_cast<QTableView*>(this), static_cast<QTableView*>(m_frozen)}) {
        connect(each, &QWidget::customContextMenuRequested, this, [this, each](QPoint at) { showCellMenu(each->indexAt(at), each->viewport()->mapToGlobal(at)); });
        connect(each, &QAbstractItemView::doubleClicked, this, &RecordGrid::rowEntered);
    }
}

RecordGrid::~RecordGrid() = default;

/// Tells the model which rows somebody looks at.
void RecordGrid::attend()
{
    const int rows = m_records.rowCount();
    const int top = std::max(0, rowAt(0));
    const int bottom = rowAt(viewport()->height() - 1);
    m_records.attend({top, bottom >= 0 ? bottom : rows - 1, currentIndex().row()});
}

void RecordGrid::holdPlace()
{
    m_place.clear();
    if (m_records.columnCount() == 0) return;
    const int top = verticalScrollBar()->value();
    const int last = std::min(m_records.rowCount() - 1, top + viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize()));
    for (int row = top; row <= last; ++row) m_place.emplace_back(m_records.index(row, 0));
}

/// The first record that is still there stands where it stood.
void RecordGrid::keepPlace()
{
    const auto place = std::exchange(m_place, {});
    for (std::size_t i = 0; i < place.size(); ++i) {
        if (!place[i].isValid()) continue;
        const int top = std::max(0, place[i].row() - static_cast<int>(i));
        executeDelayedItemsLayout(); // the range of the scroll bar follows the rows
        verticalScrollBar()->setValue(top);
        break;
    }
    attend();
}

/// A click sorts by one field, ascending first; with Shift the field joins the others or turns round.
void RecordGrid::sortBy(const QString& field, bool isJoined)
{
    if (field.isEmpty()) return;
    const std::string name = toUtf8(field);
    std::vector<model::SortKey> order = m_records.query().order;
    const auto known = std::find_if(order.begin(), order.end(), [&](const model::SortKey& key) { return key.field == name; });
    if (known != order.end() && known->descending) {
        if (isJoined) order.erase(known);
        else order.clear();
    } else if (known != order.end()) {
        known->descending = true;
        if (!isJoined) order = {model::SortKey(*known)};
    } else {
        if (!isJoined) order.clear();
        order.push_back({name, false});
    }
    Q_EMIT sortRequested(order);
}

void RecordGrid::setLayoutKey(const QString& key)
{
    m_layoutKey = key;
    m_fitted.clear();
    m_hidden = m_state.value(key + QStringLiteral("/hidden")).toStringList();
    m_frozenField = m_state.value(key + QStringLiteral("/frozen")).toString();
    showLayout();
}

void RecordGrid::showLayout()
{
    m_isShowing = true;
    const QVariantMap widths = m_state.value(m_layoutKey + QStringLiteral("/widths")).toMap();
    const QStringList order = m_state.value(m_layoutKey + QStringLiteral("/order")).toStringList();
    QHeaderView* const header = horizontalHeader();
    const QStringList& fields = m_records.columns();
    for (int column = 0; column < fields.size(); ++column) {
        // Shown first: a hidden section keeps no width.
        setColumnHidden(column, false);
        const QVariant kept = widths.value(fields[column]);
        setColumnWidth(column, kept.isValid() ? kept.toInt() : defaultWidth(column));
        setColumnHidden(column, m_hidden.contains(fields[column]));
    }
    for (int column = 0; column < fields.size(); ++column) header->moveSection(header->visualIndex(column), column);
    int place = 0;
    for (const QString& field : order) {
        const auto column = static_cast<int>(fields.indexOf(field));
        if (column >= 0) header->moveSection(header->visualIndex(column), place++);
    }
    m_isShowing = false;
    followLayout();
}

int RecordGrid::defaultWidth(int column)
{
    const QString field = m_records.columns().value(column);
    if (const auto known = m_fitted.constFind(field); known != m_fitted.constEnd()) return *known;
    const auto fitted = m_fit->widthOf(column, rowAt(0));
    if (fitted) m_fitted[field] = *fitted;
    return fitted.value_or(m_fit->widthOfHeader(column));
}

/// Columns whose first values have come. Once only: a column that moved while one scrolls would be worse than a cut value.
void RecordGrid::fitColumns()
{
    const QVariantMap kept = m_state.value(m_layoutKey + QStringLiteral("/widths")).toMap();
    const QStringList& fields = m_records.columns();
    m_isShowing = true;
    for (int column = 0; column < fields.size(); ++column) {
        if (isColumnHidden(column) || kept.contains(fields[column]) || m_fitted.contains(fields[column])) continue;
        setColumnWidth(column, defaultWidth(column));
    }
    m_isShowing = false;
    followLayout();
}

void RecordGrid::keepWidth(int column, int /*before*/, int width)
{
    if (m_isShowing || width == 0) return; // 0: hidden
    QVariantMap widths = m_state.value(m_layoutKey + QStringLiteral("/widths")).toMap();
    widths[m_records.columns().value(column)] = width;
    m_state.setValue(m_layoutKey + QStringLiteral("/widths"), widths);
    followLayout();
}

void RecordGrid::keepOrder()
{
    if (m_isShowing) return;
    QStringList order;
    const QStringList& fields = m_records.columns();
    for (int place = 0; place < fields.size(); ++place) order << fields.value(horizontalHeader()->logicalIndex(place));
    m_state.setValue(m_layoutKey + QStringLiteral("/order"), order);
    followLayout();
}

void RecordGrid::followLayout()
{
    const auto column = static_cast<int>(m_records.columns().indexOf(m_frozenField));
    m_frozen->setFrozen(m_frozenField.isEmpty() || column < 0 ? 0 : horizontalHeader()->visualIndex(column) + 1);
}

void RecordGrid::setHidden(const QString& field, bool isHidden)
{
    m_hidden.removeAll(field);
    if (isHidden) m_hidden << field;
    m_state.setValue(m_layoutKey + QStringLiteral("/hidden"), m_hidden);
    m_isShowing = true;
    setColumnHidden(static_cast<int>(m_records.columns().indexOf(field)), isHidden);
    m_isShowing = false;
    followLayout();
}

bool RecordGrid::isHidden(const QString& field) const
{
    return m_hidden.contains(field);
}

void RecordGrid::freezeUpTo(const QString& field)
{
    m_frozenField = field;
    m_state.setValue(m_layoutKey + QStringLiteral("/frozen"), field);
    followLayout();
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

std::vector<std::pair<int, int>> RecordGrid::selectedRows() const
{
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange& range : selectionModel()->selection()) ranges.emplace_back(range.top(), range.bottom());
    std::sort(ranges.begin(), ranges.end());
    std::vector<std::pair<int, int>> rows;
    for (const auto& [top, bottom] : ranges) {
        if (!rows.empty() && top <= rows.back().second + 1) rows.back().second = std::max(rows.back().second, bottom);
        else rows.emplace_back(top, bottom);
    }
    return rows;
}

qint64 RecordGrid::selectedRowCount() const
{
    qint64 count = 0;
    for (const auto& [top, bottom] : selectedRows()) count += bottom - top + 1;
    return count;
}

void RecordGrid::showHeaderMenu(int column, QPoint at)
{
    if (column < 0) return;
    const QString field = m_records.columns().value(column);
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("data.grid.headerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto sort = [this, field](bool descending) { Q_EMIT sortRequested({{toUtf8(field), descending}}); };
    menu->addAction(tr("Sort Ascending"), this, [sort] { sort(false); });
    menu->addAction(tr("Sort Descending"), this, [sort] { sort(true); });
    menu->addAction(tr("Also Sort by This Column"), this, [this, field] { sortBy(field, true); });
    menu->addSeparator();
    menu->addAction(tr("Filter This Column…"), this, [this, field] { Q_EMIT columnFilterRequested(field); });
    const auto filter = [this, field](model::ExpressionKind kind) { Q_EMIT filterRequested(kind, field, false); };
    menu->addAction(tr("Only Where It Has a Value"), this, [filter] { filter(model::ExpressionKind::IsValued); });
    menu->addAction(tr("Only Where It Is Null"), this, [filter] { filter(model::ExpressionKind::IsExplicitNull); });
    menu->addAction(tr("Only Where It Is Missing"), this, [filter] { filter(model::ExpressionKind::IsMissing); });
    menu->addAction(tr("Column Statistics"), this, [this, field] { Q_EMIT statisticsRequested(field); });
    menu->addSeparator();
    menu->addAction(tr("Freeze Columns up to Here"), this, [this, field] { freezeUpTo(field); });
    if (!m_frozenField.isEmpty()) menu->addAction(tr("Unfreeze Columns"), this, [this] { freezeUpTo({}); });
    menu->addAction(tr("Hide This Column"), this, [this, field] { setHidden(field, true); });
    menu->popup(at);
}

void RecordGrid::showCellMenu(const QModelIndex& cell, QPoint at)
{
    if (!cell.isValid()) return;
    selectionModel()->setCurrentIndex(cell, selectionModel()->isSelected(cell) ? QItemSelectionModel::NoUpdate : QItemSelectionModel::ClearAndSelect);
    const QString field = currentField();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("data.grid.cellMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Use Value as Filter"), this, [this, field] { Q_EMIT filterRequested(model::ExpressionKind::Equal, field, true); });
    menu->addAction(tr("Exclude Value"), this, [this, field] { Q_EMIT filterRequested(model::ExpressionKind::NotEqual, field, true); });
    menu->addAction(tr("Filter This Column…"), this, [this, field] { Q_EMIT columnFilterRequested(field); });
    menu->addSeparator();
    const api::RecordRow* const row = m_records.row(cell.row());
    const model::Field* const value = row ? row->record.find(toUtf8(field)) : nullptr;
    auto* following = menu->addAction(tr("Follow Reference"), this, &RecordGrid::referenceRequested);
    following->setEnabled(value && field != QLatin1String("id") && referenceIn(value->value));
    menu->addAction(tr("Records That Refer to This One"), this, &RecordGrid::referrersRequested);
    menu->addAction(tr("Show the Value"), this, &RecordGrid::rowEntered);
    menu->popup(at);
}

/// The part under the frozen columns is not seen, so a column is only visible right of them.
void RecordGrid::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    const int before = horizontalScrollBar()->value();
    QTableView::scrollTo(index, hint);
    if (!index.isValid() || !m_frozen || m_frozen->shownWidth() == 0) return;
    if (m_frozen->isFrozen(index.column())) {
        horizontalScrollBar()->setValue(before);
    } else if (const int hiddenPart = m_frozen->shownWidth() - columnViewportPosition(index.column()); hiddenPart > 0) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hiddenPart);
    }
}

void RecordGrid::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dy == 0) return;
    attend();
    Q_EMIT visibleRowsChanged();
}

void RecordGrid::updateGeometries()
{
    QTableView::updateGeometries();
    if (m_frozen) m_frozen->follow();
    attend();
    Q_EMIT visibleRowsChanged();
}

void RecordGrid::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers().testFlag(Qt::ControlModifier)) Q_EMIT referenceRequested();
    else if (isReturn) Q_EMIT rowEntered();
    else QTableView::keyPressEvent(event);
}

void RecordGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    attend();
    Q_EMIT rowShown(current.row());
}

void RecordGrid::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectedRowsChanged();
}

} // namespace blazedb::views
