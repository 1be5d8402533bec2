// The grid: a table view over windows, with sorting by header and menus for columns and cells.
#pragma once

#include <QTableView>

#include "engine/model/query.h"

namespace blazedb::views {

class RecordTableModel;
class StateStore;
class Theme;

/// Object name `data.grid`. GUI thread only.
class RecordGrid final : public QTableView {
    Q_OBJECT

public:
    /// Borrows all; layouts are kept in `state` under `stateKey`.
    RecordGrid(RecordTableModel& model, const Theme& theme, StateStore& state, const QString& stateKey, QWidget* parent = nullptr);

    void showLayout(); ///< After the columns changed: widths, order and hidden ones as the user left them.
    void setHidden(const QString& field, bool isHidden);
    [[nodiscard]] bool isHidden(const QString& field) const;
    [[nodiscard]] QStringList visibleFields() const; ///< From left to right.
    [[nodiscard]] QString currentField() const;

Q_SIGNALS:
    void sortRequested(const std::vector<blazedb::model::SortKey>& order);
    void filterRequested(blazedb::model::ExpressionKind kind, const QString& field, bool usesValue);
    void rowShown(int row);   ///< The current row changed.
    void visibleRowsChanged();

protected:
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void sortBy(int section);
    void keepLayout();
    void showHeaderMenu(QPoint at);
    void showCellMenu(QPoint at);

    RecordTableModel& m_records;
    StateStore& m_state;
    QString m_stateKey;
    QStringList m_hidden;
    bool m_isShowing = false; ///< Changes of ours are not the user's.
};

} // namespace blazedb::views
