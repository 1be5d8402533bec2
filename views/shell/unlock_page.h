// Asks for the password of a database and opens it.
#pragma once

#include <memory>

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace blazedb {
struct Error;
namespace api {
class DataSource;
}
} // namespace blazedb

namespace blazedb::views {

class JobRunner;
class SourceOpener;
class Theme;

/// Object names `unlock.…`. GUI thread only.
class UnlockPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all.
    UnlockPage(SourceOpener& opener, JobRunner& jobs, Theme& theme, const QString& place, QWidget* parent);

    void sayWhyLocked(const QString& why);

Q_SIGNALS:
    void opened(std::shared_ptr<blazedb::api::DataSource> source);

private:
    void unlock();
    void showProblem(const Error& error);

    SourceOpener& m_opener;
    JobRunner& m_jobs;
    QString m_place;
    QLabel* m_why;
    QLineEdit* m_password;
    QLabel* m_problem;
    QPushButton* m_unlock;
    quint64 m_job = 0;
};

} // namespace blazedb::views
