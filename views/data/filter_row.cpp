#include "views/data/filter_row.h"

#include <algorithm>

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include "views/data/filter_value_edit.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kFieldCharacters = 18;

QString operatorLabel(FilterOperator operation)
{
    switch (operation) {
    case FilterOperator::Equal: return FilterRow::tr("=");
    case FilterOperator::NotEqual: return FilterRow::tr("≠");
    case FilterOperator::Less: return FilterRow::tr("<");
    case FilterOperator::LessOrEqual: return FilterRow::tr("≤");
    case FilterOperator::Greater: return FilterRow::tr(">");
    case FilterOperator::GreaterOrEqual: return FilterRow::tr("≥");
    case FilterOperator::Between: return FilterRow::tr("between");
    case FilterOperator::In: return FilterRow::tr("is one of");
    case FilterOperator::Contains: return FilterRow::tr("contains");
    case FilterOperator::StartsWith: return FilterRow::tr("starts with");
    case FilterOperator::EndsWith: return FilterRow::tr("ends with");
    case FilterOperator::Like: return FilterRow::tr("like");
    case FilterOperator::ILike: return FilterRow::tr("like, any case");
    case FilterOperator::Matches: return FilterRow::tr("matches");
    case FilterOperator::IsValued: return FilterRow::tr("has a value");
    case FilterOperator::IsMissing: return FilterRow::tr("is missing");
    case FilterOperator::IsExplicitNull: return FilterRow::tr("is null");
    case FilterOperator::IsNull: return FilterRow::tr("is null or missing");
    case FilterOperator::IsKind: return FilterRow::tr("is of kind");
    }
    return {};
}

QString operatorHint(FilterOperator operation)
{
    if (operation == FilterOperator::Like || operation == FilterOperator::ILike) return FilterRow::tr("% stands for any text, _ for one character");
    if (operation == FilterOperator::Matches) return FilterRow::tr("a regular expression, found anywhere in the text");
    if (operation == FilterOperator::Between) return FilterRow::tr("both ends included");
    return {};
}

} // namespace

FilterRow::FilterRow(FilterDraft& draft, FilterDraft::Path path, const QList<FilterField>& fields, const QString& name, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_path(std::move(path))
    , m_fields(fields)
    , m_name(name)
    , m_theme(theme)
    , m_row(makeRow(this))
{
    setObjectName(name);
    m_row->setContentsMargins(Theme::unit(6) * static_cast<int>(m_path.size()), 0, 0, 0);
    switch (node().type) {
    case FilterNode::Type::Condition: buildCondition(); break;
    case FilterNode::Type::Group: buildGroup(); break;
    case FilterNode::Type::Text: buildText(); break;
    }
}

void FilterRow::addNegation(const QString& what)
{
    auto* button = new QToolButton(this);
    nameControl(button, m_name + QStringLiteral(".not"), what);
    button->setText(tr("not"));
    button->setToolTip(what);
    button->setCheckable(true);
    button->setChecked(node().isNegated);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::toggled, this, [this](bool isNegated) {
        node().isNegated = isNegated;
        Q_EMIT edited();
    });
    m_row->addWidget(button);
}

void FilterRow::addRemoval(const QString& what)
{
    auto* button = new QToolButton(this);
    nameControl(button, m_name + QStringLiteral(".remove"), what);
    button->setIcon(m_theme.icon(QStringLiteral("remove")));
    button->setToolTip(what);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this] { Q_EMIT removeWanted(m_path); });
    m_row->addWidget(button);
}

void FilterRow::buildCondition()
{
    addNegation(tr("Turn the condition round"));
    m_field = new QComboBox(this);
    nameControl(m_field, m_name + QStringLiteral(".field"), tr("Field"));
    m_field->setEditable(true);
    m_field->setInsertPolicy(QComboBox::NoInsert);
    m_field->setMinimumContentsLength(kFieldCharacters);
    for (const FilterField& field : m_fields) m_field->addItem(field.name);
    m_field->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_field->completer()->setFilterMode(Qt::MatchContains);
    m_field->setEditText(toQString(node().field));
    m_field->lineEdit()->setPlaceholderText(tr("Field"));
    m_operator = new QComboBox(this);
    nameControl(m_operator, m_name + QStringLiteral(".operator"), tr("Operator"));
    m_operator->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    fillOperators();
    m_valueRow = makeRow();
    m_row->addWidget(m_field);
    m_row->addWidget(m_operator);
    m_row->addLayout(m_valueRow, 1);
    addRemoval(tr("Remove the condition"));
    buildValues();
    connect(m_field, &QComboBox::editTextChanged, this, &FilterRow::takeField);
    connect(m_operator, &QComboBox::activated, this, &FilterRow::takeOperator);
}

void FilterRow::buildGroup()
{
    addNegation(tr("Turn the group round"));
    auto* join = new QComboBox(this);
    nameControl(join, m_name + QStringLiteral(".join"), tr("How the conditions of the group are joined"));
    join->addItem(tr("All of these (and)"));
    join->addItem(tr("Any of these (or)"));
    join->setCurrentIndex(node().matchesAny ? 1 : 0);
    connect(join, &QComboBox::activated, this, [this](int index) {
        node().matchesAny = index == 1;
        Q_EMIT edited();
    });
    auto* condition = new QPushButton(tr("Add Condition"), this);
    nameControl(condition, m_name + QStringLiteral(".addCondition"), tr("Add a condition to the group"));
    connect(condition, &QPushButton::clicked, this, [this] { Q_EMIT conditionWanted(m_path); });
    auto* group = new QPushButton(tr("Add Group"), this);
    nameControl(group, m_name + QStringLiteral(".addGroup"), tr("Add a group to the group"));
    connect(group, &QPushButton::clicked, this, [this] { Q_EMIT groupWanted(m_path); });
    m_row->addWidget(join);
    m_row->addWidget(condition);
    m_row->addWidget(group);
    m_row->addStretch(1);
    if (!m_path.empty()) addRemoval(tr("Remove the group"));
}

void FilterRow::buildText()
{
    addNegation(tr("Turn the condition round"));
    auto* line = new QLineEdit(toQString(node().text), this);
    nameControl(line, m_name + QStringLiteral(".text"), tr("Condition as text"));
    line->setFont(m_theme.monospaceFont());
    connect(line, &QLineEdit::textEdited, this, [this, line](const QString& text) {
        m_draft.setText(m_path, toUtf8(text));
        const bool isWrong = FilterDraft::problemOf(node()) == FilterProblem::BadText;
        setStyleProperty(line, "hasProblem", isWrong ? QStringLiteral("true") : QStringLiteral("false"));
        line->setToolTip(isWrong ? tr("This is no condition; the row does not count yet.") : QString());
        Q_EMIT edited();
    });
    connect(line, &QLineEdit::returnPressed, this, &FilterRow::finished);
    m_row->addWidget(line, 1);
    addRemoval(tr("Remove the condition"));
    setFocusProxy(line);
}

std::optional<model::ValueKind> FilterRow::kindOf(const std::string& field) const
{
    const QString name = toQString(field);
    const auto known = std::find_if(m_fields.begin(), m_fields.end(), [&](const FilterField& candidate) { return candidate.name == name; });
    return known == m_fields.end() ? std::nullopt : known->kind;
}

/// Those of the field's kind, and the one in use.
void FilterRow::fillOperators()
{
    std::vector<FilterOperator> offered = operatorsFor(kindOf(node().field));
    if (std::find(offered.begin(), offered.end(), node().operation) == offered.end()) offered.insert(offered.begin(), node().operation);
    m_operator->clear();
    for (const FilterOperator operation : offered) {
        m_operator->addItem(operatorLabel(operation), static_cast<int>(operation));
        m_operator->setItemData(m_operator->count() - 1, operatorHint(operation), Qt::ToolTipRole);
    }
    m_operator->setCurrentIndex(m_operator->findData(static_cast<int>(node().operation)));
    m_operator->setToolTip(operatorHint(node().operation));
}

void FilterRow::buildValues()
{
    m_values.clear();
    while (QLayoutItem* item = m_valueRow->takeAt(0)) {
        // Only the field and the operator ask for other values, so none of these is inside a signal of its own.
        delete item->widget();
        delete item;
    }
    const FilterNode& row = node();
    const int count = operandCount(row.operation);
    for (int i = 0; i < count; ++i) {
        const QString name = m_name + (i == 0 ? QStringLiteral(".value") : QStringLiteral(".value2"));
        FilterOperand operand;
        const auto kind = kindOf(row.field);
        if (!takesText(row.operation) && kind && canBeTyped(*kind) && *kind != model::ValueKind::Null) operand.kind = *kind;
        if (i > 0 && !row.operands.empty()) operand.kind = row.operands.front().kind;
        if (static_cast<std::size_t>(i) < row.operands.size()) operand = row.operands[static_cast<std::size_t>(i)];
        auto* value = row.operation == FilterOperator::In ? new FilterValueEdit(name, row.operands, this)
                                                          : new FilterValueEdit(name, row.operation, operand, this);
        connect(value, &FilterValueEdit::edited, this, &FilterRow::takeValues);
        connect(value, &FilterValueEdit::finished, this, &FilterRow::finished);
        m_values << value;
        if (i > 0) m_valueRow->addWidget(makeLabel(tr("and"), TextRole::Muted, this));
        m_valueRow->addWidget(value, 1);
    }
    if (count == 0) m_valueRow->addStretch(1);
    // true, false and a kind are chosen the moment they are shown.
    if (count == 1 && row.operands.empty() && m_values.front()->operands().size() == 1 && !m_values.front()->operands().front().text.empty())
        node().operands = m_values.front()->operands();
}

void FilterRow::takeField(const QString& field)
{
    const auto before = kindOf(node().field);
    node().field = toUtf8(field);
    if (kindOf(node().field) != before) {
        const auto& operands = node().operands;
        const bool hasText = std::any_of(operands.begin(), operands.end(), [](const FilterOperand& operand) { return !operand.text.empty(); });
        if (!hasText) {
            node().operands.clear();
            m_draft.setOperator(m_path, operatorsFor(kindOf(node().field)).front());
        }
        fillOperators();
        if (!hasText) buildValues();
    }
    Q_EMIT edited();
}

void FilterRow::takeOperator()
{
    m_draft.setOperator(m_path, static_cast<FilterOperator>(m_operator->currentData().toInt()));
    m_operator->setToolTip(operatorHint(node().operation));
    buildValues();
    Q_EMIT edited();
}

/// Nothing typed yet is not the empty text: until something is typed the row does not count.
void FilterRow::takeValues()
{
    std::vector<FilterOperand> operands;
    for (const FilterValueEdit* value : std::as_const(m_values)) {
        for (FilterOperand& operand : value->operands()) operands.push_back(std::move(operand));
    }
    node().operands = std::move(operands);
    Q_EMIT edited();
}

void FilterRow::focusValue()
{
    if (node().type == FilterNode::Type::Text) return setFocus(Qt::OtherFocusReason);
    if (node().type == FilterNode::Type::Group) return nextInFocusChain()->setFocus(Qt::OtherFocusReason);
    if (node().field.empty() || m_values.isEmpty()) m_field->setFocus(Qt::OtherFocusReason);
    else m_values.front()->setFocus(Qt::OtherFocusReason);
}

} // namespace blazedb::views
