// A line of the last minute, without axes: what a figure did, at a glance. Gaps stay gaps.
#pragma once

#include <vector>

#include <QPolygonF>
#include <QWidget>

#include "views/widgets/sample_ring.h"

namespace blazedb::views {

class Theme;

/// The runs of a ring as polygons in a box of that size: the newest sample at the right edge, a minute wide, from zero (or the
/// smallest value, if that is less) to the greatest. Samples further apart than `gapMs` are not joined. Pure.
std::vector<QPolygonF> sparklineRuns(const SampleRing& ring, qint64 gapMs, QSizeF size);

/// Its name and numbers are in the accessible texts. GUI thread only.
class Sparkline final : public QWidget {
    Q_OBJECT

public:
    Sparkline(const Theme& theme, const QString& objectName, const QString& accessibleName, QWidget* parent = nullptr);

    void add(qint64 timeMs, std::optional<double> value);
    void setGap(qint64 gapMs); ///< Longer silences are gaps.
    [[nodiscard]] const SampleRing& ring() const { return m_ring; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    SampleRing m_ring;
    qint64 m_gapMs = 5'000;
};

} // namespace blazedb::views
