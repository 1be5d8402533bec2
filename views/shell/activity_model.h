// The jobs of all sessions, running and finished, newest first.
#pragma once

#include <deque>

#include <QAbstractTableModel>
#include <QPointer>
#include <QString>

#include "views/session/job_runner.h"

namespace blazedb::views {

class Theme;

/// GUI thread only. Quiet jobs appear after 300 ms and leave when they end; at most kRowsMax finished jobs are kept.
class ActivityModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kRowsMax = 500;
    enum Column { Title, Source, Started, ProgressColumn, State, ColumnCount };
    enum Role { ShareRole = Qt::UserRole }; ///< Of ProgressColumn: 0 to 1 while running and known, else invalid.

    ActivityModel(const Theme& theme, QObject* parent = nullptr);

    /// Follows a runner until it is gone; `source` names the database in its rows.
    void follow(JobRunner& jobs, const QString& source);
    void cancel(int row);
    [[nodiscard]] bool isRunning(int row) const;
    [[nodiscard]] int runningCount() const; ///< Of the rows shown.
    void clearFinished();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void runningChanged();

private:
    struct Row {
        QPointer<JobRunner> runner; ///< Gone with its session; what it did stays listed.
        QString source;
        JobSnapshot job;
    };

    void update(JobRunner* runner, const QString& source, quint64 id);
    void insert(JobRunner* runner, const QString& source, const JobSnapshot& job);
    void removeRowAt(int row);
    [[nodiscard]] int rowOf(const JobRunner* runner, quint64 id) const;
    [[nodiscard]] QString text(const Row& row, int column) const;

    const Theme& m_theme;
    std::deque<Row> m_rows; ///< Newest first.
};

/// "12,000 of 1,000,000 records"; empty when nothing is known.
QString progressText(const api::Progress& progress);

} // namespace blazedb::views
