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
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    [[nodiscard]] double markStrength(const QModelIndex& index) const;
    void paintMark(QPainter& painter, const QRect& cell, const QModelIndex& index) const;

    const Theme& m_theme;
};

} // namespace blazedb::views
