// The visible values of look.md: colour tokens in three tables, fonts, measures, icons. Views name tokens, never colours.
#pragma once

#include <memory>

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

namespace blazedb::views {

enum class ThemeChoice { System, Light, Dark, HighContrast };
enum class Faces { Own, System };             ///< Inter and JetBrains Mono, or the fonts of the system.
enum class RowDensity { Dense, Usual, Airy }; ///< Height of the rows of grids.

enum class ColorToken {
    Window, Base, Sunken, Line, Text, Muted, Accent, OnAccent, Focus, Select, Info, Ok, Warn, Danger,
    Pending, Inserted, Removed, Null,
    Series1, Series2, Series3, Series4, Series5, Series6, Series7, Series8,
    Development, Test, Production,
};

/// GUI thread only. main() makes one and hands it down; it sets the application's palette, style and font.
class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);
    ~Theme() override;

    void apply(ThemeChoice choice); ///< Switches live; emits changed().
    [[nodiscard]] ThemeChoice choice() const;
    /// `percent` of the usual size of texts, kTextPercentMin to kTextPercentMax; others are brought into these bounds.
    void setType(Faces faces, int percent);
    void setDensity(RowDensity density);
    static constexpr int kTextPercentMin = 80;
    static constexpr int kTextPercentMax = 200;
    [[nodiscard]] bool isDark() const;
    [[nodiscard]] bool isHighContrast() const;

    [[nodiscard]] QColor color(ColorToken token) const;
    [[nodiscard]] QFont interfaceFont() const;
    [[nodiscard]] QFont monospaceFont() const; ///< Values, ids, code: tabular figures.
    [[nodiscard]] QFont titleFont() const;     ///< 1.5
    [[nodiscard]] QFont figureFont() const;    ///< 1.8
    [[nodiscard]] QFont sectionFont() const;   ///< 1.1 semibold
    [[nodiscard]] QFont labelFont() const;     ///< 0.9

    /// One of our own icons, drawn in the text colour of the palette: "open", "lock", "filter", …; empty for an unknown name.
    /// It follows the theme by itself; a disabled one is muted.
    [[nodiscard]] QIcon icon(const QString& name) const;
    /// The same in the colour of a token, for signs: a warning, an error.
    [[nodiscard]] QIcon icon(const QString& name, ColorToken token) const;

    static int unit(int steps = 1); ///< `steps` × 4 px at 100 %.
    static int rowHeight();         ///< Font height + 10.
    static int fieldHeight();       ///< Font height + 14.
    [[nodiscard]] int gridRowHeight() const; ///< Font height + 4, 10 or 18, by density.
    static constexpr int kRowIcon = 16;
    static constexpr int kToolIcon = 20;
    static constexpr int kTabIcon = 24;
    static constexpr int kPageIcon = 48;

    bool eventFilter(QObject* watched, QEvent* event) override; ///< Sees the system's theme change.

Q_SIGNALS:
    void changed();

private:
    void refresh();
    void chooseFonts();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::views
