// Draws a cell: missing, null, empty and not yet loaded look different from any value.
#pragma once

#include <QStyledItemDelegate>

namespace blazedb::views {

class Theme;

/// GUI thread only.
class RecordDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    RecordDelegate(const Theme& theme, QObject* parent);
    /// What the cell's text takes with its margins, in the font it is drawn in, of at most so many characters; 0: of all.
    [[nodiscard]] int contentWidth(const QModelIndex& index, int charactersMax) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    [[nodiscard]] double markStrength(const QModelIndex& index) const;
    void paintMark(QPainter& painter, const QRect& cell, const QModelIndex& index) const;

    const Theme& m_theme;
};

} // namespace blazedb::views
