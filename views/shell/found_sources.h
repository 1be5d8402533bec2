// The databases that a search of folders found; grows while the search runs.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include <QAbstractTableModel>
#include <QString>
#include <QTimer>

#include "engine/base/guarded.h"
#include "views/shell/source_opener.h"

namespace blazedb::views {

class JobRunner;

/// Rows in the order they were found; at most kRowsMax, those found after that are counted only. GUI thread only.
class FoundSources final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kRowsMax = 10'000;
    static constexpr int kTakenAtOnce = 500; ///< So that taking them never holds the window up.
    enum Column { Name, Folder, Format, Size, Changed, ColumnCount };
    enum Role { PlaceRole = Qt::UserRole, SortRole }; ///< SortRole: sizes and times as numbers.
    enum class State { NeverRun, Running, Done, Cancelled, Failed };

    /// Borrows both. Nothing is looked for before start().
    FoundSources(SourceOpener& opener, JobRunner& jobs, QObject* parent = nullptr);

    void start(const SearchOrder& order); ///< Forgets what was found before.
    void cancel();                        ///< At once; what was found stays.
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] quint64 filesSeen() const { return m_filesSeen; }          ///< So far.
    [[nodiscard]] quint64 found() const;                                     ///< So far, those that are no rows included.
    [[nodiscard]] const SearchOutcome& outcome() const { return m_outcome; } ///< Of the last search that ran to its end.
    [[nodiscard]] const Error& error() const { return m_error; }             ///< Why it failed.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void stateChanged(); ///< Also when more was seen or found.

private:
    struct Row {
        QString place;
        std::array<QString, ColumnCount> texts;
        qulonglong bytes = 0;
        qlonglong changedMs = 0;
    };
    /// What the worker found and the model has not taken yet: at most kRowsMax in a search.
    struct Found {
        std::vector<Row> rows; ///< Made on the worker: formatting thousands of dates takes its time.
        quint64 count = 0;
    };
    using Arrived = Guarded<Found>;

    static Row rowOf(const SourcePreview& preview);
    void takeArrived();
    void end(State state);

    SourceOpener& m_opener;
    JobRunner& m_jobs;
    std::vector<Row> m_rows;
    std::shared_ptr<Arrived> m_arrived; ///< Filled by the worker; a new one for each search, so that a late one is not heard.
    QTimer m_timer;                     ///< Takes what arrived ten times a second.
    State m_state = State::NeverRun;
    SearchOutcome m_outcome;
    Error m_error{ErrorCode::Internal, {}};
    quint64 m_job = 0;
    quint64 m_filesSeen = 0;
};

} // namespace blazedb::views
