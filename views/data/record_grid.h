// The grid: a table view over windows, with sorting by header, columns as the user left them, and menus for columns and cells.
#pragma once

#include <memory>

#include <QHash>
#include <QTableView>

#include "engine/model/query.h"

namespace blazedb::views {

class ColumnFit;
class FrozenColumns;
class RecordTableModel;
class StateStore;
class Theme;

/// Object name `data.grid`. GUI thread only.
class RecordGrid final : public QTableView {
    Q_OBJECT

public:
    /// Borrows all.
    RecordGrid(RecordTableModel& model, const Theme& theme, StateStore& state, QWidget* parent = nullptr);
    ~RecordGrid() override;

    /// Where widths, order, hidden and frozen columns are kept; reads them.
    void setLayoutKey(const QString& key);
    /// After the columns changed: widths, order and hidden ones as the user left them. A width that nobody has set follows what the
    /// column holds when its first values are there, and then stays.
    void showLayout();
    void setHidden(const QString& field, bool isHidden);
    [[nodiscard]] bool isHidden(const QString& field) const;
    /// Columns up to and with this one stay while the others scroll; an empty name: none.
    void freezeUpTo(const QString& field);
    [[nodiscard]] QString frozenField() const { return m_frozenField; }
    [[nodiscard]] QStringList visibleFields() const; ///< From left to right.
    [[nodiscard]] QString currentField() const;
    /// Ascending, then descending, then not at all. Joined: beside the other keys, otherwise alone.
    void sortBy(const QString& field, bool isJoined);
    /// Rows in the selection, each once; a range may be as long as the result.
    [[nodiscard]] std::vector<std::pair<int, int>> selectedRows() const;
    [[nodiscard]] qint64 selectedRowCount() const;

    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

Q_SIGNALS:
    void sortRequested(const std::vector<blazedb::model::SortKey>& order);
    void filterRequested(blazedb::model::ExpressionKind kind, const QString& field, bool usesValue);
    void columnFilterRequested(const QString& field); ///< A filter row for the column.
    void referenceRequested(); ///< To the record the current cell names.
    void referrersRequested(); ///< To the records that name the current one.
    void statisticsRequested(const QString& field);
    void rowShown(int row);                           ///< The current row changed.
    void rowEntered();                                ///< Return or a double click: to the record.
    void selectedRowsChanged();
    void visibleRowsChanged();

protected:
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void attend();
    void holdPlace();
    void keepPlace();
    void keepWidth(int column, int before, int width);
    void keepOrder();
    void fitColumns();
    [[nodiscard]] int defaultWidth(int column);
    void followLayout();
    void showHeaderMenu(int column, QPoint at);
    void showCellMenu(const QModelIndex& cell, QPoint at);

    RecordTableModel& m_records;
    StateStore& m_state;
    QString m_layoutKey;
    QStringList m_hidden;
    QString m_frozenField;
    std::unique_ptr<ColumnFit> m_fit;
    QHash<QString, int> m_fitted; ///< Widths of columns by what they held when it was first seen.
    FrozenColumns* m_frozen = nullptr; ///< Not there yet while the base class is built.
    std::vector<QPersistentModelIndex> m_place; ///< The rows on screen, while a newer state is taken over.
    bool m_isShowing = false; ///< Changes of ours are not the user's.
};

} // namespace blazedb::views
