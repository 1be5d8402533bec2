#include "views/shell/sources_panel.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/session/state_store.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

const QString kGroupingKey = QStringLiteral("sources/grouping");
const QString kSortingKey = QStringLiteral("sources/sorting");

/// Words of the state, in no language.
SourceGrouping groupingOf(const QString& word)
{
    if (word == QLatin1String("folder")) return SourceGrouping::Folder;
    if (word == QLatin1String("tag")) return SourceGrouping::Tag;
    if (word == QLatin1String("environment")) return SourceGrouping::Environment;
    return SourceGrouping::None;
}

SourceSorting sortingOf(const QString& word)
{
    if (word == QLatin1String("name")) return SourceSorting::Name;
    if (word == QLatin1String("size")) return SourceSorting::Size;
    if (word == QLatin1String("changed")) return SourceSorting::Changed;
    return SourceSorting::LastOpened;
}

} // namespace

SourcesPanel::SourcesPanel(PlaceList& places, SourceMarks& marks, StateStore& state, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_places(places)
    , m_marks(marks)
    , m_state(state)
    , m_items(new SourceItems(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_view(new QToolButton(this))
    , m_tree(new QTreeView(this))
{
    build(theme);
    connect(&places, &PlaceList::changed, this, &SourcesPanel::refresh);
    connect(&marks, &SourceMarks::changed, this, &SourcesPanel::refresh);
    connect(&theme, &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
    refresh();
}

void SourcesPanel::build(Theme& theme)
{
    nameControl(m_search, QStringLiteral("sources.search"), tr("Search the sources"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(theme.icon(QStringLiteral("search"), ColorToken::Muted), QLineEdit::LeadingPosition);

    m_filtered->setSourceModel(m_items);
    m_filtered->setRecursiveFilteringEnabled(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterRole(SourceSearchRole);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filtered->setFilterFixedString(text);
        m_tree->expandAll();
    });

    buildViewMenu(theme);
    nameControl(m_tree, QStringLiteral("sources.tree"), tr("Sources"));
    setStyleProperty(m_tree, "listRole", QStringLiteral("sources"));
    m_tree->setModel(m_filtered);
    m_tree->setItemDelegate(new SourceDelegate(theme, m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(0);
    m_tree->setItemsExpandable(false);
    m_tree->setRootIsDecorated(false);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_tree, &QTreeView::activated, this, &SourcesPanel::activate);
    connect(m_tree, &QTreeView::clicked, this, &SourcesPanel::activate);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &SourcesPanel::showContextMenu);

    auto* column = makeColumn(this);
    auto* top = makeRow();
    top->setContentsMargins(Theme::unit(2), Theme::unit(2), Theme::unit(2), 0);
    top->addWidget(m_search, 1);
    top->addWidget(m_view);
    column->addLayout(top);
    column->setSpacing(Theme::unit());
    column->addWidget(m_tree, 1);
}

void SourcesPanel::buildViewMenu(Theme& theme)
{
    nameControl(m_view, QStringLiteral("sources.view"), tr("Sort and group the sources"));
    m_view->setToolTip(tr("Sort and group the sources"));
    m_view->setIcon(theme.icon(QStringLiteral("sort-descending"), ColorToken::Muted));
    m_view->setFocusPolicy(Qt::StrongFocus);
    auto* const menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("sources.view.menu"));
    menu->addSection(tr("Sort by"));
    addChoices(menu, kSortingKey, {{"opened", tr("Last Opened")}, {"name", tr("Name")}, {"size", tr("Size")}, {"changed", tr("Last Change")}});
    menu->addSection(tr("Group by"));
    addChoices(menu, kGroupingKey, {{"section", tr("Nothing")}, {"folder", tr("Folder")}, {"tag", tr("Tag")}, {"environment", tr("Environment")}});
    // Not the button's own menu: it would run an event loop of its own while it is open.
    connect(m_view, &QToolButton::clicked, menu, [this, menu] { menu->popup(m_view->mapToGlobal(QPoint(0, m_view->height()))); });
}

/// One of `choices` at a time; the first is the one without a choice.
void SourcesPanel::addChoices(QMenu* menu, const QString& key, const std::vector<std::pair<const char*, QString>>& choices)
{
    auto* const group = new QActionGroup(menu);
    const QString chosen = m_state.value(key, QLatin1String(choices.front().first)).toString();
    for (const auto& [word, text] : choices) {
        QAction* const action = menu->addAction(text);
        action->setObjectName(QStringLiteral("sources.view.") + QLatin1String(word));
        action->setCheckable(true);
        action->setChecked(chosen == QLatin1String(word));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, key, word = QString::fromLatin1(word)] {
            m_state.setValue(key, word);
            refresh();
        });
    }
}

void SourcesPanel::setOpenSources(std::vector<OpenSource> open)
{
    m_open = std::move(open);
    refresh();
}

void SourcesPanel::setFoundText(const QString& text)
{
    if (text == m_foundText) return;
    m_foundText = text;
    refresh();
}

void SourcesPanel::refresh()
{
    const QString selected = m_tree->currentIndex().data(SourcePlaceRole).toString();
    const int scrolled = m_tree->verticalScrollBar()->value();
    m_items->rebuild(m_open, {m_places.places(), m_marks, groupingOf(m_state.value(kGroupingKey).toString()),
                              sortingOf(m_state.value(kSortingKey).toString()), m_foundText});
    m_tree->expandAll();
    if (!selected.isEmpty() && m_tree->currentIndex().data(SourcePlaceRole).toString() != selected) {
        const QModelIndexList found = m_filtered->match(m_filtered->index(0, 0), SourcePlaceRole, selected, 1, Qt::MatchExactly | Qt::MatchRecursive);
        if (!found.isEmpty()) m_tree->setCurrentIndex(found.first());
    }
    m_tree->verticalScrollBar()->setValue(scrolled);
}

void SourcesPanel::activate(const QModelIndex& index)
{
    const QString place = index.data(SourcePlaceRole).toString();
    const QString command = index.data(SourceCommandRole).toString();
    if (!place.isEmpty()) Q_EMIT openRequested(place);
    if (!command.isEmpty()) Q_EMIT commandRequested(command);
}

void SourcesPanel::showContextMenu(const QPoint& where)
{
    const QModelIndex index = m_tree->indexAt(where);
    const QString place = index.data(SourcePlaceRole).toString();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("sources.menu"));
    const auto add = [menu](const char* name, const QString& text, auto run) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        QObject::connect(action, &QAction::triggered, menu, run);
    };
    if (!place.isEmpty()) {
        const bool isOpen = static_cast<SourceItemKind>(index.data(SourceKindRole).toInt()) == SourceItemKind::Open;
        const bool isPinned = std::any_of(m_places.places().begin(), m_places.places().end(),
                                          [&](const Place& p) { return p.place == place && p.isPinned; });
        add("sources.menu.open", isOpen ? tr("Show") : tr("Open"), [this, place] { Q_EMIT openRequested(place); });
        if (isOpen) add("sources.menu.lock", tr("Lock"), [this, place] { Q_EMIT lockRequested(place); });
        if (isOpen) add("sources.menu.close", tr("Close"), [this, place] { Q_EMIT closeRequested(place); });
        menu->addSeparator();
        add("sources.menu.pin", isPinned ? tr("Unpin") : tr("Pin"), [this, place, isPinned] { m_places.setPinned(place, !isPinned); });
        if (!isOpen) add("sources.menu.forget", tr("Forget"), [this, place] { m_places.forget(place); });
        add("sources.menu.details", tr("Details"), [this, place] { Q_EMIT detailsRequested(place); });
        add("sources.menu.copyPlace", tr("Copy Path"), [place] { QGuiApplication::clipboard()->setText(place); });
        menu->addSeparator();
    }
    add("sources.menu.clear", tr("Clear Recent Files"), [this] { m_places.clearRecent(); });
    menu->popup(m_tree->viewport()->mapToGlobal(where));
}

} // namespace blazedb::views
