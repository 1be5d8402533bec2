// Puts cards into as many columns as fit, each card into the column that is shortest so far.
#pragma once

#include <memory>
#include <vector>

#include <QLayout>

namespace blazedb::views {

/// Columns are equally wide, at least `columnWidthMin`, and at most `columnsMax`. Hidden items take no place. GUI thread only.
class ColumnFlowLayout final : public QLayout {
    Q_OBJECT

public:
    ColumnFlowLayout(int columnWidthMin, int columnsMax, QWidget* parent = nullptr);
    ~ColumnFlowLayout() override;

    [[nodiscard]] int columnsFor(int width) const;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    /// Answers the height; moves the items only if asked to.
    int arrange(const QRect& rect, bool isMoving) const;

    const int m_columnWidthMin;
    const int m_columnsMax;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace blazedb::views
