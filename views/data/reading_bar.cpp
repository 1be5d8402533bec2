#include "views/data/reading_bar.h"

#include <chrono>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/data/record_table_model.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr std::chrono::milliseconds kPatience{300};
constexpr std::chrono::milliseconds kTick{100};
constexpr int kPerMille = 1000;

QString readText(const api::Progress& progress)
{
    if (progress.done == 0) return {};
    return progress.total ? ReadingBar::tr("%1 of about %2 records read").arg(formatCount(progress.done), formatCount(*progress.total))
                          : ReadingBar::tr("%1 records read").arg(formatCount(progress.done));
}

} // namespace

ReadingBar::ReadingBar(RecordTableModel& records, QWidget* parent)
    : QWidget(parent)
    , m_records(records)
{
    setObjectName(QStringLiteral("data.reading"));
    buildBusy();
    buildBanner();
    auto* column = makeColumn(this);
    column->addWidget(m_busy);
    column->addWidget(m_banner);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    m_tick.setInterval(kTick);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        showProgress();
        m_busy->show();
        m_tick.start();
    });
    connect(&m_tick, &QTimer::timeout, this, &ReadingBar::showProgress);
    connect(&records, &RecordTableModel::stateChanged, this, &ReadingBar::follow);
    connect(&records, &RecordTableModel::problemChanged, this, &ReadingBar::showProblem);
    m_banner->hide();
    follow();
}

void ReadingBar::buildBusy()
{
    m_busy = new QWidget(this);
    m_busy->setObjectName(QStringLiteral("data.busy"));
    m_busyText = makeLabel({}, TextRole::Muted, m_busy);
    m_busyText->setObjectName(QStringLiteral("data.busy.text"));
    m_progress = new QProgressBar(m_busy);
    nameControl(m_progress, QStringLiteral("data.busy.progress"), tr("How far reading is"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Theme::unit(1) + 2);
    auto* cancel = new QPushButton(tr("Cancel"), m_busy);
    nameControl(cancel, QStringLiteral("data.busy.cancel"), tr("Cancel reading"));
    connect(cancel, &QPushButton::clicked, &m_records, &RecordTableModel::cancel);
    auto* row = makeRow(m_busy);
    row->addWidget(m_busyText);
    row->addWidget(m_progress, 1);
    row->addWidget(cancel);
}

void ReadingBar::buildBanner()
{
    m_banner = makeFrame(Surface::BannerWarn, this);
    m_banner->setObjectName(QStringLiteral("data.banner"));
    m_bannerText = makeWrappedLabel({}, TextRole::Body, m_banner);
    m_bannerText->setObjectName(QStringLiteral("data.banner.text"));
    m_details = makeWrappedLabel({}, TextRole::Code, m_banner);
    nameControl(m_details, QStringLiteral("data.banner.details"), tr("Details"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_fold = new QToolButton(m_banner);
    nameControl(m_fold, QStringLiteral("data.banner.fold"), tr("Details"));
    m_fold->setText(tr("Details"));
    m_fold->setCheckable(true);
    connect(m_fold, &QToolButton::toggled, m_details, &QLabel::setVisible);
    auto* retry = new QPushButton(tr("Try Again"), m_banner);
    nameControl(retry, QStringLiteral("data.banner.retry"), tr("Try to read again"));
    connect(retry, &QPushButton::clicked, this, &ReadingBar::retryRequested);
    auto* row = makeRow();
    row->addWidget(m_bannerText, 1);
    row->addWidget(m_fold);
    row->addWidget(retry);
    auto* column = makeColumn(m_banner);
    column->setContentsMargins(Theme::unit(3), Theme::unit(), Theme::unit(), Theme::unit());
    column->addLayout(row);
    column->addWidget(m_details);
}

void ReadingBar::follow()
{
    if (m_records.state() == RecordTableModel::State::Loading) {
        if (!m_busy->isVisible()) m_patience.start();
        return;
    }
    m_patience.stop();
    m_tick.stop();
    m_busy->hide();
}

void ReadingBar::showProgress()
{
    const ReadFacts facts = m_records.readFacts();
    const QString read = readText(facts.progress);
    m_busyText->setText(read.isEmpty() ? tr("Reading records, %1").arg(formatDuration(facts.elapsed)) : read);
    const auto total = facts.progress.total.value_or(0);
    m_progress->setRange(0, total > 0 ? kPerMille : 0);
    if (total > 0) m_progress->setValue(static_cast<int>(facts.progress.done * kPerMille / total));
}

QString ReadingBar::cancelledText() const
{
    const ReadFacts facts = m_records.readFacts();
    const QString read = readText(facts.progress);
    const QString after = formatDuration(facts.elapsed);
    return read.isEmpty() ? tr("Cancelled after %1.").arg(after) : tr("Cancelled after %1, %2.").arg(after, read);
}

void ReadingBar::showProblem()
{
    m_banner->setVisible(m_records.hasProblem());
    if (!m_records.hasProblem()) return;
    const Error& error = m_records.error();
    const bool isCancelled = error.code == ErrorCode::Cancelled;
    const QString what = isCancelled ? cancelledText() : errorHeadline(error);
    m_bannerText->setText(m_records.isEarlier()    ? tr("%1 The records of the query before are still shown.").arg(what)
                          : m_records.isOutdated() ? tr("%1 What was read before is still shown.").arg(what)
                                                   : tr("%1 Some of the records are not shown.").arg(what));
    setProperty("state", m_records.isEarlier() ? (isCancelled ? QStringLiteral("cancelled") : QStringLiteral("failed")) : QStringLiteral("partial"));
    m_details->setText(toQString(errorCodeName(error.code)) + QStringLiteral(": ") + toQString(error.message));
    m_fold->setVisible(!isCancelled);
    m_fold->setChecked(false);
    m_details->hide();
}

} // namespace blazedb::views
