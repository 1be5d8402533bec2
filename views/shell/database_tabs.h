// The database tabs of the window, and the pages that stand among them (settings, keys).
#pragma once

#include <functional>
#include <vector>

#include <QStringList>
#include <QTabWidget>

#include "views/shell/shell_parts.h"

namespace blazedb::views {

class DatabaseView;
class JobRunner;

/// Movable, closable; closed databases can be opened again. Object names `main.databases…`. GUI thread only.
class DatabaseTabs final : public QTabWidget {
    Q_OBJECT

public:
    static constexpr int kClosedMax = 20;

    /// Borrows both.
    DatabaseTabs(const ShellParts& parts, JobRunner& jobs, QWidget* parent = nullptr);
    ~DatabaseTabs() override;

    DatabaseView* open(const QString& place, bool becomesCurrent = true); ///< The tab of that place, made if there is none.
    /// Shows the page of that id, made by `make` if it is not there.
    void openPage(const QString& id, const QString& title, const QString& iconName, const std::function<QWidget*(QWidget*)>& make);
    void closeAt(int index);
    /// Gives the view away with all it shows, for another window; nullptr when there is no database at `index`.
    DatabaseView* release(int index);
    /// Takes a view over from another window and shows it; one of the same place that is here already goes.
    void adopt(DatabaseView* view);
    void noteClosed(const QStringList& places); ///< They can be opened again here.
    void reopenClosed();
    [[nodiscard]] bool canReopen() const { return !m_closed.isEmpty(); }
    void step(int by); ///< To the next or previous tab, around the end.

    [[nodiscard]] DatabaseView* current() const; ///< Null when a page or nothing is shown.
    [[nodiscard]] DatabaseView* find(const QString& place) const;
    [[nodiscard]] std::vector<DatabaseView*> views() const; ///< In the order of the tabs.

Q_SIGNALS:
    void changed(); ///< A tab came, went, moved, was opened or locked, or another is shown.
    void viewOpened(blazedb::views::DatabaseView* view);
    void rescueRequested(const QString& place); ///< Of the database there: save what is left.
    void viewLocked(blazedb::views::DatabaseView* view);
    void statusTextChanged();
    void draggedOut(QPoint at);            ///< The current tab, to this point of the screen.
    void menuRequested(QPoint at);         ///< For the current tab, at this point of the screen.

private:
    void follow(DatabaseView* view);
    void describe(DatabaseView* view);

    const ShellParts& m_parts;
    JobRunner& m_jobs;
    QStringList m_closed; ///< Places, newest last.
};

} // namespace blazedb::views
