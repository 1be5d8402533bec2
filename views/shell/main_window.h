// The window: sources at the left, database tabs, the panel below, the status bar; knows tabs by their descriptors only.
#pragma once

#include <memory>

#include <QMainWindow>
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
class JobLog;
class JobRunner;
class PlaceList;
class SourcesPanel;
class StartPage;
class StatusStrip;
struct PaletteEntry;

/// GUI thread only; never blocks.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// Registers the window's commands, so at most one window per registry.
    explicit MainWindow(ShellParts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openPlaces(const QStringList& places); ///< A tab each; the first becomes current. Known ones are shown, not opened twice.
    void openAndUnlock(const QString& place);   ///< For a place whose password is public and filled in.
    void lockAll(const QString& why);           ///< Every open database; `why` stands on the unlock pages.
    /// Every open database that may lock by itself (DatabaseView::locksItself). Dialogs and menus close first: they may show
    /// what is in one.
    void lockAutomatically(const QString& why);
    void saveState();                           ///< Also done within a second of any change.
    void restoreState();                        ///< Layout, and the databases of the last time as locked tabs.
    [[nodiscard]] PlaceList& places() { return *m_places; }
    [[nodiscard]] bool isBusy() const; ///< Work is under way, ordinary browsing included.
    [[nodiscard]] JobRunner& jobs() { return *m_jobs; } ///< For work that belongs to no database.

Q_SIGNALS:
    void themeChosen(blazedb::views::ThemeChoice choice); ///< By command; it is applied already.
    void closed();                                        ///< The window is about to go; the program may quit.

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

private:
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
    void log(LogLevel level, const QString& text); ///< For the log; English, without secrets.
    void saveText(const QString& title, const QString& suggestedName, const QString& text);
    void showSupportReport();
    void askForFiles();
    void showPanel(bool isShown);
    void setFolded(bool isFolded);
    void resetLayout();
    void showTab(int number);
    void showPalette();
    void showGoTo();
    [[nodiscard]] std::vector<PaletteEntry> commandEntries() const;
    [[nodiscard]] std::vector<PaletteEntry> goToEntries();
    [[nodiscard]] QList<QWidget*> panes() const;
    void walkPanes(int by);
    void askBeforeClosing();
    void saveSoon();

    ShellParts m_parts;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<PlaceList> m_places;
    std::unique_ptr<ActivityModel> m_activity;
    std::unique_ptr<JobLog> m_jobLog;
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
    bool m_isRestored = false; ///< Before that nothing is saved, so that a failed start keeps the last layout.
    bool m_mayClose = false;
};

} // namespace blazedb::views
