#include "views/widgets/theme_style_sheet.h"

#include <array>
#include <utility>

namespace blazedb::views {
namespace {

constexpr const char* kSheet = R"(
QToolTip { background: @base; color: @text; border: 1px solid @line; padding: 6px 8px; }
QMainWindow, QDialog { background: @window; }

QMenuBar { background: @window; border-bottom: 1px solid @line; padding: 2px 4px; }
QMenuBar::item { padding: 5px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @base; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @select; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }

QPushButton { background: @base; border: 1px solid @line; border-radius: 6px; padding: 6px 14px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @sunken; }
QPushButton:disabled { color: @muted; background: @window; }
QPushButton:focus { border: 2px solid @focus; padding: 5px 13px; }
QPushButton[buttonRole="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[buttonRole="primary"]:hover { background: @accentHover; }
QPushButton[buttonRole="primary"]:focus { border: 2px solid @text; }
QPushButton[buttonRole="primary"]:disabled { background: @sunken; color: @muted; border-color: @line; }
QPushButton[buttonRole="danger"] { color: @danger; border-color: @danger; }
QPushButton[buttonRole="link"] { color: @accent; background: transparent; border-color: transparent; padding: 6px 4px; text-align: left; }
QPushButton[buttonRole="link"]:hover { text-decoration: underline; }
QPushButton[buttonRole="link"]:focus { border: 2px solid @focus; padding: 5px 3px; }
QPushButton[buttonRole="link"]:disabled { color: @muted; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton[popupMode="1"], QToolButton[popupMode="2"] { padding-right: 16px; }
QToolButton::menu-indicator { subcontrol-position: right center; subcontrol-origin: padding; right: 4px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @select; }
QToolButton:focus { border: 1px solid @focus; }
QToolButton:disabled { color: @muted; }
QToolButton[textRole="label"] { font-size: @labelpt; color: @muted; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QComboBox {
    background: @base; color: @text; border: 1px solid @line; border-radius: 6px; padding: 6px 8px;
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus,
QComboBox:focus { border: 2px solid @focus; padding: 5px 7px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @muted; background: @window; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit[hasProblem="true"] { border: 2px solid @danger; padding: 5px 7px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/icons/ink/chevron-down-@ink.svg); width: 12px; height: 12px; }
QSpinBox { padding-right: 26px; }
QSpinBox:focus { padding-right: 25px; }
QSpinBox::up-button { border: none; width: 24px; subcontrol-origin: border; subcontrol-position: top right; }
QSpinBox::down-button { border: none; width: 24px; subcontrol-origin: border; subcontrol-position: bottom right; }
QSpinBox::up-arrow { image: url(:/icons/ink/chevron-up-@ink.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url(:/icons/ink/chevron-down-@ink.svg); width: 10px; height: 10px; }

QCheckBox { spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 2px; }
QCheckBox:focus { border-color: @focus; }
QCheckBox:disabled { color: @muted; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 4px; background: @base; }
QCheckBox::indicator:hover { border-color: @text; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/ink/check-@inkOnAccent.svg); }
QCheckBox::indicator:disabled { background: @window; }
QCheckBox::indicator:checked:disabled { background: @sunken; border-color: @muted; image: url(:/icons/ink/check-@ink.svg); }
QComboBox QAbstractItemView { background: @base; border: 1px solid @line; padding: 4px; }

QAbstractItemView { background: @base; color: @text; border: none; alternate-background-color: @base;
    selection-background-color: @select; selection-color: @text; outline: none; gridline-color: @line; }
QTreeView::item, QListView::item { padding: 4px 4px; border: @itemFrame solid transparent; }
QTreeView::item:hover, QListView::item:hover { background: @hover; }
QTreeView::item:selected, QListView::item:selected { background: @select; color: @text; @itemSelected }
QListView, QTreeView { border: 2px solid transparent; }
QListView:focus, QTreeView:focus { border: 2px solid @focus; }
QHeaderView { background: @sunken; border: none; }
QHeaderView::section { background: @sunken; color: @text; border: none; border-right: 1px solid @line;
    border-bottom: 1px solid @line; padding: 5px 8px; font-weight: 600; }
QTableView QTableCornerButton::section { background: @sunken; border: none; border-right: 1px solid @line;
    border-bottom: 1px solid @line; }

QListView[listRole="tabs"] { background: @window; padding: 6px; }
QListView[listRole="tabs"]::item { padding: 4px 6px; border-radius: 6px; margin: 1px 0; border: 1px solid transparent; }
QListView[listRole="tabs"]::item:selected { background: @select; color: @text; border: 1px solid @tabFrame; }
QTreeView[listRole="sources"] { background: @window; }
QTreeView[listRole="plain"]::item { padding: 6px 4px; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 7px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { background: @hover; color: @text; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar:focus { outline: none; }
QTabBar::tab:selected:focus { color: @text; border: 2px solid @focus; border-radius: 6px; padding: 5px 10px; }
QTabBar::close-button { image: url(:/icons/ink/close-@ink.svg); border-radius: 4px; padding: 2px; margin: 2px; subcontrol-position: right; }
QTabBar::close-button:hover { background: @select; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }

QStatusBar { background: @window; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover, QSplitter::handle:focus { background: @focus; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; margin: 0; }
QScrollBar:horizontal { height: 12px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: @sunken; border: none; border-radius: 3px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QFrame[surface="card"] { background: @base; border: 1px solid @line; border-radius: 6px; }
QFrame[surface="base"] { background: @base; border: none; }
QFrame[surface="sunken"] { background: @sunken; border: none; }
QFrame[surface="window"] { background: @window; border: none; }
QFrame[surface="popup"] { background: @base; border: 1px solid @line; border-radius: 8px; }
QFrame[surface="banner-info"] { background: @base; border: none; border-left: 3px solid @info; border-bottom: 1px solid @line; }
QFrame[surface="banner-warn"] { background: @base; border: none; border-left: 3px solid @warn; border-bottom: 1px solid @line; }
QFrame[surface="banner-danger"] { background: @base; border: none; border-left: 3px solid @danger; border-bottom: 1px solid @line; }
QFrame[surface="line"] { background: @line; border: none; }
QScrollArea { background: transparent; border: none; }

QLabel[textRole="title"] { font-size: @titlept; font-weight: 600; }
QLabel[textRole="section"] { font-size: @sectionpt; font-weight: 600; }
QLabel[textRole="figure"] { font-size: @figurept; }
QLabel[textRole="label"] { font-size: @labelpt; color: @muted; }
QLabel[textRole="muted"] { color: @muted; }
QLabel[textRole="problem"] { color: @danger; }
QLabel[textRole="warn"] { color: @warn; }
QLabel[textRole="ok"] { color: @ok; }
QLabel[textRole="info"] { color: @info; }
QLabel[textRole="code"] { font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; }
)";

/// `part` of the way from one colour to another.
QColor mixed(const QColor& from, const QColor& to, double part)
{
    const auto channel = [part](int a, int b) { return static_cast<int>(a + (b - a) * part + 0.5); };
    return QColor(channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue()));
}

/// A style sheet's pictures have their colour in the file: white ones for dark surfaces, nearly black ones for light ones.
QString inkFor(const QColor& text)
{
    return text.lightness() > 127 ? QStringLiteral("pale") : QStringLiteral("deep");
}

} // namespace

QString themeStyleSheet(const ColorTable& colors, double fontPointSize, bool isHighContrast)
{
    const auto color = [&colors](ColorToken token) { return colors[static_cast<std::size_t>(token)]; };
    const auto points = [fontPointSize](double factor) { return QString::number(fontPointSize * factor, 'f', 1) + QStringLiteral("pt"); };
    const QColor text = color(ColorToken::Text);
    // Longer names first: "@accentHover" must not be read as "@accent".
    const std::array<std::pair<const char*, QString>, 26> values{{
        {"@inkOnAccent", inkFor(color(ColorToken::OnAccent))},
        {"@ink", inkFor(text)},
        {"@accentHover", mixed(color(ColorToken::Accent), text, 0.12).name()},
        {"@onAccent", color(ColorToken::OnAccent).name()},
        {"@accent", color(ColorToken::Accent).name()},
        {"@itemSelected", isHighContrast ? QStringLiteral("border: 2px solid %1;").arg(color(ColorToken::Accent).name())
                                         : QStringLiteral("border-left: 3px solid %1;").arg(color(ColorToken::Accent).name())},
        {"@itemFrame", isHighContrast ? QStringLiteral("2px") : QStringLiteral("0px")},
        {"@tabFrame", isHighContrast ? color(ColorToken::Accent).name() : QStringLiteral("transparent")},
        {"@titlept", points(1.5)},
        {"@sectionpt", points(1.1)},
        {"@figurept", points(1.8)},
        {"@labelpt", points(0.9)},
        {"@scroll", mixed(color(ColorToken::Line), color(ColorToken::Muted), 0.35).name()},
        {"@hover", isHighContrast ? color(ColorToken::Base).name() : mixed(color(ColorToken::Window), text, 0.05).name()},
        {"@window", color(ColorToken::Window).name()},
        {"@sunken", color(ColorToken::Sunken).name()},
        {"@select", color(ColorToken::Select).name()},
        {"@danger", color(ColorToken::Danger).name()},
        {"@muted", color(ColorToken::Muted).name()},
        {"@focus", color(ColorToken::Focus).name()},
        {"@base", color(ColorToken::Base).name()},
        {"@line", color(ColorToken::Line).name()},
        {"@text", text.name()},
        {"@info", color(ColorToken::Info).name()},
        {"@warn", color(ColorToken::Warn).name()},
        {"@ok", color(ColorToken::Ok).name()},
    }};
    QString sheet = QString::fromLatin1(kSheet);
    for (const auto& [name, value] : values) {
        sheet.replace(QLatin1String(name), value);
    }
    return sheet;
}

} // namespace blazedb::views
