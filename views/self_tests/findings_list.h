// The findings of a run, or of two runs compared, with a filter.
#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "views/self_tests/test_run.h"

namespace blazedb::views {

class Theme;

/// A run lists at most some thousands of findings (its counts go on), so filtering here is quick. GUI thread only.
class TestFindingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Severity, Change, Rule, Record, Page, Reason, Advice, ColumnCount };

    explicit TestFindingsModel(const Theme& theme, QObject* parent = nullptr);

    void setFindings(std::vector<ComparedFinding> findings);
    /// Rows that hold every word of the text, in any column, whatever its case.
    void setFilter(const QString& text);
    [[nodiscard]] std::size_t total() const { return m_all.size(); } ///< Without the filter.
    [[nodiscard]] const model::Finding& finding(int row) const { return m_all[m_shown[static_cast<std::size_t>(row)]].finding; }
    [[nodiscard]] QString asTsv(const QList<int>& rows) const; ///< With a header line.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const ComparedFinding& found, int column) const;
    void filter();

    const Theme& m_theme;
    std::vector<ComparedFinding> m_all;
    std::vector<std::size_t> m_shown; ///< Positions in m_all.
    QString m_filter;
};

QString severityText(model::FindingSeverity severity); ///< Translated.

} // namespace blazedb::views
