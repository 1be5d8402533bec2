// One database tab: the unlock page while it is locked, the source's tabs while it is open.
#pragma once

#include <memory>

#include <QWidget>

#include "views/shell/shell_parts.h"

class QStackedLayout;

namespace blazedb::api {
class DataSource;
}

namespace blazedb::views {

class JobRunner;
class SourceView;
class UnlockPage;

/// Holds the session of its place together with the views of other windows: unlocking or locking one does it to all. It may
/// move from window to window with everything it shows. GUI thread only.
class DatabaseView final : public QWidget {
    Q_OBJECT

public:
    /// Borrows `parts` and `jobs`, which runs what has no session yet.
    DatabaseView(const ShellParts& parts, JobRunner& jobs, const QString& place, QWidget* parent = nullptr);
    ~DatabaseView() override;

    [[nodiscard]] const QString& place() const { return m_place; }
    [[nodiscard]] QString name() const; ///< Of the source when it is open, else of the place.
    [[nodiscard]] bool isLocked() const { return m_session == nullptr; }
    [[nodiscard]] Session* session() const { return m_session.get(); }
    [[nodiscard]] SourceView* sourceView() const { return m_sourceView; } ///< Null while it is locked.

    /// Something that a person started and that is not done; ordinary browsing does not count.
    [[nodiscard]] bool hasTasks() const;

    /// Whether it locks when nobody is there, on sleep and with the screen; kept by the identity of the source. True when locked.
    [[nodiscard]] bool locksItself() const;
    void setLocksItself(bool isOn); ///< Nothing while it is locked.

    /// Shows what another window has unlocked; nothing when the place is locked or this is open already.
    void join();
    void leave(); ///< It is closed and will be deleted soon: nobody joins a session that only it holds.
    /// As the user's Unlock; nothing when it is open.
    void unlock();
    /// In every window: destroys all widgets and caches of the session and shows the unlock page. `why` is said there; may be
    /// empty.
    void lock(const QString& why = {});

Q_SIGNALS:
    void opened(); ///< From locked to open.
    void locked();
    void rescueRequested(); ///< Save what is left of the database into something new.
    void statusTextChanged();

private:
    void showUnlockPage(const QString& why);
    void take(const std::shared_ptr<api::DataSource>& source);
    void letGo(const QString& why);
    void dropSession();
    [[nodiscard]] QString locksItselfKey() const;

    const ShellParts& m_parts;
    JobRunner& m_jobs;
    QString m_place;
    QStackedLayout* m_layout;
    std::shared_ptr<Session> m_session;
    UnlockPage* m_unlockPage = nullptr;
    SourceView* m_sourceView = nullptr;
};

} // namespace blazedb::views
