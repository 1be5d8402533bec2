#include "views/shell/status_strip.h"

#include <QLabel>
#include <QToolButton>

#include "views/session/session.h"
#include "views/shell/activity_model.h"
#include "views/shell/database_view.h"
#include "views/shell/source_view.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

StatusStrip::StatusStrip(const Theme& theme, ActivityModel& activity, QWidget* parent)
    : QStatusBar(parent)
    , m_theme(theme)
    , m_activity(activity)
    , m_stateIcon(new QLabel(this))
    , m_state(makeLabel({}, TextRole::Label, this))
    , m_mode(makeLabel({}, TextRole::Label, this))
    , m_rows(makeLabel({}, TextRole::Label, this))
    , m_tasks(new QToolButton(this))
{
    nameControl(this, QStringLiteral("main.status"), tr("Status"));
    setSizeGripEnabled(false);
    m_state->setObjectName(QStringLiteral("main.status.state"));
    m_mode->setObjectName(QStringLiteral("main.status.mode"));
    m_rows->setObjectName(QStringLiteral("main.status.rows"));
    nameControl(m_tasks, QStringLiteral("main.status.tasks"), tr("Running tasks"));
    m_tasks->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_tasks->setIconSize(QSize(Theme::kRowIcon, Theme::kRowIcon));
    m_tasks->setIcon(theme.icon(QStringLiteral("activity"), ColorToken::Muted));
    setContentsMargins(Theme::unit(2), 0, Theme::unit(), 0);
    for (QLabel* part : {m_state, m_mode}) part->setContentsMargins(0, 0, Theme::unit(3), 0);
    setStyleProperty(m_tasks, "textRole", QStringLiteral("label"));
    addWidget(m_stateIcon);
    addWidget(m_state);
    addWidget(m_mode);
    addWidget(m_rows, 1);
    addPermanentWidget(m_tasks);
    connect(m_tasks, &QToolButton::clicked, this, &StatusStrip::activityRequested);
    connect(&activity, &ActivityModel::runningChanged, this, &StatusStrip::showRunning);
    showView(nullptr);
    showRunning();
}

void StatusStrip::setIcon(QLabel* label, const QString& iconName)
{
    const QSize size(Theme::kRowIcon, Theme::kRowIcon);
    label->setPixmap(m_theme.icon(iconName, ColorToken::Muted).pixmap(size, devicePixelRatioF()));
    label->setVisible(!iconName.isEmpty());
}

void StatusStrip::showView(const DatabaseView* view)
{
    const Session* const session = view ? view->session() : nullptr;
    if (!session) {
        setIcon(m_stateIcon, view ? QStringLiteral("lock") : QString());
        m_state->setText(view ? tr("Locked") : tr("No database is shown"));
        m_mode->clear();
        m_rows->clear();
        return;
    }
    const api::SourceDescription& about = session->description();
    setIcon(m_stateIcon, about.isRescue ? QStringLiteral("rescue") : QStringLiteral("unlock"));
    m_state->setText(about.isRescue ? tr("Rescue view") : tr("Open"));
    m_mode->setText(about.isReadOnly ? tr("Read-only") : QString());
    m_mode->setToolTip(about.isReadOnly ? tr("This database can be looked at, not changed.") + QLatin1Char('\n') + toQString(about.readOnlyReason)
                                        : QString());
    m_rows->setText(view->sourceView()->statusText());
}

void StatusStrip::showRunning()
{
    const int count = m_activity.runningCount();
    m_tasks->setText(count == 0 ? tr("No tasks") : tr("Tasks: %1").arg(formatCount(static_cast<std::uint64_t>(count))));
    m_tasks->setToolTip(tr("Show what runs and what ran"));
}

} // namespace blazedb::views
