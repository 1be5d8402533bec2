#include "views/shell/sources_panel.h"

#include <algorithm>
#include <utility>

#include <QGuiApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

SourcesPanel::SourcesPanel(PlaceList& places, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_places(places)
    , m_items(new SourceItems(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit(this))
    , m_tree(new QTreeView(this))
{
    build(theme);
    connect(&places, &PlaceList::changed, this, &SourcesPanel::refresh);
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
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filtered->setFilterFixedString(text);
        m_tree->expandAll();
    });

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
    top->addWidget(m_search);
    column->addLayout(top);
    column->setSpacing(Theme::unit());
    column->addWidget(m_tree, 1);
}

void SourcesPanel::setOpenSources(std::vector<OpenSource> open)
{
    m_open = std::move(open);
    refresh();
}

void SourcesPanel::refresh()
{
    const QString selected = m_tree->currentIndex().data(SourcePlaceRole).toString();
    m_items->rebuild(m_open, m_places.places());
    m_tree->expandAll();
    if (selected.isEmpty()) return;
    const QModelIndexList found = m_filtered->match(m_filtered->index(0, 0), SourcePlaceRole, selected, 1,
                                                    Qt::MatchExactly | Qt::MatchRecursive);
    if (!found.isEmpty()) m_tree->setCurrentIndex(found.first());
}

void SourcesPanel::activate(const QModelIndex& index)
{
    const QString place = index.data(SourcePlaceRole).toString();
    if (!place.isEmpty()) Q_EMIT openRequested(place);
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
        add("sources.menu.copyPlace", tr("Copy Path"), [place] { QGuiApplication::clipboard()->setText(place); });
        menu->addSeparator();
    }
    add("sources.menu.clear", tr("Clear Recent Files"), [this] { m_places.clearRecent(); });
    menu->popup(m_tree->viewport()->mapToGlobal(where));
}

} // namespace blazedb::views
