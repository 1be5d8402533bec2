#include "views/widgets/theme.h"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QStyle>
#include <QStyleFactory>
#include <QWindow>

#include "views/widgets/color_tokens.h"
#include "views/widgets/icon_engine.h"
#include "views/widgets/theme_style_sheet.h"

static void registerResources()
{
    Q_INIT_RESOURCE(resources); // outside any namespace, as the macro asks
}

namespace blazedb::views {

struct Theme::State {
    ThemeChoice choice = ThemeChoice::System;
    bool isDark = false;
    bool isHighContrast = false;
    bool isRefreshing = false;
    std::shared_ptr<ActiveColors> colors = std::make_shared<ActiveColors>();
    QFont systemFont; ///< As the system said before we had one of our own.
    QFont interfaceFont;
    QFont monospaceFont;
    Faces faces = Faces::Own;
    int textPercent = 100;
    RowDensity density = RowDensity::Usual;
};

namespace {

constexpr double kUsualPointSize = 10;

QFont interfaceFontFrom(const QFont& system, Faces faces, int percent)
{
    QFont font = system;
    font.setPointSizeF(std::max(kUsualPointSize, system.pointSizeF()) * percent / 100);
    if (faces == Faces::Own && QFontDatabase::hasFamily(QStringLiteral("Inter"))) font.setFamilies({QStringLiteral("Inter"), system.family()});
    return font;
}

QFont monospaceFontFrom(const QFont& interface, Faces faces)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (faces == Faces::Own && QFontDatabase::hasFamily(QStringLiteral("JetBrains Mono")))
        font.setFamilies({QStringLiteral("JetBrains Mono"), font.family()});
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(interface.pointSizeF());
    return font;
}

QFont scaled(QFont font, double factor, QFont::Weight weight = QFont::Normal)
{
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setWeight(weight);
    return font;
}

QPalette paletteOf(const ColorTable& table)
{
    const auto color = [&table](ColorToken token) { return table[static_cast<std::size_t>(token)]; };
    const QColor text = color(ColorToken::Text);
    QPalette palette(text, color(ColorToken::Base), color(ColorToken::Line), color(ColorToken::Muted), color(ColorToken::Line),
                     text, text, color(ColorToken::Base), color(ColorToken::Window));
    palette.setColor(QPalette::Button, color(ColorToken::Base));
    palette.setColor(QPalette::AlternateBase, color(ColorToken::Base));
    palette.setColor(QPalette::ToolTipBase, color(ColorToken::Base));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, color(ColorToken::Muted));
    palette.setColor(QPalette::Highlight, color(ColorToken::Accent));
    palette.setColor(QPalette::HighlightedText, color(ColorToken::OnAccent));
    palette.setColor(QPalette::Link, color(ColorToken::Accent));
    palette.setColor(QPalette::LinkVisited, color(ColorToken::Accent));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(ColorToken::Muted));
    return palette;
}

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_state(std::make_unique<State>())
{
    registerResources();
    m_state->systemFont = QApplication::font();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    chooseFonts();
    qApp->installEventFilter(this);
    refresh();
}

Theme::~Theme() = default;

void Theme::apply(ThemeChoice choice)
{
    m_state->choice = choice;
    refresh();
}

void Theme::setType(Faces faces, int percent)
{
    percent = std::clamp(percent, kTextPercentMin, kTextPercentMax);
    if (faces == m_state->faces && percent == m_state->textPercent) return;
    m_state->faces = faces;
    m_state->textPercent = percent;
    chooseFonts();
    refresh();
}

void Theme::setDensity(RowDensity density)
{
    if (density == m_state->density) return;
    m_state->density = density;
    Q_EMIT changed();
}

void Theme::chooseFonts()
{
    m_state->interfaceFont = interfaceFontFrom(m_state->systemFont, m_state->faces, m_state->textPercent);
    m_state->monospaceFont = monospaceFontFrom(m_state->interfaceFont, m_state->faces);
    QApplication::setFont(m_state->interfaceFont);
}

int Theme::gridRowHeight() const
{
    const int air = m_state->density == RowDensity::Dense ? 4 : m_state->density == RowDensity::Usual ? 10 : 18;
    return QFontMetrics(QApplication::font()).height() + air;
}

void Theme::refresh()
{
    m_state->isRefreshing = true;
    QApplication::setPalette(QPalette()); // back to the system's, to see which it is
    const QPalette system = QApplication::palette();
    const bool isSystemDark = system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();

    m_state->isHighContrast = m_state->choice == ThemeChoice::HighContrast;
    m_state->isDark = m_state->choice == ThemeChoice::Dark || (m_state->choice != ThemeChoice::Light && isSystemDark);
    m_state->colors->table = m_state->isHighContrast ? highContrastColors(system)
                             : m_state->isDark       ? darkColors()
                                                     : lightColors();
    QApplication::setPalette(paletteOf(m_state->colors->table));
    qApp->setStyleSheet(
        themeStyleSheet(m_state->colors->table, m_state->interfaceFont.pointSizeF(), m_state->isHighContrast));
    m_state->isRefreshing = false;
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    // The system announces a new theme to each window; the first says it for all.
    if (event->type() == QEvent::ThemeChange && watched->isWindowType() && !m_state->isRefreshing
        && (m_state->choice == ThemeChoice::System || m_state->choice == ThemeChoice::HighContrast))
        refresh();
    return QObject::eventFilter(watched, event);
}

ThemeChoice Theme::choice() const { return m_state->choice; }
bool Theme::isDark() const { return m_state->isDark; }
bool Theme::isHighContrast() const { return m_state->isHighContrast; }
QColor Theme::color(ColorToken token) const { return m_state->colors->table[static_cast<std::size_t>(token)]; }
QFont Theme::interfaceFont() const { return m_state->interfaceFont; }
QFont Theme::monospaceFont() const { return m_state->monospaceFont; }
QFont Theme::titleFont() const { return scaled(m_state->interfaceFont, 1.5, QFont::DemiBold); }
QFont Theme::figureFont() const { return scaled(m_state->interfaceFont, 1.8); }
QFont Theme::sectionFont() const { return scaled(m_state->interfaceFont, 1.1, QFont::DemiBold); }
QFont Theme::labelFont() const { return scaled(m_state->interfaceFont, 0.9); }

QIcon Theme::icon(const QString& name) const
{
    return icon(name, ColorToken::Text);
}

QIcon Theme::icon(const QString& name, ColorToken token) const
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (name.isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
    return QIcon(new LineIconEngine(name, file.readAll(), token, m_state->colors));
}

int Theme::unit(int steps) { return 4 * steps; }
int Theme::rowHeight() { return QFontMetrics(QApplication::font()).height() + 10; }
int Theme::fieldHeight() { return QFontMetrics(QApplication::font()).height() + 14; }

} // namespace blazedb::views
