#include "views/data/filter_value_edit.h"

#include <array>

#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::array kTypedKinds{model::ValueKind::Text, model::ValueKind::Integer, model::ValueKind::Double, model::ValueKind::Bool,
                                 model::ValueKind::Date, model::ValueKind::Uuid,    model::ValueKind::Null};

QString placeholder(model::ValueKind kind)
{
    switch (kind) {
    case model::ValueKind::Integer: return FilterValueEdit::tr("whole number");
    case model::ValueKind::Double: return FilterValueEdit::tr("number");
    case model::ValueKind::Date: return FilterValueEdit::tr("2024-01-31 or 2024-01-31T12:00:00Z");
    case model::ValueKind::Uuid: return FilterValueEdit::tr("whole id");
    case model::ValueKind::Null: return QStringLiteral("null");
    default: return FilterValueEdit::tr("text");
    }
}

} // namespace

FilterValueEdit::FilterValueEdit(const QString& name, FilterOperator operation, FilterOperand operand, QWidget* parent)
    : QWidget(parent)
    , m_operation(operation)
    , m_operand(std::move(operand))
{
    build(name);
}

FilterValueEdit::FilterValueEdit(const QString& name, const std::vector<FilterOperand>& list, QWidget* parent)
    : QWidget(parent)
    , m_operation(FilterOperator::In)
{
    m_operand.text = toListText(list);
    build(name);
}

void FilterValueEdit::build(const QString& name)
{
    m_forms = new QStackedWidget(this);
    m_line = new QLineEdit(toQString(m_operand.text), m_forms);
    nameControl(m_line, name, tr("Value"));
    m_choice = new QComboBox(m_forms);
    nameControl(m_choice, name + QStringLiteral(".choice"), tr("Value"));
    m_forms->addWidget(m_line);
    m_forms->addWidget(m_choice);
    auto* row = makeRow(this);
    if (!takesText(m_operation) && m_operation != FilterOperator::In) {
        m_kind = new QComboBox(this);
        nameControl(m_kind, name + QStringLiteral(".kind"), tr("Kind of the value"));
        for (const model::ValueKind kind : kTypedKinds) m_kind->addItem(kindName(kind), static_cast<int>(kind));
        m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(m_operand.kind)));
        connect(m_kind, &QComboBox::activated, this, &FilterValueEdit::chooseKind);
        row->addWidget(m_kind);
    }
    row->addWidget(m_forms, 1);
    if (m_operation == FilterOperator::IsKind) {
        for (std::size_t i = 0; i < model::kValueKindCount; ++i) {
            const auto kind = static_cast<model::ValueKind>(i);
            m_choice->addItem(kindName(kind), toQString(model::valueKindName(kind)));
        }
        m_choice->setCurrentIndex(qMax(0, m_choice->findData(toQString(m_operand.text))));
        m_operand.setText(toUtf8(m_choice->currentData().toString()));
    } else {
        m_choice->addItem(tr("true"), QStringLiteral("true"));
        m_choice->addItem(tr("false"), QStringLiteral("false"));
    }
    connect(m_line, &QLineEdit::textEdited, this, &FilterValueEdit::take);
    connect(m_line, &QLineEdit::returnPressed, this, &FilterValueEdit::finished);
    connect(m_choice, &QComboBox::activated, this, [this] { take(m_choice->currentData().toString()); });
    setFocusProxy(m_line);
    if (m_kind) chooseKind();
    else if (m_operation == FilterOperator::IsKind) m_forms->setCurrentWidget(m_choice), setFocusProxy(m_choice);
    else if (m_operation == FilterOperator::In) m_line->setPlaceholderText(tr("1, 2, \"a text\""));
    showProblem();
}

/// The field that suits the kind; the text stays, so that choosing another kind by mistake costs nothing.
void FilterValueEdit::chooseKind()
{
    const auto kind = static_cast<model::ValueKind>(m_kind->currentData().toInt());
    const bool isChange = kind != m_operand.kind;
    m_operand.setKind(kind);
    const bool isBool = kind == model::ValueKind::Bool;
    if (isBool) {
        if (m_operand.text != "false") m_operand.setText("true");
        m_choice->setCurrentIndex(m_choice->findData(toQString(m_operand.text)));
    }
    m_forms->setCurrentWidget(isBool ? static_cast<QWidget*>(m_choice) : m_line);
    setFocusProxy(m_forms->currentWidget());
    m_line->setEnabled(kind != model::ValueKind::Null);
    m_line->setPlaceholderText(placeholder(kind));
    showProblem();
    if (isChange) Q_EMIT edited();
}

void FilterValueEdit::take(const QString& text)
{
    m_operand.setText(toUtf8(text));
    showProblem();
    Q_EMIT edited();
}

void FilterValueEdit::showProblem()
{
    const bool isList = m_operation == FilterOperator::In;
    const bool fits = isList ? fromListText(m_operand.text).has_value() : m_operand.value().has_value();
    const bool isWrong = !fits && !m_operand.text.empty();
    setStyleProperty(m_line, "hasProblem", isWrong ? QStringLiteral("true") : QStringLiteral("false"));
    const QString reason = !isWrong ? QString()
                           : isList ? tr("Write values with commas between them, texts in quotes.")
                                    : tr("This is not a value of the kind %1; the row does not count yet.").arg(kindName(m_operand.kind));
    m_line->setToolTip(reason);
    m_line->setAccessibleDescription(reason);
}

std::vector<FilterOperand> FilterValueEdit::operands() const
{
    if (m_operation == FilterOperator::In) return fromListText(m_operand.text).value_or(std::vector<FilterOperand>{});
    return {m_operand};
}

} // namespace blazedb::views
