#include "views/shell/findings_panel.h"

#include <algorithm>
#include <utility>

#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

using model::FindingSeverity;

std::size_t countOf(const std::vector<model::Finding>& findings, FindingSeverity severity)
{
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(), [=](const model::Finding& f) { return f.severity == severity; }));
}

FindingSeverity worstOf(const std::vector<model::Finding>& findings)
{
    if (countOf(findings, FindingSeverity::Lost) > 0) return FindingSeverity::Lost;
    return countOf(findings, FindingSeverity::Damage) > 0 ? FindingSeverity::Damage : FindingSeverity::Remark;
}

QString severityWord(FindingSeverity severity)
{
    switch (severity) {
    case FindingSeverity::Remark: return FindingsModel::tr("Remark");
    case FindingSeverity::Damage: return FindingsModel::tr("Damaged");
    case FindingSeverity::Lost: return FindingsModel::tr("Lost");
    }
    return {};
}

struct SeverityLook {
    const char* iconName;
    ColorToken token;
    Surface surface;
};

SeverityLook lookOf(FindingSeverity severity)
{
    switch (severity) {
    case FindingSeverity::Remark: return {"info", ColorToken::Info, Surface::BannerInfo};
    case FindingSeverity::Damage: return {"warning", ColorToken::Warn, Surface::BannerWarn};
    case FindingSeverity::Lost: return {"error", ColorToken::Danger, Surface::BannerDanger};
    }
    return {"info", ColorToken::Info, Surface::BannerInfo};
}

QString whereText(const model::Finding& finding)
{
    QStringList parts;
    if (finding.record) parts << FindingsModel::tr("record %1").arg(toQString(finding.record->toString()));
    if (finding.page) parts << FindingsModel::tr("page %1").arg(formatCount(*finding.page));
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString findingsSentence(const std::vector<model::Finding>& findings, bool isRescue)
{
    const std::size_t lost = countOf(findings, FindingSeverity::Lost);
    const std::size_t damaged = countOf(findings, FindingSeverity::Damage);
    const std::size_t remarks = countOf(findings, FindingSeverity::Remark);
    QStringList counts;
    if (lost > 0) counts << FindingsPanel::tr("lost: %1").arg(formatCount(lost));
    if (damaged > 0) counts << FindingsPanel::tr("damaged: %1").arg(formatCount(damaged));
    if (remarks > 0) counts << FindingsPanel::tr("remarks: %1").arg(formatCount(remarks));
    const QString list = counts.join(QStringLiteral(", "));
    if (isRescue) {
        const QString sentence = FindingsPanel::tr("Rescue view: this is what a scan of the pages still finds, not the whole database.");
        return list.isEmpty() ? sentence : sentence + QLatin1Char(' ') + FindingsPanel::tr("Known so far – %1.").arg(list);
    }
    if (findings.empty()) return {};
    if (lost + damaged > 0) return FindingsPanel::tr("Not everything in this database could be read – %1.").arg(list);
    return FindingsPanel::tr("Opening this database met something to know – %1.").arg(list);
}

FindingsModel::FindingsModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void FindingsModel::setFindings(std::vector<model::Finding> findings)
{
    std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) { return a.severity > b.severity; });
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FindingsModel::text(const model::Finding& finding, int column) const
{
    switch (column) {
    case Severity: return severityWord(finding.severity);
    case What: return toQString(finding.message);
    case Where: return whereText(finding);
    case Advice: return toQString(finding.advice);
    default: return {};
    }
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const model::Finding& finding = m_findings[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return text(finding, index.column());
    if (role == Qt::DecorationRole && index.column() == Severity) {
        const SeverityLook look = lookOf(finding.severity);
        return m_theme.icon(QString::fromLatin1(look.iconName), look.token);
    }
    return {};
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Severity: return tr("Kind");
    case What: return tr("What");
    case Where: return tr("Where");
    case Advice: return tr("Advice");
    default: return {};
    }
}

FindingsPanel::FindingsPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_model(new FindingsModel(theme, this))
    , m_banner(makeFrame(Surface::BannerInfo, this))
    , m_icon(new QLabel(m_banner))
    , m_sentence(makeWrappedLabel({}, TextRole::Body, m_banner))
    , m_explanation(makeWrappedLabel({}, TextRole::Muted, m_banner))
    , m_fold(new QPushButton(m_banner))
    , m_dismiss(new QPushButton(tr("Hide"), m_banner))
    , m_rescue(new QPushButton(tr("Rescue…"), m_banner))
    , m_list(new QTreeView(this))
{
    build();
    connect(&session, &Session::findingsChanged, this, &FindingsPanel::refresh);
    connect(&theme, &Theme::changed, this, &FindingsPanel::refresh);
    refresh();
}

void FindingsPanel::build()
{
    setObjectName(QStringLiteral("main.findingsPanel"));
    m_banner->setObjectName(QStringLiteral("main.banner"));
    m_sentence->setObjectName(QStringLiteral("main.banner.text"));
    m_explanation->setObjectName(QStringLiteral("main.banner.explanation"));
    nameControl(m_fold, QStringLiteral("main.banner.show"), tr("Show the list of what was met"));
    nameControl(m_dismiss, QStringLiteral("main.banner.hide"), tr("Hide this banner"));
    m_fold->setCheckable(true);
    setButtonRole(m_fold, ButtonRole::Link);
    setButtonRole(m_dismiss, ButtonRole::Link);
    nameControl(m_rescue, QStringLiteral("main.banner.rescue"), tr("Rescue into a new database or a file of JSON lines"));
    m_rescue->setToolTip(tr("Rescue into a new database or a file of JSON lines"));
    setButtonRole(m_rescue, ButtonRole::Link);
    connect(m_rescue, &QPushButton::clicked, this, &FindingsPanel::rescueRequested);

    auto* row = makeRow(m_banner);
    row->setContentsMargins(Theme::unit(3), Theme::unit(), Theme::unit(3), Theme::unit());
    auto* words = makeColumn();
    words->setSpacing(0);
    words->addWidget(m_sentence);
    words->addWidget(m_explanation);
    row->addWidget(m_icon, 0);
    row->addLayout(words, 1);
    row->addWidget(m_fold);
    row->addWidget(m_rescue);
    row->addWidget(m_dismiss);

    nameControl(m_list, QStringLiteral("main.findings"), tr("What opening and reading met"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->header()->setStretchLastSection(true);
    m_list->setMinimumHeight(Theme::rowHeight() * 3);
    m_list->setMaximumHeight(Theme::rowHeight() * 7);
    m_list->hide();

    auto* column = makeColumn(this);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_list);

    connect(m_fold, &QPushButton::toggled, this, &FindingsPanel::foldList);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_isDismissed = true;
        refresh();
    });
}

void FindingsPanel::refresh()
{
    const bool isRescue = m_session.description().isRescue;
    const auto& findings = m_session.findings();
    const QString sentence = findingsSentence(findings, isRescue);
    const FindingSeverity worst = worstOf(findings);
    // What is lost is never hidden silently: only remarks can be put away.
    const bool canDismiss = !isRescue && worst == FindingSeverity::Remark;
    setVisible(!sentence.isEmpty() && !(m_isDismissed && canDismiss));

    SeverityLook look = lookOf(worst);
    if (isRescue && worst == FindingSeverity::Remark) look = lookOf(FindingSeverity::Damage);
    const QSize size(Theme::kRowIcon, Theme::kRowIcon);
    const QString iconName = isRescue ? QStringLiteral("rescue") : QString::fromLatin1(look.iconName);
    m_icon->setPixmap(m_theme.icon(iconName, look.token).pixmap(size, devicePixelRatioF()));
    setSurface(m_banner, look.surface);
    m_sentence->setText(sentence);
    // A single remark is said at once; more are in the list.
    m_explanation->setText(findings.size() == 1 ? toQString(findings.front().message) : QString());
    m_explanation->setVisible(findings.size() == 1);
    m_dismiss->setVisible(canDismiss);
    m_rescue->setVisible(!canDismiss && !sentence.isEmpty());
    m_fold->setVisible(!findings.empty());
    m_model->setFindings(findings);
    foldList(m_fold->isChecked());
}

void FindingsPanel::foldList(bool isOpen)
{
    m_fold->setText(isOpen ? tr("Hide List") : tr("Show List"));
    m_list->setVisible(isOpen);
    if (!isOpen) return;
    const int em = fontMetrics().averageCharWidth();
    m_list->setColumnWidth(FindingsModel::Severity, 16 * em);
    m_list->setColumnWidth(FindingsModel::What, 70 * em);
    m_list->setColumnWidth(FindingsModel::Where, 48 * em);
}

} // namespace blazedb::views
