#include "views/data/data_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "engine/model/query.h"
#include "views/data/record_parts.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kQuickCharacters = 22;

} // namespace

DataBar::DataBar(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_collection(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_quick(new QLineEdit(this))
    , m_deleted(new QCheckBox(tr("Soft-deleted"), this))
    , m_problem(makeWrappedLabel({}, TextRole::Problem, this))
{
    nameControl(m_collection, QStringLiteral("data.collection"), tr("Collection"));
    m_collection->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    addCollection(QString::fromLatin1(model::kDefaultCollection), tr("All records"));
    nameControl(m_filter, QStringLiteral("data.filter"), tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter: status = open and priority > 2 sort createdAt desc"));
    nameControl(m_deleted, QStringLiteral("data.deleted"), tr("Show soft-deleted records"));
    nameControl(m_quick, QStringLiteral("data.quick"), tr("Quick filter: a word in any text of the columns shown"));
    m_quick->setPlaceholderText(tr("Quick filter"));
    m_quick->setClearButtonEnabled(true);
    m_quick->setMaximumWidth(m_quick->fontMetrics().averageCharWidth() * kQuickCharacters);
    connect(m_quick, &QLineEdit::returnPressed, this, &DataBar::quickEntered);
    m_problem->setObjectName(QStringLiteral("data.filter.problem"));
    m_problem->hide();
    buildButtons(theme);
    m_options = new QWidget(this);
    m_optionRow = makeRow(m_options);
    m_optionRow->addWidget(m_quick);
    m_optionRow->addWidget(m_deleted);
    auto* const row = makeRow();
    row->addWidget(m_collection);
    row->addWidget(m_filter, 1);
    row->addWidget(m_clear);
    row->addWidget(m_build);
    row->addWidget(m_columns);
    row->addWidget(m_export);
    auto* column = makeColumn(this);
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_filter, &QLineEdit::returnPressed, this, &DataBar::filterEntered);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) { m_clear->setEnabled(!text.isEmpty()); });
    connect(m_collection, &QComboBox::activated, this, &DataBar::collectionChosen);
    connect(m_deleted, &QCheckBox::toggled, this, &DataBar::deletedToggled);
}

void DataBar::buildButtons(const Theme& theme)
{
    m_clear = makeIconButton(theme, QStringLiteral("close"), QStringLiteral("data.filter.clear"), tr("Clear the filter"), this);
    m_clear->setEnabled(false);
    connect(m_clear, &QToolButton::clicked, this, &DataBar::cleared);
    m_build = makeIconButton(theme, QStringLiteral("filter-add"), QStringLiteral("data.filter.build"), tr("Build the filter from rows"), this);
    m_build->setText(tr("Build"));
    m_build->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_build->setCheckable(true);
    connect(m_build, &QToolButton::toggled, this, &DataBar::buildToggled);
    m_columns = makeIconButton(theme, QStringLiteral("columns"), QStringLiteral("data.columns"), tr("Columns"), this);
    m_columns->setToolTip(tr("Show, hide and freeze columns"));
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_columns->setMenu(new QMenu(m_columns));
    m_export = makeIconButton(theme, QStringLiteral("export"), QStringLiteral("data.bar.export"), tr("Export records"), this);
    connect(m_export, &QToolButton::clicked, this, &DataBar::exportRequested);
}

void DataBar::addCollection(const QString& name, const QString& text)
{
    m_collection->addItem(text, name);
}

QString DataBar::collection() const
{
    return m_collection->currentData().toString();
}

void DataBar::chooseCollection(const QString& name)
{
    if (name.isEmpty()) return;
    if (m_collection->findData(name) < 0) addCollection(name, name);
    m_collection->setCurrentIndex(m_collection->findData(name));
}

/// The chosen one stays, even when no record is in it any more: its rows are what is shown.
void DataBar::setCollections(const std::vector<model::CollectionSummary>& collections)
{
    const QString current = collection();
    m_collection->clear();
    for (const model::CollectionSummary& summary : collections) {
        const QString name = toQString(summary.name);
        const QString title = summary.name == model::kDefaultCollection ? tr("All records") : name;
        addCollection(name, tr("%1 (%2)").arg(title, formatCount(summary.records)));
    }
    chooseCollection(current);
}

QString DataBar::filterText() const
{
    return m_filter->text();
}

void DataBar::setFilterText(const QString& text)
{
    m_filter->setText(text);
    if (!m_filter->hasFocus()) m_filter->setCursorPosition(0); // a long filter is read from its beginning
}

void DataBar::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool DataBar::showsDeleted() const
{
    return m_deleted->isChecked();
}

void DataBar::setShowsDeleted(bool isShowing)
{
    m_deleted->setChecked(isShowing);
}

bool DataBar::isBuilding() const
{
    return m_build->isChecked();
}

void DataBar::setBuilding(bool isBuilding)
{
    m_build->setChecked(isBuilding);
}

void DataBar::showProblem(const std::optional<codec::TextProblem>& problem)
{
    m_problem->setVisible(problem.has_value());
    setStyleProperty(m_filter, "hasProblem", problem ? QStringLiteral("true") : QStringLiteral("false"));
    if (!problem) return;
    // The parser counts bytes; a person counts characters.
    const qsizetype characters = QString::fromUtf8(m_filter->text().toUtf8().left(static_cast<qsizetype>(problem->offset))).size();
    m_problem->setText(tr("%1, at character %2").arg(toQString(problem->message)).arg(characters + 1));
}

QString DataBar::quickText() const
{
    return m_quick->text().trimmed();
}

void DataBar::focusQuick()
{
    m_quick->setFocus(Qt::ShortcutFocusReason);
    m_quick->selectAll();
}

void DataBar::addTool(QWidget* tool)
{
    m_optionRow->insertWidget(m_optionRow->indexOf(m_quick) + 1, tool);
}

QMenu* DataBar::columnMenu() const
{
    return m_columns->menu();
}

} // namespace blazedb::views
