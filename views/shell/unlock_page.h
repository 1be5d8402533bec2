// Asks for the password of a database and opens it; says what went wrong and what to do.
#pragma once

#include <memory>

#include <QTimer>
#include <QWidget>

#include "engine/base/secure_bytes.h"

class QCheckBox;
class QFrame;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace blazedb {
struct Error;
namespace api {
class DataSource;
struct SourceDescription;
}
} // namespace blazedb

namespace blazedb::views {

class JobRunner;
class RememberedSecrets;
class SourceOpener;
class Theme;
struct ShellParts;
struct SourcePreview;

/// Object names `unlock.…`; the property `state` is "locked", "opening" or "failed", and `unlock.problem` bears the error's code
/// as `outcome`. What no password can open offers another look instead of the password; what needs none does not ask for one.
/// GUI thread only.
class UnlockPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all. `publicPassword` is filled in: that of a sample; empty for other databases.
    UnlockPage(const ShellParts& parts, JobRunner& jobs, const QString& place, const QString& publicPassword, QWidget* parent);

    void sayWhyLocked(const QString& why);
    void unlock(); ///< With what stands in the field.

    bool eventFilter(QObject* watched, QEvent* event) override; ///< Sees capitals typed without Shift.

Q_SIGNALS:
    void rescueRequested(); ///< Save what is left of it into something new.
    void opened(std::shared_ptr<blazedb::api::DataSource> source);

private:
    void build(Theme& theme);
    void buildPassword(Theme& theme);
    void buildSwitches();
    void buildButtons();
    QLayout* makePlaceRow(Theme& theme);
    QFrame* makeCard(Theme& theme);
    void look();
    void showPreview(const SourcePreview& preview);
    /// What a try is made with: a stored password is not the person's mistake when it is wrong.
    enum class PasswordOrigin { Typed, Stored };
    void open(bool isRescue, SecureBytes password, PasswordOrigin origin);
    [[nodiscard]] SecureBytes typedPassword() const;
    void cancel();
    void askForStore();
    void unlockWithStored();
    void forgetStored();
    void refreshStored(); ///< Shows the ways that a stored password opens.
    void remember(const api::SourceDescription& about, SecureBytes password);
    void setOpening(bool isOpening);
    void showProblem(const Error& error, PasswordOrigin origin);
    void showWhatItIs(const Error& error); ///< The page when the file itself is the problem.
    void setAsking(bool isAsking);
    void holdBack();
    void countDown();

    SourceOpener& m_opener;
    RememberedSecrets* m_secrets;
    JobRunner& m_jobs;
    QString m_place;
    QString m_identity; ///< Empty until the file was looked at.
    bool m_needsPassword = true;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_remarks;
    QLabel* m_why;
    QToolButton* m_copy;
    QWidget* m_form; ///< What belongs to the password.
    QWidget* m_switches;
    QLineEdit* m_password;
    QToolButton* m_reveal;
    QLabel* m_capsLock;
    QLabel* m_problem;
    QLabel* m_advice;
    QLabel* m_details;
    QPushButton* m_useStored;
    QPushButton* m_forget;
    QCheckBox* m_remember;
    QLabel* m_rememberWhy = nullptr;
    QCheckBox* m_readOnly;
    QProgressBar* m_progress;
    QPushButton* m_unlock;
    QPushButton* m_cancel;
    QPushButton* m_rescue;
    QPushButton* m_saveRest; ///< Asks for a rescue into something new.
    QPushButton* m_retry;
    bool m_canRescue = false;
    QTimer m_delay; ///< Runs while a wrong password holds the next try back.
    int m_secondsLeft = 0;
    int m_wrongPasswords = 0;
    quint64 m_job = 0;
};

} // namespace blazedb::views
