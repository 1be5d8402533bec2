#include "views/data/filter_panel.h"

#include <chrono>

#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr std::chrono::milliseconds kTypingPause{150};
constexpr int kRowsShown = 6;

} // namespace

FilterPanel::FilterPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_scroll(new QScrollArea(this))
    , m_tooMany(makeWrappedLabel(tr("This filter has too many conditions to show them as rows; the filter line holds them all."), TextRole::Muted, this))
{
    nameControl(this, QStringLiteral("data.filter.rows"), tr("Conditions of the filter"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* column = makeColumn(this);
    column->addWidget(m_scroll);
    column->addWidget(m_tooMany);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kTypingPause);
    connect(&m_pause, &QTimer::timeout, this, &FilterPanel::edited);
    rebuild();
}

void FilterPanel::setFields(const QList<FilterField>& fields)
{
    if (fields == m_fields) return;
    m_fields = fields;
    // A row in which somebody types keeps its offers until the next one is made.
    if (!isAncestorOf(focusWidget()) || !isVisible()) rebuild();
}

void FilterPanel::setExpression(const model::Expression& expression)
{
    m_pause.stop();
    if (model::isIdentical(expression, m_draft.toExpression())) return;
    m_draft = FilterDraft(expression);
    rebuild();
}

void FilterPanel::addCondition(const QString& field)
{
    FilterField known{field, std::nullopt};
    for (const FilterField& candidate : std::as_const(m_fields))
        if (candidate.name == field) known = candidate;
    // Narrows what the conditions already say, so it never becomes one more of several ways to match.
    if (m_draft.root().matchesAny || m_draft.root().isNegated) {
        const FilterNode whole = m_draft.root();
        m_draft = FilterDraft();
        *m_draft.node(m_draft.addGroup({}, false)) = whole;
    }
    const FilterDraft::Path row = m_draft.addCondition({}, toUtf8(field), known.kind);
    rebuild();
    focusPath(row);
    announce();
}

void FilterPanel::focusRows()
{
    if (m_draft.root().children.empty()) {
        const FilterDraft::Path row = m_draft.addCondition({}, {}, std::nullopt);
        rebuild();
        focusPath(row);
    } else if (m_rows.size() > 1) {
        m_rows[1]->focusValue();
    }
}

void FilterPanel::rebuild()
{
    m_rows.clear();
    // A row that asks for the change is still inside its own signal: the old page goes when control has left it.
    if (QWidget* old = m_scroll->takeWidget()) {
        old->hide();
        old->deleteLater();
    }
    m_page = new QWidget;
    m_column = makeColumn(m_page);
    const bool isShown = m_draft.size() <= kRowsMax;
    m_tooMany->setVisible(!isShown);
    m_scroll->setVisible(isShown);
    if (isShown) buildRows({});
    m_column->addStretch(1);
    m_scroll->setWidget(m_page);
    m_page->show();
    const int rowHeight = Theme::fieldHeight() + Theme::unit(2);
    m_scroll->setFixedHeight(qMin(kRowsShown, static_cast<int>(m_rows.size())) * rowHeight + Theme::unit(2));
}

void FilterPanel::buildRows(const FilterDraft::Path& path)
{
    const FilterNode& node = *m_draft.node(path);
    const QString kind = node.type == FilterNode::Type::Group ? QStringLiteral("group") : QStringLiteral("row");
    auto* row = new FilterRow(m_draft, path, m_fields, QStringLiteral("data.filter.%1%2").arg(kind).arg(m_rows.size()), m_theme, m_page);
    m_rows << row;
    m_column->addWidget(row);
    connect(row, &FilterRow::edited, &m_pause, qOverload<>(&QTimer::start));
    connect(row, &FilterRow::finished, this, &FilterPanel::announce);
    connect(row, &FilterRow::conditionWanted, this, [this](const FilterDraft::Path& group) {
        const FilterDraft::Path added = m_draft.addCondition(group, {}, std::nullopt);
        rebuild();
        focusPath(added);
    });
    connect(row, &FilterRow::groupWanted, this, [this](const FilterDraft::Path& group) {
        const FilterDraft::Path added = m_draft.addGroup(group, !m_draft.node(group)->matchesAny);
        const FilterDraft::Path first = m_draft.addCondition(added, {}, std::nullopt);
        rebuild();
        focusPath(first);
    });
    connect(row, &FilterRow::removeWanted, this, [this](const FilterDraft::Path& gone) {
        m_draft.remove(gone);
        rebuild();
        // The next row takes the place; without one the group it was in.
        focusPath(m_draft.node(gone) ? gone : FilterDraft::Path(gone.begin(), gone.end() - 1));
        announce();
    });
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        FilterDraft::Path child = path;
        child.push_back(i);
        buildRows(child);
    }
}

void FilterPanel::focusPath(const FilterDraft::Path& path)
{
    for (FilterRow* row : std::as_const(m_rows)) {
        if (row->path() != path) continue;
        row->focusValue();
        m_scroll->ensureWidgetVisible(row);
    }
}

void FilterPanel::announce()
{
    m_pause.stop();
    Q_EMIT edited();
}

void FilterPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) Q_EMIT left();
    else QWidget::keyPressEvent(event);
}

} // namespace blazedb::views
