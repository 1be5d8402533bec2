#include "views/shell/bottom_panel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/shell/activity_panel.h"
#include "views/shell/log_panel.h"
#include "views/shell/shell_parts.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

BottomPanel::BottomPanel(const ShellParts& parts, ActivityModel& activity, QWidget* parent)
    : QWidget(parent)
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("main.bottom"));
    nameControl(m_bar, QStringLiteral("main.bottom.tabs"), tr("Panels"));
    m_bar->addTab(tr("Activity"));
    m_bar->addTab(tr("Log"));
    m_bar->setExpanding(false);
    m_stack->setObjectName(QStringLiteral("main.bottom.pages"));
    m_stack->addWidget(new ActivityPanel(activity, m_stack));
    auto* const log = new LogPanel(parts.log, parts.theme, m_stack);
    m_stack->addWidget(log);
    connect(log, &LogPanel::exportRequested, this, [this, log] { Q_EMIT logExportRequested(log->shownText()); });
    connect(m_bar, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);

    auto* close = new QToolButton(this);
    nameControl(close, QStringLiteral("main.bottom.close"), tr("Close the panel"));
    close->setToolTip(tr("Close the panel"));
    close->setIcon(parts.theme.icon(QStringLiteral("close"), ColorToken::Muted));
    connect(close, &QToolButton::clicked, this, &BottomPanel::closeRequested);

    auto* head = makeRow();
    head->setContentsMargins(Theme::unit(2), 0, Theme::unit(2), 0);
    head->addWidget(m_bar, 1);
    head->addWidget(close);
    auto* column = makeColumn(this);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(makeHairline(this));
    column->addWidget(m_stack, 1);
}

void BottomPanel::showPage(Page page)
{
    m_bar->setCurrentIndex(page);
}

BottomPanel::Page BottomPanel::page() const
{
    return static_cast<Page>(m_bar->currentIndex());
}

} // namespace blazedb::views
