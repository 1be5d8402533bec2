#include "views/shell/start_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/commands/command_registry.h"
#include "views/shell/source_items.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kStartColumnWidth = 320;

/// A button that is the command: its text, state and reason follow the action.
QPushButton* makeCommandButton(CommandRegistry& commands, const QString& id, ButtonRole role, QWidget* parent)
{
    QAction* const action = commands.action(id);
    auto* button = new QPushButton(parent);
    setButtonRole(button, role);
    button->setObjectName(QStringLiteral("main.start.%1").arg(id.section(QLatin1Char('.'), -1)));
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setAccessibleName(action->iconText());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

StartPage::StartPage(CommandRegistry& commands, PlaceList& places, const SourceMarks& marks, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_places(places)
    , m_marks(marks)
    , m_recent(new QListWidget(this))
    , m_nothing(makeWrappedLabel(tr("Files you open appear here. You can also drop one on this window."), TextRole::Muted, this))
{
    setObjectName(QStringLiteral("main.start"));
    auto* middle = makeRow();
    middle->setSpacing(Theme::unit(12));
    middle->addStretch();
    middle->addWidget(makeActions(commands, theme), 0, Qt::AlignTop);
    middle->addWidget(makeRecent(theme), 0, Qt::AlignTop);
    middle->addStretch();
    auto* column = makeColumn(this);
    column->addStretch(2);
    column->addLayout(middle);
    column->addStretch(3);
    connect(&places, &PlaceList::changed, this, &StartPage::refresh);
    connect(&marks, &SourceMarks::changed, this, &StartPage::refresh);
    refresh();
}

QWidget* StartPage::makeActions(CommandRegistry& commands, Theme& theme)
{
    auto* box = new QWidget(this);
    box->setFixedWidth(kStartColumnWidth);
    auto* column = makeColumn(box);
    auto* sign = new QLabel(box);
    const auto drawSign = [sign, &theme] {
        sign->setPixmap(theme.icon(QStringLiteral("database"), ColorToken::Accent).pixmap(QSize(Theme::kPageIcon, Theme::kPageIcon), sign->devicePixelRatioF()));
    };
    drawSign();
    connect(&theme, &Theme::changed, sign, drawSign);
    column->addWidget(sign);
    column->addWidget(makeLabel(tr("BlazeDB Visualizer"), TextRole::Title, box));
    column->addWidget(makeWrappedLabel(tr("Open a database to see what is in it. Looking never changes a file."), TextRole::Muted, box));
    column->addSpacing(Theme::unit(2));
    column->addWidget(makeCommandButton(commands, QStringLiteral("file.open"), ButtonRole::Primary, box));
    column->addWidget(makeCommandButton(commands, QStringLiteral("file.find"), ButtonRole::Ordinary, box));
    column->addWidget(makeCommandButton(commands, QStringLiteral("file.sample"), ButtonRole::Ordinary, box));
    column->addWidget(makeCommandButton(commands, QStringLiteral("file.connect"), ButtonRole::Ordinary, box));
    column->addWidget(makeCommandButton(commands, QStringLiteral("file.create"), ButtonRole::Ordinary, box));
    column->addWidget(makeWrappedLabel(tr("Servers and new databases come with a later version."), TextRole::Label, box));
    return box;
}

QWidget* StartPage::makeRecent(Theme& theme)
{
    auto* box = new QWidget(this);
    box->setFixedWidth(kStartColumnWidth + Theme::unit(10));
    auto* column = makeColumn(box);
    column->addWidget(makeLabel(tr("Recent"), TextRole::Section, box));
    m_nothing->setParent(box);
    column->addWidget(m_nothing);
    m_recent->setParent(box);
    nameControl(m_recent, QStringLiteral("main.start.recent"), tr("Recent databases"));
    setStyleProperty(m_recent, "listRole", QStringLiteral("sources"));
    m_recent->setItemDelegate(new SourceDelegate(theme, m_recent));
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_recent);
    const auto open = [this](QListWidgetItem* item) { Q_EMIT openRequested(item->data(SourcePlaceRole).toString()); };
    connect(m_recent, &QListWidget::itemClicked, this, open);
    connect(m_recent, &QListWidget::itemActivated, this, open);
    connect(&theme, &Theme::changed, m_recent->viewport(), qOverload<>(&QWidget::update));
    return box;
}

void StartPage::refresh()
{
    constexpr int kShownMax = 8;
    int row = 0;
    for (const Place& place : m_places.places()) {
        if (row >= kShownMax) break;
        // Rows stay, so that who walks through them by keys is not thrown out by a file that changed.
        QListWidgetItem* const item = row < m_recent->count() ? m_recent->item(row) : new QListWidgetItem(m_recent);
        item->setText(place.name);
        describePlace(place, m_marks.mark(place.identity), [item](int role, const QVariant& value) { item->setData(role, value); });
        ++row;
    }
    while (m_recent->count() > row) delete m_recent->takeItem(row);
    m_nothing->setVisible(m_recent->count() == 0);
    m_recent->setVisible(m_recent->count() > 0);
    const int rowHeight = m_recent->count() > 0 ? m_recent->sizeHintForRow(0) : 0;
    m_recent->setFixedHeight(m_recent->count() * rowHeight + Theme::unit(2));
}

} // namespace blazedb::views
