// What is known of a database without its password, and what its user says about it.
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QTreeWidget;

namespace blazedb {
struct Error;
}

namespace blazedb::views {

class JobRunner;
class PlaceList;
class SourceMarks;
class SourceOpener;
struct SourcePreview;

/// Looks at the file each time it is shown. Object names `sources.details.…`; the property `state` is "loading", "ready" or "failed".
/// GUI thread only.
class SourceDetailsPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all.
    SourceDetailsPage(SourceOpener& opener, JobRunner& jobs, PlaceList& places, SourceMarks& marks, const QString& place, QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested(const QString& place);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    QWidget* makeFacts();
    QWidget* makeMarks();
    QWidget* makeButtons();
    void look();
    void showPreview(const SourcePreview& preview);
    void showProblem(const Error& error);
    void showMark();
    void showPinned();
    void keepMark();

    SourceOpener& m_opener;
    JobRunner& m_jobs;
    PlaceList& m_places;
    SourceMarks& m_marks;
    QString m_place;
    QString m_identity; ///< Empty when neither a look nor an opening told it yet.
    quint64 m_job = 0;
    QLabel* m_title;
    QLabel* m_problem;
    QLabel* m_format;
    QLabel* m_password;
    QLabel* m_size;
    QLabel* m_changed;
    QTreeWidget* m_parts;
    QLabel* m_findings;
    QCheckBox* m_pinned;
    QComboBox* m_environment;
    QLineEdit* m_tags;
    QLabel* m_markNote;
};

} // namespace blazedb::views
