// The runs of tests on one database, kept across restarts: which rules, how they went, which records and pages – never a
// message, which might quote what a record holds.
#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QByteArray>

#include "views/self_tests/test_run.h"

namespace blazedb::views {

class StateStore;
class Theme;

/// As kept: JSON with a version. Findings beyond kFindingsKept of a run are counted and left out. Pure.
QByteArray historyToJson(const std::vector<TestRun>& runs);
/// What cannot be read is left out: an unknown version, a broken run.
std::vector<TestRun> historyFromJson(const QByteArray& json);

/// Newest first. GUI thread only.
class RunHistory final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr std::size_t kRunsMax = 30;
    static constexpr std::size_t kFindingsKept = 500; ///< Of one run, across restarts.
    enum Column { When, Tests, Outcome, ColumnCount };

    /// Borrows both. `key` is where the runs are kept.
    RunHistory(StateStore& state, QString key, const Theme& theme, QObject* parent = nullptr);

    void add(TestRun run);
    [[nodiscard]] const TestRun& run(int row) const { return m_runs[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    StateStore& m_state;
    const QString m_key;
    const Theme& m_theme;
    std::vector<TestRun> m_runs;
};

/// "sound", "problems: 2", "sound, remarks: 3". Translated.
QString runOutcomeText(const TestRun& run);
/// "full, tests: 13".
QString runTestsText(const TestRun& run);

} // namespace blazedb::views
