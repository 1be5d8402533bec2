#include "views/data/column_statistics.h"

#include <utility>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/api/records.h"
#include "views/session/session.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kSteps = 1'000;
constexpr int kPlaceRole = Qt::UserRole;

QString valueText(const model::Value& value, ZoneChoice zone)
{
    const auto* text = value.as<std::string>();
    return text && text->empty() ? QStringLiteral("\"\"") : formatCell(value, zone);
}

QTreeWidget* makeList(const QString& name, const QString& title, const QStringList& headers, QWidget* parent)
{
    auto* list = new QTreeWidget(parent);
    nameControl(list, name, title);
    list->setHeaderLabels(headers);
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->header()->setStretchLastSection(false);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    return list;
}

} // namespace

ColumnStatistics::ColumnStatistics(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_title(makeLabel({}, TextRole::Section, this))
    , m_text(makeWrappedLabel({}, TextRole::Muted, this))
    , m_figures(makeList(QStringLiteral("data.statistics.figures"), tr("Figures of the column"), {tr("Figure"), tr("Value")}, this))
    , m_values(makeList(QStringLiteral("data.statistics.values"), tr("Values of the column"), {tr("Value"), tr("Records")}, this))
{
    setObjectName(QStringLiteral("data.statistics"));
    m_title->setObjectName(QStringLiteral("data.statistics.field"));
    m_text->setObjectName(QStringLiteral("data.statistics.text"));
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(2), Theme::unit(2), Theme::unit(2), Theme::unit(2));
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(buildBusy());
    column->addWidget(m_figures, 2);
    column->addWidget(m_values, 3);
    buildValues();
    auto* buttons = makeRow();
    buttons->addWidget(m_use);
    buttons->addWidget(m_exclude);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(&session.jobs(), &JobRunner::jobChanged, this, &ColumnStatistics::noteProgress);
    setState(QStringLiteral("not run"), tr("Column Statistics, in the menu of a column's header, counts the values of the column."));
    fill();
}

QWidget* ColumnStatistics::buildBusy()
{
    m_busy = new QWidget(this);
    m_progress = new QProgressBar(m_busy);
    nameControl(m_progress, QStringLiteral("data.statistics.progress"), tr("How far counting is"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Theme::unit(1) + 2);
    auto* cancel = new QPushButton(tr("Cancel"), m_busy);
    nameControl(cancel, QStringLiteral("data.statistics.cancel"), tr("Cancel counting"));
    connect(cancel, &QPushButton::clicked, this, [this] { m_session.jobs().cancel(m_job); });
    auto* row = makeRow(m_busy);
    row->addWidget(m_progress, 1);
    row->addWidget(cancel);
    return m_busy;
}

void ColumnStatistics::buildValues()
{
    m_values->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_use = new QPushButton(tr("Use as Filter"), this);
    nameControl(m_use, QStringLiteral("data.statistics.use"), tr("Show only records with the selected values"));
    m_exclude = new QPushButton(tr("Exclude"), this);
    nameControl(m_exclude, QStringLiteral("data.statistics.exclude"), tr("Hide records with the selected values"));
    connect(m_use, &QPushButton::clicked, this, [this] { choose(false); });
    connect(m_exclude, &QPushButton::clicked, this, [this] { choose(true); });
    connect(m_values, &QTreeWidget::itemActivated, this, [this] { choose(false); });
    connect(m_values, &QTreeWidget::itemSelectionChanged, this, [this] {
        const bool hasSome = !m_values->selectedItems().isEmpty();
        m_use->setEnabled(hasSome);
        m_exclude->setEnabled(hasSome);
    });
}

void ColumnStatistics::run(const model::Query& query, const QString& field)
{
    m_session.jobs().cancel(m_job);
    m_query = query;
    m_field = field;
    m_profile.reset();
    m_title->setText(field);
    setState(QStringLiteral("running"), query.filter.isAll() ? tr("Counting all records…") : tr("Counting the records that match the filter…"));
    m_progress->setRange(0, 0);
    fill();
    m_job = m_session.jobs().run(
        {.title = tr("Statistics of %1").arg(field), .context = this},
        [&records = m_session.source().records(), query, name = toUtf8(field)](const api::CallContext& context) {
            return records.profile(context, query, name, kValuesMax);
        },
        [this, field, query](Result<model::FieldProfile> profile) {
            // The answer of a run that another one took the place of is not of this column.
            if (field == m_field && model::isIdentical(query, m_query)) accept(std::move(profile));
        });
}

void ColumnStatistics::accept(Result<model::FieldProfile> profile)
{
    m_job = 0;
    if (!profile) {
        const bool isCancelled = profile.error().code == ErrorCode::Cancelled;
        setState(isCancelled ? QStringLiteral("cancelled") : QStringLiteral("failed"), isCancelled ? tr("Cancelled.") : errorHeadline(profile.error()));
        return;
    }
    m_session.addFindings(profile->skipped);
    m_profile = *std::move(profile);
    QString text = m_query.filter.isAll() ? tr("Of all %1 records.") : tr("Of the %1 records that match the filter.");
    text = text.arg(formatCount(m_profile->records));
    if (!m_profile->skipped.empty()) text += QLatin1Char(' ') + tr("%n record(s) could not be read.", nullptr, static_cast<int>(m_profile->skipped.size()));
    setState(QStringLiteral("ready"), text);
    fill();
}

void ColumnStatistics::noteProgress(quint64 job)
{
    if (job != m_job || m_job == 0) return;
    const auto snapshot = m_session.jobs().job(job);
    if (!snapshot || !snapshot->progress.total || *snapshot->progress.total == 0) return;
    m_progress->setRange(0, kSteps);
    m_progress->setValue(static_cast<int>(snapshot->progress.done * kSteps / *snapshot->progress.total));
}

void ColumnStatistics::setState(const QString& state, const QString& text)
{
    setProperty("state", state);
    m_text->setText(text);
    m_busy->setVisible(state == QLatin1String("running"));
}

void ColumnStatistics::setZone(ZoneChoice zone)
{
    m_zone = zone;
    fill();
}

void ColumnStatistics::fill()
{
    m_figures->clear();
    m_values->clear();
    m_use->setEnabled(false);
    m_exclude->setEnabled(false);
    m_figures->setVisible(m_profile.has_value());
    m_values->setVisible(m_profile.has_value());
    m_use->setVisible(m_profile.has_value());
    m_exclude->setVisible(m_profile.has_value());
    if (!m_profile) return;
    fillFigures();
    fillValues();
}

void ColumnStatistics::fillFigures()
{
    const auto add = [this](const char* key, const QString& name, const QString& text) {
        auto* item = new QTreeWidgetItem(m_figures, {name, text});
        item->setData(0, kPlaceRole, QString::fromLatin1(key));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setFont(1, m_theme.monospaceFont());
        item->setToolTip(1, text);
    };
    const model::FieldProfile& profile = *m_profile;
    const QString none = QStringLiteral("—");
    add("records", tr("Records"), formatCount(profile.records));
    add("missing", tr("Missing"), formatCount(profile.missing));
    add("null", tr("Null"), formatCount(profile.nulls()));
    for (std::size_t kind = 0; kind < profile.ofKind.size(); ++kind) {
        const auto valueKind = static_cast<model::ValueKind>(kind);
        if (profile.ofKind[kind] > 0 && valueKind != model::ValueKind::Null) add("kind", kindName(valueKind), formatCount(profile.ofKind[kind]));
    }
    add("distinct", tr("Different values"), formatCount(profile.distinct));
    add("min", tr("Least"), profile.least ? valueText(*profile.least, m_zone) : none);
    add("max", tr("Greatest"), profile.greatest ? valueText(*profile.greatest, m_zone) : none);
    add("mean", tr("Mean of the numbers"), profile.mean ? formatDouble(*profile.mean) : none);
}

void ColumnStatistics::fillValues()
{
    for (std::size_t i = 0; i < m_profile->values.size(); ++i) {
        const model::CountedValue& counted = m_profile->values[i];
        auto* item = new QTreeWidgetItem(m_values, {valueText(counted.value, m_zone), formatCount(counted.records)});
        item->setData(0, kPlaceRole, QVariant::fromValue<qulonglong>(i));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(0, item->text(0));
    }
    if (m_profile->areValuesComplete) return;
    auto* more = new QTreeWidgetItem(m_values, {tr("… and more values, which are not listed")});
    more->setFlags(Qt::NoItemFlags);
}

/// One value makes an equal, several an in.
void ColumnStatistics::choose(bool isExcluding)
{
    model::Expression condition;
    condition.field = toUtf8(m_field);
    for (const QTreeWidgetItem* item : m_values->selectedItems()) {
        const qulonglong place = item->data(0, kPlaceRole).toULongLong();
        if (m_profile && place < m_profile->values.size()) condition.operands.push_back(m_profile->values[place].value);
    }
    if (condition.operands.empty()) return;
    const bool isOne = condition.operands.size() == 1;
    condition.kind = !isOne ? model::ExpressionKind::In : isExcluding ? model::ExpressionKind::NotEqual : model::ExpressionKind::Equal;
    Q_EMIT filterRequested(isExcluding && !isOne ? model::negation(std::move(condition)) : condition);
}

} // namespace blazedb::views
