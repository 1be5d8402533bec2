// The columns that stay while the others scroll: a second view on the same model and the same selection, over the left of the grid.
#pragma once

#include <QTableView>

namespace blazedb::views {

class Theme;

/// A child of the grid. It shows what the grid would show there, takes no focus, and hands clicks, wheels and menus on, so that keys,
/// selection and a screen reader know one table only. Object name `data.grid.frozen`. GUI thread only.
class FrozenColumns final : public QTableView {
    Q_OBJECT

public:
    FrozenColumns(QTableView& grid, const Theme& theme);

    /// The first `count` columns from the left, hidden ones included.
    void setFrozen(int count);
    void follow(); ///< After the grid's columns, widths or size changed.
    /// Columns that stand still; 0 also while they would leave too little room for the others.
    [[nodiscard]] bool isFrozen(int logicalColumn) const;
    [[nodiscard]] int shownWidth() const { return isHidden() ? 0 : width(); }

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QTableView& m_grid;
    const Theme& m_theme;
    int m_count = 0;
    bool m_isFollowing = false;
};

} // namespace blazedb::views
