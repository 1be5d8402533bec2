// The filter as rows under the filter line: conditions, and groups joined by and, or, not.
#pragma once

#include <QTimer>
#include <QWidget>

#include "views/data/filter_draft.h"
#include "views/data/filter_row.h"

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace blazedb::views {

/// Shows a FilterDraft. Object name `data.filter.rows`. GUI thread only.
class FilterPanel final : public QWidget {
    Q_OBJECT

public:
    /// More rows than this stay text: nobody reads them as rows, and each costs widgets.
    static constexpr std::size_t kRowsMax = 60;

    FilterPanel(const Theme& theme, QWidget* parent = nullptr);

    void setFields(const QList<FilterField>& fields); ///< What rows offer; rows that are shown keep what they say.
    /// Rows for the expression. Rows that say it already stay as they are, unfinished ones too.
    void setExpression(const model::Expression& expression);
    [[nodiscard]] model::Expression expression() const { return m_draft.toExpression(); }
    void addCondition(const QString& field); ///< A row for the field, ready to type into.
    void focusRows();

Q_SIGNALS:
    /// The rows say something else; comes 150 ms after the last key, or at once with Return.
    void edited();
    void left(); ///< Esc: back to the records.

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void rebuild();
    void buildRows(const FilterDraft::Path& path);
    void focusPath(const FilterDraft::Path& path);
    void announce();

    const Theme& m_theme;
    QList<FilterField> m_fields;
    FilterDraft m_draft;
    QTimer m_pause;
    QScrollArea* m_scroll;
    QWidget* m_page = nullptr;
    QVBoxLayout* m_column = nullptr;
    QLabel* m_tooMany;
    QList<FilterRow*> m_rows;
};

} // namespace blazedb::views
