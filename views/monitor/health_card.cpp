// The card that says whether the database is well, and why not.
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/monitor/monitor_card.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

using api::HealthLevel;

ColorToken healthToken(HealthLevel level)
{
    switch (level) {
    case HealthLevel::Ok: return ColorToken::Ok;
    case HealthLevel::Warning: return ColorToken::Warn;
    case HealthLevel::Error: return ColorToken::Danger;
    }
    return ColorToken::Muted;
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* const item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

QString healthWord(HealthLevel level)
{
    switch (level) {
    case HealthLevel::Ok: return HealthCard::tr("Well");
    case HealthLevel::Warning: return HealthCard::tr("Warning");
    case HealthLevel::Error: return HealthCard::tr("Error");
    }
    return {};
}

QString healthIconName(HealthLevel level)
{
    switch (level) {
    case HealthLevel::Ok: return QStringLiteral("ok");
    case HealthLevel::Warning: return QStringLiteral("warning");
    case HealthLevel::Error: return QStringLiteral("error");
    }
    return {};
}

HealthCard::HealthCard(const Theme& theme, QWidget* parent)
    : MonitorCard(theme, QStringLiteral("health"), tr("Health"), QStringLiteral("tab-monitor"), parent)
    , m_theme(theme)
    , m_icon(new QLabel(this))
    , m_word(makeLabel({}, TextRole::Figure, this))
    , m_lastCheck(makeWrappedLabel({}, TextRole::Label, this))
    , m_reasons(makeColumn())
{
    nameControl(m_word, QStringLiteral("monitor.figure.health.level"), tr("Health"));
    m_lastCheck->setObjectName(QStringLiteral("monitor.health.lastCheck"));
    auto* row = makeRow();
    row->addWidget(m_icon);
    row->addWidget(m_word, 1);
    content()->addLayout(row);
    content()->addLayout(m_reasons);
    content()->addWidget(m_lastCheck);
    connect(&theme, &Theme::changed, this, &HealthCard::drawWord);
    showLastCheck({});
}

void HealthCard::drawWord()
{
    const QSize size(Theme::kTabIcon, Theme::kTabIcon);
    m_icon->setPixmap(m_theme.icon(healthIconName(m_level), healthToken(m_level)).pixmap(size, devicePixelRatioF()));
    m_word->setText(healthWord(m_level));
}

void HealthCard::show(const api::Measurement& measurement)
{
    m_level = measurement.health.level;
    drawWord();
    m_word->setProperty("value", static_cast<int>(m_level));
    m_word->setProperty("unit", QStringLiteral("level"));
    std::vector<std::string> messages;
    for (const api::HealthReason& reason : measurement.health.reasons) messages.push_back(reason.message);
    if (messages == m_shown && m_reasons->count() > 0) return; // focus stays on its button
    m_shown = std::move(messages);
    clearLayout(m_reasons);
    for (const api::HealthReason& reason : measurement.health.reasons) addReason(reason);
    if (measurement.health.reasons.empty())
        m_reasons->addWidget(makeWrappedLabel(tr("All figures are within their limits, and nothing damaged was met."), TextRole::Muted, this));
    updateGeometry();
}

void HealthCard::addReason(const api::HealthReason& reason)
{
    auto* part = new QWidget(this);
    part->setObjectName(QStringLiteral("monitor.health.reason"));
    part->setProperty("figure", toQString(reason.figure));
    auto* icon = new QLabel(part);
    const QSize size(Theme::kRowIcon, Theme::kRowIcon);
    icon->setPixmap(m_theme.icon(healthIconName(reason.level), healthToken(reason.level)).pixmap(size, devicePixelRatioF()));
    auto* words = makeColumn();
    words->setSpacing(Theme::unit());
    QLabel* const message = makeWrappedLabel(toQString(reason.message), TextRole::Body, part);
    message->setObjectName(QStringLiteral("monitor.health.reason.text"));
    words->addWidget(message);
    if (!reason.advice.empty()) words->addWidget(makeWrappedLabel(toQString(reason.advice), TextRole::Label, part));
    if (reason.action == api::HealthAction::Check) {
        auto* button = new QPushButton(tr("Check in Tests"), part);
        setButtonRole(button, ButtonRole::Link);
        nameControl(button, QStringLiteral("monitor.health.check"), tr("Check the database in Tests"));
        connect(button, &QPushButton::clicked, this, &HealthCard::checkRequested);
        words->addWidget(button, 0, Qt::AlignLeft);
    }
    auto* row = makeRow(part);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    m_reasons->addWidget(part);
}

void HealthCard::showLastCheck(const QString& text)
{
    m_lastCheck->setText(text.isEmpty() ? tr("Not checked in Tests yet.") : text);
}

} // namespace blazedb::views
