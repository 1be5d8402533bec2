// The header of the records: a kind glyph before each name.
#pragma once

#include <QHeaderView>

namespace blazedb::views {

class Theme;

/// GUI thread only.
class RecordHeader final : public QHeaderView {
    Q_OBJECT

public:
    RecordHeader(const Theme& theme, QWidget* parent);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const override;
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;

private:
    [[nodiscard]] QString glyph(int logicalIndex) const;
    [[nodiscard]] QFont glyphFont() const;

    const Theme& m_theme;
};

} // namespace blazedb::views
