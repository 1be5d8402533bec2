#include "views/shell/environment_strip.h"

#include <QPainter>

#include "views/widgets/color_tokens.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

EnvironmentStrip::EnvironmentStrip(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("main.environment"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void EnvironmentStrip::showEnvironment(Environment environment, const QString& about)
{
    m_environment = environment;
    m_text = environmentName(environment).toUpper() + QStringLiteral("  ·  ") + about;
    setAccessibleName(environmentName(environment) + QStringLiteral(", ") + about);
    setToolTip(about);
    setVisible(environment != Environment::None);
    update();
}

QSize EnvironmentStrip::sizeHint() const
{
    return {0, QFontMetrics(m_theme.labelFont()).height() + Theme::unit(2)};
}

void EnvironmentStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(environmentColor(m_environment)));
    QFont font = m_theme.labelFont();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    // White in every theme, as the colours of environments are the same in all of them.
    painter.setPen(lightColors()[static_cast<std::size_t>(ColorToken::Base)]);
    const QRect place = rect().adjusted(Theme::unit(3), 0, -Theme::unit(3), 0);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeading, QFontMetrics(font).elidedText(m_text, Qt::ElideMiddle, place.width()));
}

} // namespace blazedb::views
