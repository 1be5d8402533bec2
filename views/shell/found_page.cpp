#include "views/shell/found_page.h"

#include <algorithm>
#include <utility>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QShowEvent>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/shell/found_sources.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kUnreadableRows = 4;
constexpr std::size_t kDeepest = 64;

QString stateWord(FoundSources::State state)
{
    switch (state) {
    case FoundSources::State::NeverRun: return QStringLiteral("empty");
    case FoundSources::State::Running: return QStringLiteral("loading");
    case FoundSources::State::Failed: return QStringLiteral("failed");
    case FoundSources::State::Done:
    case FoundSources::State::Cancelled: return QStringLiteral("ready");
    }
    return {};
}

} // namespace

SearchOrder searchOfEverything(SearchOrder order)
{
    order.folders = {"/"};
    order.depthMax = std::max(order.depthMax, kDeepest);
    for (const char* folder : {"/proc", "/sys", "/dev", "/run"}) order.excludedPaths.emplace_back(folder);
    return order;
}

FoundPage::FoundPage(FoundSources& found, std::function<SearchOrder()> order, QWidget* parent)
    : QWidget(parent)
    , m_found(found)
    , m_order(std::move(order))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_where(makeWrappedLabel({}, TextRole::Muted, this))
    , m_state(makeWrappedLabel({}, TextRole::Body, this))
    , m_start(new QPushButton(tr("Search"), this))
    , m_everywhere(new QPushButton(tr("Search the Whole Computer"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_settings(new QPushButton(tr("Change Folders"), this))
    , m_backups(new QCheckBox(tr("Also backups that apps left"), this))
    , m_words(new QLineEdit(this))
    , m_list(new QTreeView(this))
    , m_open(new QPushButton(tr("Open"), this))
    , m_details(new QPushButton(tr("Details"), this))
    , m_unreadableTitle(makeLabel(tr("Folders that could not be read"), TextRole::Section, this))
    , m_unreadable(new QListWidget(this))
{
    build();
    layOut();
    connect(&found, &FoundSources::stateChanged, this, &FoundPage::refresh);
    connect(m_start, &QPushButton::clicked, this, [this] { search(false); });
    connect(m_everywhere, &QPushButton::clicked, this, [this] { search(true); });
    connect(m_cancel, &QPushButton::clicked, &found, &FoundSources::cancel);
    connect(m_settings, &QPushButton::clicked, this, &FoundPage::settingsRequested);
    connect(m_words, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list, &QTreeView::activated, this, [this] { Q_EMIT openRequested(chosenPlace()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FoundPage::refresh);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(chosenPlace()); });
    connect(m_details, &QPushButton::clicked, this, [this] { Q_EMIT detailsRequested(chosenPlace()); });
    refreshWhere();
    refresh();
}

void FoundPage::build()
{
    setObjectName(QStringLiteral("sources.found"));
    nameControl(m_start, QStringLiteral("sources.found.start"), tr("Search for databases"));
    nameControl(m_everywhere, QStringLiteral("sources.found.everywhere"), tr("Search the whole computer for databases"));
    nameControl(m_cancel, QStringLiteral("sources.found.cancel"), tr("Cancel the search"));
    nameControl(m_settings, QStringLiteral("sources.found.settings"), tr("Change the folders that are searched"));
    nameControl(m_backups, QStringLiteral("sources.found.backups"), m_backups->text());
    nameControl(m_words, QStringLiteral("sources.found.filter"), tr("Filter what was found"));
    nameControl(m_list, QStringLiteral("sources.found.list"), tr("Databases that were found"));
    nameControl(m_open, QStringLiteral("sources.found.open"), tr("Open the selected database"));
    nameControl(m_details, QStringLiteral("sources.found.details"), tr("Show what is known of the selected database"));
    nameControl(m_unreadable, QStringLiteral("sources.found.unreadable"), tr("Folders that could not be read"));
    m_where->setObjectName(QStringLiteral("sources.found.where"));
    m_state->setObjectName(QStringLiteral("sources.found.state"));
    setButtonRole(m_start, ButtonRole::Primary);
    setButtonRole(m_settings, ButtonRole::Link);
    m_settings->setToolTip(tr("Folders, depth and exclusions are in the settings"));
    m_backups->setToolTip(tr("Copies that apps leave beside their database while they work on it"));
    m_words->setPlaceholderText(tr("Filter"));
    m_words->setClearButtonEnabled(true);

    m_filtered->setSourceModel(&m_found);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setSortRole(FoundSources::SortRole);
    m_list->setModel(m_filtered);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(-1, Qt::AscendingOrder); // as they come, until somebody sorts
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int em = fontMetrics().averageCharWidth();
    m_list->setColumnWidth(FoundSources::Name, 24 * em);
    m_list->setColumnWidth(FoundSources::Format, 22 * em);
    m_list->setColumnWidth(FoundSources::Size, 12 * em);
    m_list->setColumnWidth(FoundSources::Changed, 24 * em);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(FoundSources::Folder, QHeaderView::Stretch);
    m_unreadable->setFixedHeight(kUnreadableRows * Theme::rowHeight());
}

void FoundPage::layOut()
{
    auto* const where = makeRow();
    where->addWidget(m_where, 1);
    where->addWidget(m_settings, 0, Qt::AlignTop);
    auto* const buttons = makeRow();
    for (QWidget* part : {static_cast<QWidget*>(m_start), static_cast<QWidget*>(m_everywhere), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_backups)})
        buttons->addWidget(part);
    buttons->addStretch(1);
    auto* const results = makeRow();
    results->addWidget(m_state, 1);
    results->addWidget(m_words);
    auto* const below = makeRow();
    below->addStretch(1);
    below->addWidget(m_details);
    below->addWidget(m_open);
    auto* const column = makeColumn(this);
    column->setContentsMargins(Theme::unit(6), Theme::unit(6), Theme::unit(6), Theme::unit(6));
    column->addWidget(makeLabel(tr("Find Databases"), TextRole::Title, this));
    column->addLayout(where);
    column->addLayout(buttons);
    column->addLayout(results);
    column->addWidget(m_list, 1);
    column->addLayout(below);
    column->addWidget(m_unreadableTitle);
    column->addWidget(m_unreadable);
    m_words->setFixedWidth(30 * fontMetrics().averageCharWidth());
    setFocusTarget(this, m_start);
}

void FoundPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refreshWhere(); // the settings may have changed since
    refresh();
}

void FoundPage::search(bool isEverywhere)
{
    SearchOrder order = isEverywhere ? searchOfEverything(m_order()) : m_order();
    order.isTakingBackups = m_backups->isChecked();
    m_found.start(order);
}

QString FoundPage::stateText() const
{
    const QString files = formatCount(m_found.filesSeen());
    const QString found = formatCount(m_found.found());
    QString text;
    switch (m_found.state()) {
    case FoundSources::State::NeverRun: return tr("Nothing was looked for yet. A database is known by its content; nothing is opened.");
    case FoundSources::State::Failed: return errorHeadline(m_found.error());
    case FoundSources::State::Running: text = tr("Looking. Databases: %1 · files: %2").arg(found, files); break;
    case FoundSources::State::Done: text = tr("Databases: %1 · files: %2").arg(found, files); break;
    case FoundSources::State::Cancelled: text = tr("Cancelled. Databases: %1 · files that were looked at: %2").arg(found, files); break;
    }
    if (m_found.found() > FoundSources::kRowsMax) text += QLatin1Char('\n') + tr("Only the first %1 are listed.").arg(formatCount(std::uint64_t{FoundSources::kRowsMax}));
    return text;
}

void FoundPage::refreshWhere()
{
    const SearchOrder order = m_order();
    m_hasFolders = !order.folders.empty();
    QStringList folders;
    for (const std::string& folder : order.folders) folders << toQString(folder);
    m_where->setText(m_hasFolders ? tr("Searches below: %1").arg(breakable(folders.join(QStringLiteral(", ")))) : tr("No folder to search is set."));
}

void FoundPage::refresh()
{
    const bool isRunning = m_found.state() == FoundSources::State::Running;
    m_state->setText(stateText());
    setTextRole(m_state, m_found.state() == FoundSources::State::Failed ? TextRole::Problem : TextRole::Body);
    setProperty("state", stateWord(m_found.state()));
    m_state->setProperty("value", m_found.found());
    m_start->setEnabled(!isRunning && m_hasFolders);
    m_start->setToolTip(isRunning ? tr("A search is under way") : m_hasFolders ? tr("Looks for databases in these folders") : tr("No folder to search is set"));
    m_everywhere->setEnabled(!isRunning);
    m_everywhere->setToolTip(isRunning ? tr("A search is under way") : tr("Looks into every folder of this machine that you may read; that takes its time"));
    m_cancel->setVisible(isRunning);
    const bool isChosen = !chosenPlace().isEmpty();
    for (QPushButton* button : {m_open, m_details}) {
        button->setEnabled(isChosen);
        button->setToolTip(isChosen ? QString() : tr("Choose a database in the list first"));
    }
    showUnreadable();
}

void FoundPage::showUnreadable()
{
    const SearchOutcome& outcome = m_found.outcome();
    const auto count = static_cast<int>(outcome.unreadable.size());
    m_unreadableTitle->setVisible(count > 0);
    m_unreadable->setVisible(count > 0);
    m_unreadableTitle->setText(outcome.unreadableCount > outcome.unreadable.size()
                                   ? tr("The first %1 of %2 folders that could not be read").arg(formatCount(std::uint64_t{outcome.unreadable.size()}), formatCount(outcome.unreadableCount))
                                   : tr("Folders that could not be read"));
    if (m_unreadable->count() == count) return; // each search begins with none and tells them once, at its end
    m_unreadable->clear();
    for (const SearchOutcome::Unreadable& folder : outcome.unreadable)
        m_unreadable->addItem(toQString(folder.place) + QStringLiteral(" – ") + errorHeadline(folder.reason));
}

QString FoundPage::chosenPlace() const
{
    return m_list->currentIndex().data(FoundSources::PlaceRole).toString();
}

} // namespace blazedb::views
