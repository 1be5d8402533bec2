#include "views/monitor/monitor_card.h"

#include <algorithm>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

MonitorCard::MonitorCard(const Theme& theme, const QString& id, const QString& title, const QString& iconName, QWidget* parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_id(id)
    , m_title(title)
    , m_iconName(iconName)
    , m_icon(new QLabel(this))
    , m_hide(new QToolButton(this))
    , m_content(makeColumn())
{
    setSurface(this, Surface::Card);
    nameControl(this, QStringLiteral("monitor.card.") + id, title);
    nameControl(m_hide, QStringLiteral("monitor.card.%1.hide").arg(id), tr("Hide the card %1").arg(title));
    m_hide->setToolTip(tr("Hide this card; the menu of the tab shows it again"));
    m_hide->setIconSize(QSize(Theme::kRowIcon, Theme::kRowIcon));

    auto* head = makeRow();
    head->addWidget(m_icon);
    head->addWidget(makeLabel(title, TextRole::Section, this), 1);
    head->addWidget(m_hide);
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(4), Theme::unit(2), Theme::unit(3), Theme::unit(4));
    column->addLayout(head);
    column->addLayout(m_content);

    connect(m_hide, &QToolButton::clicked, this, &MonitorCard::hideRequested);
    connect(&theme, &Theme::changed, this, &MonitorCard::drawIcons);
    drawIcons();
}

void MonitorCard::drawIcons()
{
    const QSize size(Theme::kRowIcon, Theme::kRowIcon);
    m_icon->setPixmap(m_theme.icon(m_iconName, ColorToken::Muted).pixmap(size, devicePixelRatioF()));
    m_hide->setIcon(m_theme.icon(QStringLiteral("hide"), ColorToken::Muted));
}

const model::MetricSample* findFigure(const api::Measurement& measurement, const char* id)
{
    const auto found = std::find_if(measurement.figures.begin(), measurement.figures.end(),
                                    [id](const model::MetricSample& figure) { return figure.id == id; });
    return found == measurement.figures.end() ? nullptr : &*found;
}

} // namespace blazedb::views
