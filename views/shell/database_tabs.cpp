#include "views/shell/database_tabs.h"

#include <QTabBar>

#include "views/session/session.h"
#include "views/shell/database_tab_bar.h"
#include "views/shell/database_view.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr const char* kPageIdProperty = "pageId";

} // namespace

DatabaseTabs::DatabaseTabs(const ShellParts& parts, JobRunner& jobs, QWidget* parent)
    : QTabWidget(parent)
    , m_parts(parts)
    , m_jobs(jobs)
{
    auto* const bar = new DatabaseTabBar(this);
    setTabBar(bar);
    connect(bar, &DatabaseTabBar::draggedOut, this, &DatabaseTabs::draggedOut);
    bar->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(bar, &QWidget::customContextMenuRequested, this, [this, bar](QPoint at) {
        const int index = bar->tabAt(at);
        if (index < 0) return;
        setCurrentIndex(index);
        Q_EMIT menuRequested(bar->mapToGlobal(at));
    });
    nameControl(this, QStringLiteral("main.databases"), tr("Databases"));
    nameControl(tabBar(), QStringLiteral("main.databases.bar"), tr("Open databases"));
    setDocumentMode(true);
    setMovable(true);
    setTabsClosable(true);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(true);
    setIconSize(QSize(Theme::kRowIcon, Theme::kRowIcon));
    connect(this, &QTabWidget::tabCloseRequested, this, &DatabaseTabs::closeAt);
    connect(this, &QTabWidget::currentChanged, this, &DatabaseTabs::changed);
    connect(tabBar(), &QTabBar::tabMoved, this, &DatabaseTabs::changed);
}

DatabaseTabs::~DatabaseTabs()
{
    // The views go one after the other; nobody must be told of each.
    disconnect(this, &QTabWidget::currentChanged, this, nullptr);
    for (DatabaseView* const view : views()) disconnect(view, nullptr, this, nullptr);
}

DatabaseView* DatabaseTabs::open(const QString& place, bool becomesCurrent)
{
    DatabaseView* view = find(place);
    if (!view) {
        m_closed.removeAll(place);
        view = new DatabaseView(m_parts, m_jobs, place, this);
        follow(view);
        addTab(view, view->name());
        describe(view);
        Q_EMIT changed();
        view->join(); // as another window may have it open
    }
    if (becomesCurrent) {
        setCurrentWidget(view);
        view->setFocus(Qt::OtherFocusReason);
    }
    return view;
}

void DatabaseTabs::follow(DatabaseView* view)
{
    const auto refresh = [this, view] {
        describe(view);
        Q_EMIT changed();
    };
    connect(view, &DatabaseView::opened, this, refresh);
    connect(view, &DatabaseView::opened, this, [this, view] { Q_EMIT viewOpened(view); });
    connect(view, &DatabaseView::locked, this, refresh);
    connect(view, &DatabaseView::locked, this, [this, view] { Q_EMIT viewLocked(view); });
    connect(view, &DatabaseView::rescueRequested, this, [this, view] { Q_EMIT rescueRequested(view->place()); });
    connect(view, &DatabaseView::statusTextChanged, this, &DatabaseTabs::statusTextChanged);
}

void DatabaseTabs::describe(DatabaseView* view)
{
    const int index = indexOf(view);
    const Session* const session = view->session();
    const bool isRescue = session && session->description().isRescue;
    QString tip = view->place();
    if (!session) tip += QLatin1Char('\n') + tr("Locked");
    else if (isRescue) tip += QLatin1Char('\n') + tr("Rescue view, read-only");
    else if (session->description().isReadOnly) tip += QLatin1Char('\n') + tr("Read-only");
    setTabText(index, view->name().replace(QLatin1Char('&'), QLatin1String("&&")));
    setTabToolTip(index, tip);
    const QString icon = !session ? QStringLiteral("lock") : isRescue ? QStringLiteral("rescue") : QStringLiteral("database");
    setTabIcon(index, m_parts.theme.icon(icon, isRescue ? ColorToken::Warn : ColorToken::Muted));
}

void DatabaseTabs::openPage(const QString& id, const QString& title, const QString& iconName,
                            const std::function<QWidget*(QWidget*)>& make)
{
    for (int i = 0; i < count(); ++i) {
        if (widget(i)->property(kPageIdProperty).toString() == id) return setCurrentIndex(i);
    }
    QWidget* const page = make(this);
    page->setProperty(kPageIdProperty, id);
    const int index = addTab(page, m_parts.theme.icon(iconName, ColorToken::Muted), title);
    setCurrentIndex(index);
    page->setFocus(Qt::OtherFocusReason);
}

void DatabaseTabs::closeAt(int index)
{
    QWidget* const page = widget(index);
    if (!page) return;
    if (auto* const view = qobject_cast<DatabaseView*>(page)) {
        noteClosed({view->place()});
        view->leave();
    }
    removeTab(index);
    // Not now: the request may come from a button inside the page.
    page->deleteLater();
    Q_EMIT changed();
}

void DatabaseTabs::noteClosed(const QStringList& places)
{
    m_closed += places;
    while (m_closed.size() > kClosedMax) m_closed.removeFirst();
}

DatabaseView* DatabaseTabs::release(int index)
{
    auto* const view = qobject_cast<DatabaseView*>(widget(index));
    if (!view) return nullptr;
    disconnect(view, nullptr, this, nullptr);
    removeTab(index);
    view->setParent(nullptr); // hidden until it is adopted
    Q_EMIT changed();
    return view;
}

void DatabaseTabs::adopt(DatabaseView* view)
{
    if (DatabaseView* const twin = find(view->place())) {
        removeTab(indexOf(twin));
        twin->deleteLater();
    }
    m_closed.removeAll(view->place());
    follow(view);
    addTab(view, view->name());
    describe(view);
    setCurrentWidget(view);
    Q_EMIT changed();
    view->setFocus(Qt::OtherFocusReason);
}

void DatabaseTabs::reopenClosed()
{
    if (canReopen()) open(m_closed.takeLast());
}

void DatabaseTabs::step(int by)
{
    if (count() > 1) setCurrentIndex((currentIndex() + by + count()) % count());
}

DatabaseView* DatabaseTabs::current() const
{
    return qobject_cast<DatabaseView*>(currentWidget());
}

DatabaseView* DatabaseTabs::find(const QString& place) const
{
    for (DatabaseView* view : views()) {
        if (view->place() == place) return view;
    }
    return nullptr;
}

std::vector<DatabaseView*> DatabaseTabs::views() const
{
    std::vector<DatabaseView*> result;
    for (int i = 0; i < count(); ++i) {
        if (auto* view = qobject_cast<DatabaseView*>(widget(i))) result.push_back(view);
    }
    return result;
}

} // namespace blazedb::views
