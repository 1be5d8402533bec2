// The figures on a card.
#include <algorithm>

#include <QGridLayout>
#include <QLabel>

#include "views/monitor/monitor_card.h"
#include "views/widgets/format.h"
#include "views/widgets/metric_text.h"
#include "views/widgets/parts.h"
#include "views/widgets/sparkline.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kReasonIndent = 2;

QString nameOf(const char* kind, const char* id)
{
    return QStringLiteral("monitor.%1.%2").arg(QLatin1String(kind), QLatin1String(id));
}

/// Bytes per second are sizes, everything else counts.
QString rateText(double perSecond, const std::string& unit)
{
    if (unit == model::metricunit::kBytes)
        return FigureCard::tr("%1/s", "bytes per second").arg(formatBytes(static_cast<std::uint64_t>(perSecond)));
    return formatRate(perSecond);
}

qint64 unixMs(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

} // namespace

FigureCard::FigureCard(const Theme& theme, const CardSpec& spec, QWidget* parent)
    : MonitorCard(theme, spec.id, spec.title, spec.iconName, parent)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(Theme::unit(2));
    grid->setVerticalSpacing(Theme::unit());
    grid->setColumnStretch(0, 1);
    const bool hasTexts = std::any_of(spec.figures.begin(), spec.figures.end(), [](const FigureSpec& figure) { return figure.form == FigureForm::Text; });
    if (hasTexts) grid->setColumnStretch(1, 2);
    for (const FigureSpec& figure : spec.figures) addRow(grid, theme, figure);
    content()->addLayout(grid);
}

void FigureCard::addRow(QGridLayout* grid, const Theme& theme, const FigureSpec& spec)
{
    Row row;
    row.spec = spec;
    const bool isLead = spec.form == FigureForm::Lead;
    row.label = makeWrappedLabel(spec.label, TextRole::Label, this);
    row.value = makeLabel(unmeasured(), isLead ? TextRole::Figure : TextRole::Body, this);
    row.reason = makeWrappedLabel({}, TextRole::Label, this);
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    nameControl(row.value, nameOf("figure", spec.id), spec.label);
    row.reason->setObjectName(nameOf("reason", spec.id));
    row.reason->setContentsMargins(Theme::unit(kReasonIndent), 0, 0, 0);
    row.reason->hide();

    const int at = grid->rowCount();
    if (isLead) {
        grid->addWidget(row.label, at, 0, 1, 2);
        grid->addWidget(row.value, at + 1, 0, 1, 2);
    } else {
        grid->addWidget(row.label, at, 0, Qt::AlignTop);
        // A text takes its whole cell, as its height follows from the width.
        grid->addWidget(row.value, at, 1, spec.form == FigureForm::Text ? Qt::Alignment() : Qt::AlignTop | Qt::AlignRight);
    }
    if (spec.form == FigureForm::Rate || spec.form == FigureForm::Line) {
        row.line = new Sparkline(theme, nameOf("line", spec.id), spec.label, this);
        grid->addWidget(row.line, at + 1, 0);
    }
    if (spec.form == FigureForm::Rate) {
        row.rate = makeLabel(unmeasured(), TextRole::Body, this);
        nameControl(row.rate, nameOf("rate", spec.id), tr("%1 per second").arg(spec.label));
        grid->addWidget(row.rate, at + 1, 1, Qt::AlignBottom | Qt::AlignRight);
    }
    grid->addWidget(row.reason, at + 2, 0, 1, 2);
    m_rows.push_back(std::move(row));
}

void FigureCard::setGap(qint64 gapMs)
{
    for (const Row& row : m_rows)
        if (row.line) row.line->setGap(gapMs);
}

void FigureCard::show(const api::Measurement& measurement)
{
    for (Row& row : m_rows) {
        const model::MetricSample* const sample = findFigure(measurement, row.spec.id);
        showSample(row, sample);
        if (row.spec.form == FigureForm::Rate) showRate(row, sample, measurement.at);
        else if (row.line) row.line->add(unixMs(measurement.at), sample ? sample->number() : std::nullopt);
    }
    showReasons();
}

void FigureCard::showSample(Row& row, const model::MetricSample* sample)
{
    const bool isMeasured = sample && sample->isMeasured();
    const QString text = sample ? formatFigure(*sample) : unmeasured();
    row.value->setWordWrap(row.spec.form == FigureForm::Text);
    row.value->setAlignment(row.spec.form == FigureForm::Lead ? Qt::AlignLeft : Qt::AlignRight);
    row.value->setText(text);
    row.value->setToolTip(sample ? explainFigure(*sample) : tr("This source does not tell."));
    row.value->setAccessibleDescription(row.value->toolTip());
    row.value->setProperty("value", sample ? figureVariant(*sample) : QVariant());
    row.value->setProperty("unit", sample ? toQString(sample->unit) : QString());
    row.value->setProperty("reason", isMeasured ? QString() : sample ? toQString(sample->reason) : tr("this source does not tell"));
    row.label->setToolTip(row.value->toolTip());
}

void FigureCard::showRate(Row& row, const model::MetricSample* sample, std::chrono::system_clock::time_point at)
{
    const std::optional<double> now = sample ? sample->number() : std::nullopt;
    const double seconds = std::chrono::duration<double>(at - row.lastAt).count();
    std::optional<double> rate;
    if (now && row.last && *now >= *row.last && seconds > 0) rate = (*now - *row.last) / seconds;
    row.rate->setText(rate ? rateText(*rate, sample->unit) : unmeasured());
    row.rate->setToolTip(rate ? row.value->toolTip() : tr("A rate needs two measurements."));
    row.rate->setProperty("value", rate ? QVariant(*rate) : QVariant());
    row.rate->setProperty("unit", sample ? toQString(sample->unit) + QStringLiteral("/s") : QString());
    row.line->add(unixMs(at), rate);
    row.last = now;
    row.lastAt = at;
}

void FigureCard::showReasons()
{
    QString said;
    for (std::size_t i = m_rows.size(); i-- > 0;) { // from below, as the last of several gives the reason
        Row& row = m_rows[i];
        const QString reason = row.value->property("reason").toString();
        row.reason->setText(reason);
        row.reason->setVisible(!reason.isEmpty() && reason != said);
        said = reason;
    }
}

} // namespace blazedb::views
