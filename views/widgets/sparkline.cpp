#include "views/widgets/sparkline.h"

#include <algorithm>

#include <QLocale>
#include <QPainter>

#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr double kLineWidth = 1.5;
constexpr double kAreaOpacity = 0.12;

QRectF drawnBox(const QWidget& widget)
{
    return QRectF(widget.rect()).adjusted(kLineWidth, kLineWidth, -kLineWidth, -kLineWidth);
}

} // namespace

std::vector<QPolygonF> sparklineRuns(const SampleRing& ring, qint64 gapMs, QSizeF size)
{
    std::vector<QPolygonF> runs;
    if (ring.size() == 0 || size.isEmpty()) return runs;
    const qint64 end = ring.at(ring.size() - 1).timeMs;
    const double low = std::min(0.0, ring.minimum().value_or(0));
    const double high = std::max(0.0, ring.maximum().value_or(0));
    const double span = high > low ? high - low : 1.0;
    bool isJoined = false;
    qint64 last = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const SampleRing::Sample& sample = ring.at(i);
        if (sample.timeMs < end - SampleRing::kSpanMs) continue;
        if (!sample.value) {
            isJoined = false;
            continue;
        }
        if (!isJoined || sample.timeMs - last > gapMs) runs.emplace_back();
        const double x = size.width() * (1.0 - static_cast<double>(end - sample.timeMs) / static_cast<double>(SampleRing::kSpanMs));
        const double y = size.height() * (1.0 - (*sample.value - low) / span);
        runs.back().append(QPointF(x, y));
        isJoined = true;
        last = sample.timeMs;
    }
    return runs;
}

Sparkline::Sparkline(const Theme& theme, const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::add(qint64 timeMs, std::optional<double> value)
{
    m_ring.add(timeMs, value);
    const auto text = [](std::optional<double> number) { return number ? QLocale().toString(*number, 'g', 4) : tr("nothing"); };
    setAccessibleDescription(tr("In the last minute: least %1, most %2, now %3").arg(text(m_ring.minimum()), text(m_ring.maximum()), text(value)));
    update();
}

void Sparkline::setGap(qint64 gapMs)
{
    m_gapMs = gapMs;
    update();
}

QSize Sparkline::sizeHint() const
{
    return {Theme::unit(24), Theme::unit(6)};
}

void Sparkline::paintEvent(QPaintEvent*)
{
    const QRectF box = drawnBox(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.setPen(QPen(m_theme.color(ColorToken::Line), 1));
    painter.drawLine(QPointF(0, box.height()), QPointF(box.width(), box.height()));
    const QColor ink = m_theme.color(ColorToken::Series1);
    for (const QPolygonF& run : sparklineRuns(m_ring, m_gapMs, box.size())) {
        if (run.size() == 1) { // a single sample between gaps
            painter.setPen(Qt::NoPen);
            painter.setBrush(ink);
            painter.drawEllipse(run.front(), kLineWidth, kLineWidth);
            continue;
        }
        QPolygonF area = run;
        area << QPointF(run.back().x(), box.height()) << QPointF(run.front().x(), box.height());
        QColor shade = ink;
        shade.setAlphaF(static_cast<float>(kAreaOpacity));
        painter.setPen(Qt::NoPen);
        painter.setBrush(shade);
        painter.drawPolygon(area);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, kLineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(run);
    }
}

} // namespace blazedb::views
