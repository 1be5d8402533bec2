// A line to type in and a list below: finds commands, tabs and databases by their letters.
#pragma once

#include <functional>
#include <vector>

#include <QFrame>
#include <QIcon>
#include <QPointer>
#include <QString>

class QLineEdit;
class QListWidget;

namespace blazedb::views {

class Theme;

struct PaletteEntry {
    QString title;
    QString detail; ///< Muted, at the end: the key, or where it is.
    QIcon icon;
    QString reasonOff; ///< Not empty: shown, but cannot be run.
    std::function<void()> run;
};

/// Lies over its parent while it is open. Enter runs, arrows choose, Esc closes and gives the focus back.
/// Object names `palette…`. GUI thread only.
class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    CommandPalette(const Theme& theme, QWidget* parent);

    void open(const QString& placeholder, std::vector<PaletteEntry> entries);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill(const QString& typed);
    void place();
    void close(bool givesFocusBack);
    void runCurrent();

    const Theme& m_theme;
    std::vector<PaletteEntry> m_entries;
    QPointer<QWidget> m_focusBefore;
    QLineEdit* m_input;
    QListWidget* m_list;
    QIcon m_noIcon; ///< Keeps titles without an icon in line with the others.
};

} // namespace blazedb::views
