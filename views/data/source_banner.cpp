#include "views/data/source_banner.h"

#include <QDateTime>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/data/record_parts.h"
#include "views/session/change_feed.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kPassingMs = 15'000;

QString clockText(std::chrono::system_clock::time_point time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return formatClock(QDateTime::fromMSecsSinceEpoch(ms));
}

} // namespace

SourceBanner::SourceBanner(const ChangeFeed& feed, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_feed(feed)
    , m_frame(makeFrame(Surface::BannerInfo, this))
    , m_text(makeWrappedLabel({}, TextRole::Body, m_frame))
    , m_advice(makeWrappedLabel({}, TextRole::Muted, m_frame))
    , m_close(makeIconButton(theme, QStringLiteral("close"), QStringLiteral("data.source.close"), tr("Close this message"), m_frame))
{
    setObjectName(QStringLiteral("data.source"));
    m_frame->setObjectName(QStringLiteral("data.source.banner"));
    m_text->setObjectName(QStringLiteral("data.source.text"));
    m_advice->setObjectName(QStringLiteral("data.source.advice"));
    auto* texts = makeColumn();
    texts->addWidget(m_text);
    texts->addWidget(m_advice);
    auto* row = makeRow(m_frame);
    row->setContentsMargins(Theme::unit(3), Theme::unit(), Theme::unit(), Theme::unit());
    row->addLayout(texts, 1);
    row->addWidget(m_close);
    makeColumn(this)->addWidget(m_frame);
    m_passing.setSingleShot(true);
    m_passing.setInterval(kPassingMs);
    connect(&m_passing, &QTimer::timeout, this, &SourceBanner::clear);
    connect(m_close, &QToolButton::clicked, this, &SourceBanner::clear);
    clear();
}

void SourceBanner::take(const std::vector<api::SourceEvent>& events)
{
    for (const api::SourceEvent& event : events) take(event);
}

void SourceBanner::take(const api::SourceEvent& event)
{
    using Kind = api::SourceEvent::Kind;
    const QString at = clockText(event.time);
    // A file that cannot be read is the news, whatever else is told, until it can be read again.
    if (m_isStale && event.kind != Kind::Removed && event.kind != Kind::Damaged && event.kind != Kind::Recovered) return;
    switch (event.kind) {
    case Kind::TransactionOpened:
        return show(QStringLiteral("open transaction"), tr("Another process has had a transaction open since %1. What it changes shows when it is committed.").arg(at), event);
    case Kind::TransactionEnded: return clear();
    case Kind::Rewritten: return show(QStringLiteral("rewritten"), tr("At %1 the database was written anew, as by a vacuum. The records are the same.").arg(at), event);
    case Kind::Replaced: return show(QStringLiteral("replaced"), tr("At %1 the database was replaced, as by a restore. What is shown follows the new one.").arg(at), event);
    case Kind::Removed:
        return show(QStringLiteral("removed"), tr("At %1 the database was removed. What is shown is its state of %2.").arg(at, clockText(m_feed.status().goodAt)), event);
    case Kind::Damaged:
        return show(QStringLiteral("damaged"), tr("Since %1 the database cannot be read. What is shown is its state of %2.").arg(at, clockText(m_feed.status().goodAt)), event);
    case Kind::Recovered: return show(QStringLiteral("recovered"), tr("Since %1 the database can be read again.").arg(at), event);
    }
}

void SourceBanner::show(const QString& state, const QString& text, const api::SourceEvent& event)
{
    m_isStale = event.kind == api::SourceEvent::Kind::Removed || event.kind == api::SourceEvent::Kind::Damaged;
    const bool isPassing = !m_isStale && event.kind != api::SourceEvent::Kind::TransactionOpened;
    setProperty("state", state);
    setSurface(m_frame, m_isStale ? Surface::BannerWarn : Surface::BannerInfo);
    m_text->setText(text);
    // The engine's words, for those who want to know more.
    m_advice->setText(m_isStale ? toQString(event.finding.message) : QString());
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_close->setVisible(!m_isStale);
    if (isPassing) m_passing.start();
    else m_passing.stop();
    QWidget::show();
}

void SourceBanner::clear()
{
    m_passing.stop();
    m_isStale = false;
    setProperty("state", QString());
    hide();
}

} // namespace blazedb::views
