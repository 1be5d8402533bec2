#include "views/data/follow_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

#include "views/data/record_follow.h"
#include "views/data/record_parts.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kSoonMs = 250;
constexpr int kTickMs = 1'000;

QString timeText(const QDateTime& time)
{
    return formatClock(time);
}

} // namespace

FollowBar::FollowBar(RecordFollow& follow, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_follow(follow)
    , m_switch(makeIconButton(theme, QStringLiteral("activity"), QStringLiteral("data.follow"), tr("Follow: keep the records up with the database"), this))
    , m_pause(makeIconButton(theme, QStringLiteral("stop"), QStringLiteral("data.follow.pause"), tr("Pause following"), this))
    , m_freshness(makeLabel({}, TextRole::Muted, this))
    , m_refresh(new QPushButton(this))
    , m_figures(makeLabel({}, TextRole::Muted, this))
{
    m_switch->setText(tr("Follow"));
    m_switch->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_switch->setCheckable(true);
    m_pause->setText(tr("Pause"));
    m_pause->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_pause->setCheckable(true);
    m_freshness->setObjectName(QStringLiteral("data.freshness"));
    nameControl(m_refresh, QStringLiteral("data.freshness.refresh"), tr("Take newer changes over"));
    setButtonRole(m_refresh, ButtonRole::Link);
    m_refresh->setText(tr("Refresh"));
    m_figures->setObjectName(QStringLiteral("data.follow.figures"));
    auto* row = makeRow(this);
    row->addWidget(m_switch);
    row->addWidget(m_pause);
    row->addWidget(m_freshness);
    row->addWidget(m_refresh);
    row->addStretch(1);
    row->addWidget(m_figures);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    m_tick.setInterval(kTickMs);
    connect(&m_soon, &QTimer::timeout, this, &FollowBar::showState);
    connect(&m_tick, &QTimer::timeout, this, &FollowBar::showFigures);
    connect(&m_follow, &RecordFollow::changed, this, &FollowBar::showSoon);
    connect(m_switch, &QToolButton::toggled, this, &FollowBar::followToggled);
    connect(m_pause, &QToolButton::toggled, this, &FollowBar::pauseToggled);
    connect(m_refresh, &QPushButton::clicked, this, &FollowBar::refreshRequested);
    showState();
}

void FollowBar::showSoon()
{
    if (!m_soon.isActive()) m_soon.start();
}

void FollowBar::showState()
{
    const RecordFollow::Mode mode = m_follow.mode();
    const bool isUnavailable = mode == RecordFollow::Mode::Unavailable;
    const bool isFollowing = mode == RecordFollow::Mode::On || mode == RecordFollow::Mode::Paused;
    {
        const QSignalBlocker switchBlocker(m_switch);
        const QSignalBlocker pauseBlocker(m_pause);
        m_switch->setChecked(isFollowing);
        m_pause->setChecked(mode == RecordFollow::Mode::Paused);
    }
    m_switch->setEnabled(!isUnavailable);
    m_switch->setToolTip(isUnavailable ? tr("Not available here: %1").arg(errorHeadline(m_follow.feed().error()))
                                       : tr("Follow: keep the records up with the database"));
    m_pause->setVisible(isFollowing);
    m_figures->setVisible(isFollowing);
    if (isFollowing && !m_tick.isActive()) m_tick.start();
    if (!isFollowing) m_tick.stop();
    showFreshness();
    showFigures();
}

void FollowBar::showFreshness()
{
    const auto newer = m_follow.newerChanges();
    const bool isNewer = m_follow.mode() == RecordFollow::Mode::Off && newer != 0;
    const QDateTime shown = m_follow.shownSince();
    const QString asOf = shown.isValid() ? tr("as of %1").arg(timeText(shown)) : QString();
    const char* word = "as of";
    QString text = asOf;
    switch (m_follow.mode()) {
    case RecordFollow::Mode::Unavailable: word = "unavailable"; break;
    case RecordFollow::Mode::On:
        word = "live";
        text = tr("live");
        break;
    case RecordFollow::Mode::Paused:
        word = "paused";
        text = tr("paused, %1").arg(asOf);
        break;
    case RecordFollow::Mode::Off:
        if (!isNewer) break;
        word = "newer";
        text = newer ? tr("%n newer change(s)", nullptr, static_cast<int>(*newer)) : tr("newer changes");
        break;
    }
    setProperty("freshness", QString::fromLatin1(word));
    m_freshness->setText(text);
    m_freshness->setToolTip(isNewer ? asOf : QString());
    setTextRole(m_freshness, isNewer ? TextRole::Info : TextRole::Muted);
    m_refresh->setVisible(isNewer);
}

void FollowBar::showFigures()
{
    if (m_figures->isHidden()) return;
    const FeedFigures figures = m_follow.feed().figures();
    QStringList words{tr("changes %1").arg(formatRate(figures.changesPerSecond))};
    if (figures.lastAt.isValid()) words << tr("last %1").arg(timeText(figures.lastAt));
    words << tr("%1 coalesced").arg(formatCount(figures.coalesced)) << tr("%1 dropped").arg(formatCount(figures.dropped));
    m_figures->setText(words.join(QStringLiteral(" · ")));
    m_figures->setProperty("coalesced", QVariant::fromValue<qulonglong>(figures.coalesced));
    m_figures->setProperty("dropped", QVariant::fromValue<qulonglong>(figures.dropped));
    m_figures->setToolTip(tr("Coalesced: a later change of the same record was shown instead. Dropped: there were too many to be named; everything was read again."));
}

} // namespace blazedb::views
