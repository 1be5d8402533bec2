#include "views/widgets/icon_engine.h"

#include <utility>

#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace blazedb::views {

LineIconEngine::LineIconEngine(QString name, QByteArray svg, ColorToken token, std::shared_ptr<const ActiveColors> colors)
    : m_name(std::move(name))
    , m_svg(std::move(svg))
    , m_token(token)
    , m_colors(std::move(colors))
{
}

QColor LineIconEngine::color(QIcon::Mode mode) const
{
    QColor result = m_colors->table[static_cast<std::size_t>(m_token)];
    if (mode != QIcon::Disabled) return result;
    result = m_colors->table[static_cast<std::size_t>(ColorToken::Muted)];
    result.setAlphaF(0.6F);
    return result;
}

void LineIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State)
{
    const QColor ink = color(mode);
    QByteArray svg = m_svg;
    svg.replace("currentColor", ink.name().toLatin1());
    QSvgRenderer renderer(svg);
    const double side = qMin(rect.width(), rect.height());
    const QRectF place(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(painter->opacity() * ink.alphaF());
    renderer.render(painter, place);
    painter->restore();
}

QPixmap LineIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    const QString key = QStringLiteral("line-icon/%1/%2x%3/%4")
                            .arg(m_name, QString::number(size.width()), QString::number(size.height()),
                                 color(mode).name(QColor::HexArgb));
    QPixmap result;
    if (QPixmapCache::find(key, &result)) return result;
    result = QPixmap(size);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    painter.end();
    QPixmapCache::insert(key, result);
    return result;
}

QIconEngine* LineIconEngine::clone() const
{
    return new LineIconEngine(*this);
}

} // namespace blazedb::views
