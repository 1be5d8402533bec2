// One row of the filter panel: a condition, the head of a group, or a text that no row can show.
#pragma once

#include <functional>
#include <optional>

#include <QList>
#include <QWidget>

#include "views/data/filter_draft.h"

class QComboBox;
class QHBoxLayout;

namespace blazedb::views {

class FilterValueEdit;
class Theme;

/// A field that a row can ask for, with what it mostly holds; nullopt: mixed or not known.
struct FilterField {
    QString name;
    std::optional<model::ValueKind> kind;
    friend bool operator==(const FilterField&, const FilterField&) = default;
};

/// Edits its node of the draft. Object names begin with `data.filter.row<N>` or `data.filter.group<N>`. GUI thread only.
class FilterRow final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all; `path` holds until the draft's rows are added or removed.
    FilterRow(FilterDraft& draft, FilterDraft::Path path, const QList<FilterField>& fields, const QString& name, const Theme& theme,
              QWidget* parent = nullptr);

    [[nodiscard]] const FilterDraft::Path& path() const { return m_path; }
    void focusValue(); ///< Where typing goes on: the value, or the field while there is none.

Q_SIGNALS:
    void edited();   ///< A value, an operator, a negation: the draft says something else.
    void finished(); ///< Return in a value.
    void conditionWanted(const blazedb::views::FilterDraft::Path& group);
    void groupWanted(const blazedb::views::FilterDraft::Path& group);
    void removeWanted(const blazedb::views::FilterDraft::Path& row);

private:
    void buildCondition();
    void buildGroup();
    void buildText();
    void addNegation(const QString& what);
    void addRemoval(const QString& what);
    void buildValues();
    void fillOperators();
    void takeField(const QString& field);
    void takeOperator();
    void takeValues();
    [[nodiscard]] std::optional<model::ValueKind> kindOf(const std::string& field) const;
    [[nodiscard]] FilterNode& node() const { return *m_draft.node(m_path); }

    FilterDraft& m_draft;
    const FilterDraft::Path m_path;
    const QList<FilterField>& m_fields;
    const QString m_name;
    const Theme& m_theme;
    QHBoxLayout* m_row;
    QComboBox* m_field = nullptr;
    QComboBox* m_operator = nullptr;
    QHBoxLayout* m_valueRow = nullptr;
    QList<FilterValueEdit*> m_values;
};

} // namespace blazedb::views
