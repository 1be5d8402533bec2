// The field of a filter row in which a value is typed, with the kind it is read as.
#pragma once

#include <QWidget>

#include "views/data/filter_draft.h"

class QComboBox;
class QLineEdit;
class QStackedWidget;

namespace blazedb::views {

/// Object names `<name>` (the field), `<name>.kind`, `<name>.choice` (true or false, or a kind). GUI thread only.
class FilterValueEdit final : public QWidget {
    Q_OBJECT

public:
    FilterValueEdit(const QString& name, FilterOperator operation, FilterOperand operand, QWidget* parent = nullptr);
    /// For In: a list, whose values carry their kinds.
    FilterValueEdit(const QString& name, const std::vector<FilterOperand>& list, QWidget* parent = nullptr);

    /// What is typed: one operand, or those of the list; empty when the list is none.
    [[nodiscard]] std::vector<FilterOperand> operands() const;
    [[nodiscard]] model::ValueKind kind() const { return m_operand.kind; }

Q_SIGNALS:
    void edited();
    void finished(); ///< Return: the user wants to see the answer now.

private:
    void build(const QString& name);
    void chooseKind();
    void take(const QString& text);
    void showProblem();

    const FilterOperator m_operation;
    FilterOperand m_operand;
    QComboBox* m_kind = nullptr;
    QStackedWidget* m_forms = nullptr;
    QLineEdit* m_line = nullptr;
    QComboBox* m_choice = nullptr;
};

} // namespace blazedb::views
