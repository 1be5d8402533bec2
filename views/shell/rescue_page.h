// Rescue: writes what a damaged database still holds into a new database or a file of JSON lines, and says what is lost.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QTimer>
#include <QWidget>

#include "engine/base/guarded.h"
#include "views/shell/source_opener.h"
#include "views/shell/text_saving.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace blazedb::views {

class JobProgressStrip;
class JobRunner;
class Theme;

/// What is to be saved, and how to reach it.
struct RescueSubject {
    QString place;
    QString name;
    /// The open source; null: the page asks for its password and opens it, by its catalogue when that can be trusted.
    api::DataSource* open = nullptr;
};

/// Object names `sources.rescue.…`; the property `state` is "ready", "running", "cancelling", "done" or "failed". The damaged database
/// is only read; a database that is there is never replaced, another file only when its owner confirmed that. GUI thread only.
class RescuePage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all; an open source lives as long as `jobs`.
    RescuePage(SourceOpener& opener, JobRunner& jobs, Theme& theme, RescueSubject subject, SaveFileChooser choose, QWidget* parent = nullptr);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void openRequested(const QString& place);
    void reportRequested(const QString& text); ///< To be saved.

private:
    void build();
    void addTarget();
    void addPasswords();
    QWidget* makeOutcome();
    void chooseTarget();
    void changeForm();
    void follow(); ///< What can be done now, and why not.
    void showRules();
    /// What a run ended with, made on its worker: there can be very many findings.
    struct Told {
        bool isDatabase = false;
        quint64 written = 0;
        quint64 softDeleted = 0;
        quint64 lost = 0;
        QStringList lines = {}; ///< The first findings.
        quint64 linesLeftOut = 0;
        QString report = {};
    };
    struct Work;
    static Result<Told> save(SourceOpener& opener, const api::CallContext& context, Work& work);
    static Told toldOf(const SaveOutcome& outcome, const std::string& from, const std::string& to);

    void run();
    void finish(const Result<Told>& outcome);
    void waitForEnd();
    void showTold(const Told& told);
    void say(const QString& state, const QString& text);
    [[nodiscard]] QString target() const;
    [[nodiscard]] bool makesDatabase() const;
    [[nodiscard]] QString whyNot() const; ///< Empty: it can run.

    SourceOpener& m_opener;
    JobRunner& m_jobs;
    Theme& m_theme;
    RescueSubject m_subject;
    SaveFileChooser m_choose;
    QFormLayout* m_rows;
    QLineEdit* m_sourcePassword;
    QComboBox* m_form;
    QLineEdit* m_path;
    QPushButton* m_chooseButton;
    QLineEdit* m_password; ///< Of the new database.
    QLineEdit* m_again;
    QListWidget* m_rules;
    QPushButton* m_run;
    QLabel* m_whyNot;
    JobProgressStrip* m_progress;
    QLabel* m_message;
    QListWidget* m_losses;
    QPushButton* m_copyReport;
    QPushButton* m_report;
    QPushButton* m_openNew;
    QString m_reportText;
    QString m_written;   ///< Where the last run wrote to.
    QString m_confirmed; ///< A file that its owner chose in a dialog, which asks before one is replaced.
    bool m_isRunning = false;
    /// A cancelled run may have written all before it heard of that; what it left is said when its worker has ended.
    QTimer m_ending;
    std::weak_ptr<Work> m_work; ///< Gone when the worker has ended.
    std::shared_ptr<Guarded<std::optional<Told>>> m_result;
};

} // namespace blazedb::views
