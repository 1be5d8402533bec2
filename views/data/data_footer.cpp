#include "views/data/data_footer.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTimeZone>
#include <QToolButton>

#include "views/data/record_parts.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kLineCharacters = 22;

} // namespace

DataFooter::DataFooter(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_total(makeLabel({}, TextRole::Body, this))
    , m_selection(makeLabel({}, TextRole::Info, this))
    , m_sample(makeLabel({}, TextRole::Muted, this))
    , m_message(makeLabel({}, TextRole::Muted, this))
    , m_zone(new QToolButton(this))
    , m_find(new QLineEdit(this))
    , m_goTo(new QLineEdit(this))
{
    m_total->setObjectName(QStringLiteral("data.total"));
    m_selection->setObjectName(QStringLiteral("data.selection"));
    m_sample->setObjectName(QStringLiteral("data.sample"));
    m_message->setObjectName(QStringLiteral("data.message"));
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    nameControl(m_find, QStringLiteral("data.find"), tr("Find in view"));
    m_find->setPlaceholderText(tr("Find in view"));
    nameControl(m_goTo, QStringLiteral("data.goTo"), tr("Go to position or id"));
    m_goTo->setPlaceholderText(tr("Go to position or id"));
    for (QLineEdit* line : {m_find, m_goTo}) line->setMaximumWidth(line->fontMetrics().averageCharWidth() * kLineCharacters);
    m_zone->setFocusPolicy(Qt::StrongFocus);
    auto* previous = makeIconButton(theme, QStringLiteral("chevron-up"), QStringLiteral("data.find.previous"), tr("Find previous"), this);
    auto* next = makeIconButton(theme, QStringLiteral("chevron-down"), QStringLiteral("data.find.next"), tr("Find next"), this);
    auto* row = makeRow(this);
    row->addWidget(m_total);
    row->addWidget(m_selection);
    row->addWidget(m_sample);
    row->addWidget(m_message, 1);
    row->addWidget(m_zone);
    row->addWidget(m_find);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(m_goTo);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { Q_EMIT findRequested(true); });
    connect(previous, &QToolButton::clicked, this, [this] { Q_EMIT findRequested(false); });
    connect(next, &QToolButton::clicked, this, [this] { Q_EMIT findRequested(true); });
    connect(m_goTo, &QLineEdit::returnPressed, this, [this] { Q_EMIT goToRequested(m_goTo->text().trimmed()); });
    connect(m_zone, &QToolButton::clicked, this,
            [this] { Q_EMIT zoneChosen(m_zoneChoice == ZoneChoice::Local ? ZoneChoice::Utc : ZoneChoice::Local); });
    setZone(ZoneChoice::Local);
}

void DataFooter::showTotal(const model::Count& total)
{
    m_total->setText(total.certainty == model::Count::Certainty::Unknown ? tr("Counting…") : tr("%1 records").arg(formatCount(total)));
    m_total->setProperty("value", total.isExact() ? QVariant::fromValue<qulonglong>(total.value) : QVariant());
    m_total->setProperty("unit", QStringLiteral("records"));
}

void DataFooter::showSelection(qint64 selected, const model::Count& total)
{
    const auto count = static_cast<std::uint64_t>(selected);
    const bool isAll = selected > 1 && total.value == count;
    m_selection->setVisible(selected > 1);
    m_selection->setText(isAll ? tr("all %1 matching selected").arg(formatCount(total)) : tr("%1 selected").arg(formatCount(count)));
    m_selection->setProperty("value", selected);
}

void DataFooter::showSample(const QString& text)
{
    m_sample->setText(text);
}

void DataFooter::say(const QString& text)
{
    m_message->setText(text);
    m_message->setToolTip(text);
}

void DataFooter::setZone(ZoneChoice zone)
{
    m_zoneChoice = zone;
    const bool isUtc = zone == ZoneChoice::Utc;
    m_zone->setText(isUtc ? tr("UTC") : tr("Local time"));
    const QString offset = QDateTime::currentDateTime().toString(QStringLiteral("t"));
    m_zone->setToolTip(isUtc ? tr("Dates are shown in UTC; click for local time") : tr("Dates are shown in local time (%1); click for UTC").arg(offset));
    nameControl(m_zone, QStringLiteral("data.zone"), isUtc ? tr("Dates in UTC; switch to local time") : tr("Dates in local time; switch to UTC"));
}

QString DataFooter::findText() const
{
    return m_find->text();
}

void DataFooter::focusFind()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void DataFooter::focusGoTo()
{
    m_goTo->setFocus(Qt::ShortcutFocusReason);
    m_goTo->selectAll();
}

} // namespace blazedb::views
