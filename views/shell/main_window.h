// The window: sources at the left, database tabs, the panel below, the status bar; knows tabs by their descriptors only.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QMainWindow>
#include <QPoint>
#include <QStringList>
#include <QTimer>

#include "engine/base/logger.h"
#include "views/shell/shell_parts.h"
#include "views/widgets/theme.h"

class QSplitter;
class QStackedWidget;

namespace blazedb::views {

class ActivityModel;
class BottomPanel;
class CommandPalette;
class DatabaseTabs;
class DatabaseView;
class EnvironmentStrip;
class FoundSources;
class JobLog;
class JobRunner;
class PlaceList;
class SourceMarks;
class SourcesPanel;
class StartPage;
class StatusStrip;
struct PaletteEntry;
struct WindowSet;

/// A program may have several windows. They share what WindowSet holds – one list of places, of jobs, of activities, one
/// registry of commands – and, of a database that more than one of them shows, the session: it is unlocked and locked in all
/// of them at once, and ends with the last tab that shows it. A tab moves between windows with all it shows. The list of
/// windows, with their places and tabs, comes back at the next start. The first window owns the others; closing it while others
/// are open leaves it hidden and empty. GUI thread only; never blocks.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    static constexpr int kWindowsMax = 20; ///< As many come back at the next start.

    /// The first window of a program. Registers the commands.
    explicit MainWindow(ShellParts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openPlaces(const QStringList& places); ///< A tab each; the first becomes current. Known ones are shown, not opened twice.
    void openAndUnlock(const QString& place);   ///< For a place whose password is public and filled in.
    void lockAll(const QString& why);           ///< Every open database of every window; `why` stands on the unlock pages.
    /// Every open database that may lock by itself (DatabaseView::locksItself). Dialogs and menus close first: they may show
    /// what is in one.
    void lockAutomatically(const QString& why);
    void showDetails(const QString& place);     ///< What is known of it without its password.
    void saveState();                           ///< Of all windows. Also done within a second of any change.
    /// For the first window: layout and databases of the last time, as locked tabs, in as many windows.
    void restoreState();
    void quit(); ///< Closes all windows; they come back at the next start.
    [[nodiscard]] std::vector<MainWindow*> windows() const; ///< That are open, the one that was active last at the end.
    [[nodiscard]] MainWindow* front(); ///< The open window that was active last; this one when none is.
    [[nodiscard]] PlaceList& places() { return *m_places; }
    [[nodiscard]] bool isBusy() const; ///< Work is under way, ordinary browsing included.
    [[nodiscard]] JobRunner& jobs() { return *m_jobs; } ///< For work that belongs to no database.

Q_SIGNALS:
    void themeChosen(blazedb::views::ThemeChoice choice); ///< By command; it is applied already.
    void closed();                                        ///< The last window is about to go; the program may quit.

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    explicit MainWindow(std::shared_ptr<WindowSet> set); ///< A further window.
    void begin();
    void build();
    void connectParts();
    void bindCommands();
    void bindFileCommands();
    void bindViewCommands();
    void bindWindowCommands();
    void bindHelpCommands();
    void setIcons();

    void refresh(); ///< Brings everything that depends on the tabs up to date.
    void refreshCommands();
    void refreshThemeMarks();
    void noteOpened(DatabaseView* view);
    void attach(DatabaseView* view); ///< What a view of an open database and its window have to do with each other.
    void log(LogLevel level, const QString& text); ///< For the log; English, without secrets.
    void saveText(const QString& title, const QString& suggestedName, const QString& text);
    void showSupportReport();
    void showFound();
    void showRescue(const QString& place);
    void closeRescuesOfLocked(); ///< Those that read out of a session which is about to end.
    [[nodiscard]] bool isRescuing() const;
    void refreshStrip();
    void askForFiles();
    void showPanel(bool isShown);
    void showSources(bool isShown);
    void setFolded(bool isFolded);
    void resetLayout();
    void showTab(int number);
    void showPalette();
    void showGoTo();
    [[nodiscard]] std::vector<PaletteEntry> commandEntries() const;
    [[nodiscard]] std::vector<PaletteEntry> goToEntries();
    [[nodiscard]] QList<QWidget*> panes() const;
    void walkPanes(int by);
    void askBeforeClosing(bool isForAll);
    void closeForGood(); ///< While others stay: its databases close.
    void saveSoon();
    void bindTabCommands();
    void refreshWindowCommands();
    MainWindow* openWindow(); ///< A further one, as large as this.
    void tearOff(const std::optional<QPoint>& at);
    void moveTabTo(MainWindow& other);
    void dropTab(QPoint at); ///< A tab dragged out of the bar.
    void showTabMenu(QPoint at);
    void showOtherWindow();
    void leaveSet();
    [[nodiscard]] bool isOnlyHere(const DatabaseView* view) const;
    [[nodiscard]] std::vector<DatabaseView*> viewsEverywhere() const;
    void writeState(const QString& prefix) const;
    void readState(const QString& prefix);

    std::shared_ptr<WindowSet> m_set;
    const ShellParts& m_parts; ///< Those of the set, as what follows.
    JobRunner* m_jobs;
    PlaceList* m_places;
    SourceMarks* m_marks;
    FoundSources* m_found;
    ActivityModel* m_activity;
    JobLog* m_jobLog;
    EnvironmentStrip* m_strip = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_rows = nullptr;
    SourcesPanel* m_sources = nullptr;
    QStackedWidget* m_middle = nullptr; ///< Start page or database tabs.
    StartPage* m_start = nullptr;
    DatabaseTabs* m_tabs = nullptr;
    BottomPanel* m_bottom = nullptr;
    StatusStrip* m_status = nullptr;
    CommandPalette* m_palette = nullptr;
    QTimer m_saveTimer;
    bool m_isFolded = false;
    bool m_isFirst = true;
    int m_number = 0; ///< In the order of making.
    bool m_mayClose = false;
};

} // namespace blazedb::views
