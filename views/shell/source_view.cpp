#include "views/shell/source_view.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/shell/findings_panel.h"
#include "views/widgets/parts.h"
#include "views/widgets/state_page.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

/// Below this width the labels of the tab list fold by themselves.
constexpr int kNarrowEms = 90;

} // namespace

SourceView::SourceView(const ShellParts& parts, Session& session, QWidget* parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_session(session)
    , m_list(new QListWidget(this))
    , m_fold(new QToolButton(this))
    , m_stack(new QStackedWidget(this))
{
    build();
    fillList();
    connect(m_list, &QListWidget::currentRowChanged, this, &SourceView::showTab);
    connect(&parts.theme, &Theme::changed, this, &SourceView::fillList);
    connect(&session, &Session::recordRequested, this, [this](const QObject* asker) {
        const auto* const part = qobject_cast<const QWidget*>(asker);
        if (part && !isAncestorOf(part)) return; // another window's
        for (std::size_t i = 0; i < m_parts.tabs.size(); ++i)
            if (m_parts.tabs[i].id == QLatin1String("data")) showTab(static_cast<int>(i));
    });
    const int remembered = parts.state.value(stateKey(QStringLiteral("main/tab")), 1).toInt();
    showTab(remembered >= 0 && remembered < m_list->count() ? remembered : 1);
}

void SourceView::build()
{
    setObjectName(QStringLiteral("main.source"));
    nameControl(m_list, QStringLiteral("main.tabs"), tr("Tabs of this database"));
    setStyleProperty(m_list, "listRole", QStringLiteral("tabs"));
    m_list->setIconSize(QSize(Theme::kToolIcon, Theme::kToolIcon));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    nameControl(m_fold, QStringLiteral("main.tabs.fold"), tr("Fold the list of tabs to icons"));
    m_fold->setToolTip(tr("Fold the list of tabs to icons"));
    m_fold->setIconSize(QSize(Theme::kRowIcon, Theme::kRowIcon));
    connect(m_fold, &QToolButton::clicked, this, [this] {
        m_isFolded = !m_isFolded;
        applyFold();
        Q_EMIT foldToggled(m_isFolded);
    });
    m_stack->setObjectName(QStringLiteral("main.content"));

    QFrame* const side = makeFrame(Surface::Window, this);
    auto* sideColumn = makeColumn(side);
    sideColumn->setSpacing(0);
    sideColumn->addWidget(m_list, 1);
    auto* foldRow = makeRow();
    foldRow->setContentsMargins(Theme::unit(2), 0, Theme::unit(2), Theme::unit(2));
    foldRow->addWidget(m_fold);
    foldRow->addStretch();
    sideColumn->addLayout(foldRow);
    QFrame* const line = makeFrame(Surface::Line, this);
    line->setFixedWidth(1);

    auto* right = makeColumn();
    right->setSpacing(0);
    auto* const findings = new FindingsPanel(m_session, m_parts.theme, this);
    connect(findings, &FindingsPanel::rescueRequested, this, &SourceView::rescueRequested);
    right->addWidget(findings);
    right->addWidget(m_stack, 1);
    auto* row = makeRow(this);
    row->setSpacing(0);
    row->addWidget(side);
    row->addWidget(line);
    row->addLayout(right, 1);
}

QString SourceView::stateKey(const QString& name) const
{
    return QStringLiteral("source/%1/%2").arg(toQString(m_session.description().identity), name);
}

QString SourceView::reasonOff(const TabDescriptor& tab) const
{
    if (!tab.make) return tr("%1 is not built yet.").arg(tab.title);
    return tab.reasonUnavailable ? tab.reasonUnavailable(m_session) : QString();
}

void SourceView::fillList()
{
    const bool isNew = m_list->count() == 0;
    for (std::size_t i = 0; i < m_parts.tabs.size(); ++i) {
        const TabDescriptor& tab = m_parts.tabs[i];
        const QString reason = reasonOff(tab);
        const ColorToken ink = reason.isEmpty() ? ColorToken::Text : ColorToken::Muted;
        auto* item = isNew ? new QListWidgetItem(m_list) : m_list->item(static_cast<int>(i));
        item->setText(tab.title);
        item->setIcon(m_parts.theme.icon(tab.iconName, ink));
        item->setForeground(m_parts.theme.color(ink));
        item->setSizeHint(QSize(0, Theme::rowHeight() + Theme::unit(2)));
        const QString about = reason.isEmpty() ? tab.question : reason;
        item->setToolTip(tab.title + QLatin1Char('\n') + about);
        item->setData(Qt::AccessibleTextRole, tab.title);
        item->setData(Qt::AccessibleDescriptionRole, about);
    }
    applyFold();
}

void SourceView::applyFold()
{
    const bool isFolded = m_isFolded || width() < kNarrowEms * fontMetrics().averageCharWidth();
    int widest = 0;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* const item = m_list->item(i);
        item->setText(isFolded ? QString() : m_parts.tabs[static_cast<std::size_t>(i)].title);
        widest = qMax(widest, fontMetrics().horizontalAdvance(item->text()));
    }
    const int unfolded = qMax(168, widest + Theme::kToolIcon + Theme::unit(13));
    m_list->setFixedWidth(isFolded ? 48 + Theme::unit(2) : unfolded);
    const bool pointsLeft = isFolded == (layoutDirection() == Qt::RightToLeft);
    m_fold->setIcon(m_parts.theme.icon(pointsLeft ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right"), ColorToken::Muted));
    m_fold->setAccessibleName(isFolded ? tr("Show the names of the tabs") : tr("Fold the list of tabs to icons"));
}

void SourceView::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    applyFold();
}

void SourceView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) applyFold();
}

void SourceView::showTab(int number)
{
    if (number < 0 || number >= m_list->count()) return;
    if (!m_made.contains(number)) {
        QWidget* const page = makeTab(m_parts.tabs[static_cast<std::size_t>(number)]);
        m_made[number] = page;
        m_stack->addWidget(page);
    }
    m_stack->setCurrentWidget(m_made[number]);
    QWidget* const inTab = focusTarget(m_made[number]);
    setFocusTarget(this, inTab ? m_made[number] : m_list);
    if (m_list->currentRow() != number) m_list->setCurrentRow(number);
    m_parts.state.setValue(stateKey(QStringLiteral("main/tab")), number);
    Q_EMIT statusTextChanged();
}

QWidget* SourceView::makeTab(const TabDescriptor& tab)
{
    const QString reason = reasonOff(tab);
    if (!reason.isEmpty()) return makeExplanation(tab, reason);
    QWidget* const page = tab.make({m_session, m_parts.commands, m_parts.theme, m_parts.sessions.get(), m_parts.preferences}, m_stack);
    if (page->objectName().isEmpty()) page->setObjectName(tab.id + QStringLiteral(".tab"));
    if (auto* told = qobject_cast<TabPage*>(page))
        connect(told, &TabPage::statusTextChanged, this, &SourceView::statusTextChanged);
    return page;
}

QWidget* SourceView::makeExplanation(const TabDescriptor& tab, const QString& reason)
{
    auto* page = new StatePage(m_parts.theme, tab.id, m_stack);
    page->showContent({.state = QStringLiteral("not available here"),
                       .iconName = tab.make ? tab.iconName : QStringLiteral("not-built"),
                       .sentence = reason,
                       .explanation = tab.make ? tab.question
                                               : tr("This tab will answer: %1 It comes with a later version.").arg(tab.question),
                       .buttonText = {},
                       .details = {}});
    return page;
}

int SourceView::currentTab() const { return m_list->currentRow(); }

QString SourceView::statusText() const
{
    const auto* page = qobject_cast<const TabPage*>(m_stack->currentWidget());
    return page ? page->statusText() : QString();
}

QWidget* SourceView::tabList() const { return m_list; }
QWidget* SourceView::content() const { return m_stack->currentWidget(); }

} // namespace blazedb::views
