// Draws one of our line icons in a colour of the current theme.
#pragma once

#include <memory>

#include <QIconEngine>
#include <QString>

#include "views/widgets/color_tokens.h"

namespace blazedb::views {

/// The colours in force now; the Theme changes them, icons look them up when they are drawn.
struct ActiveColors {
    ColorTable table;
};

/// GUI thread only.
class LineIconEngine final : public QIconEngine {
public:
    /// `svg` draws with "currentColor". `name` is unique per drawing.
    LineIconEngine(QString name, QByteArray svg, ColorToken token, std::shared_ptr<const ActiveColors> colors);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine* clone() const override;

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const;

    QString m_name;
    QByteArray m_svg;
    ColorToken m_token;
    std::shared_ptr<const ActiveColors> m_colors;
};

} // namespace blazedb::views
