#include "views/shell/activity_panel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/shell/activity_model.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

/// A thin bar below the words, as long as the share that is done.
class ProgressDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariant share = index.data(ActivityModel::ShareRole);
        if (!share.isValid()) return;
        QRect track = option.rect.adjusted(Theme::unit(), 0, -Theme::unit(2), -2);
        track.setTop(track.bottom() - 2);
        QRect done = track;
        done.setWidth(static_cast<int>(track.width() * share.toDouble()));
        painter->fillRect(track, option.palette.color(QPalette::Mid));
        painter->fillRect(QStyle::visualRect(option.direction, track, done), option.palette.color(QPalette::Highlight));
    }
};

} // namespace

ActivityPanel::ActivityPanel(ActivityModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_list(new QTreeView(this))
    , m_cancel(new QPushButton(tr("Cancel Task"), this))
    , m_clear(new QPushButton(tr("Clear Finished"), this))
{
    build();
    connect(&model, &ActivityModel::runningChanged, this, &ActivityPanel::refreshButtons);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityPanel::refreshButtons);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_model.cancel(m_list->currentIndex().row()); });
    connect(m_clear, &QPushButton::clicked, &model, &ActivityModel::clearFinished);
    refreshButtons();
}

void ActivityPanel::build()
{
    setObjectName(QStringLiteral("activity.panel"));
    nameControl(m_list, QStringLiteral("activity.list"), tr("Tasks"));
    nameControl(m_cancel, QStringLiteral("activity.cancel"), tr("Cancel the selected task"));
    nameControl(m_clear, QStringLiteral("activity.clear"), tr("Clear finished tasks"));
    m_list->setModel(&m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegateForColumn(ActivityModel::ProgressColumn, new ProgressDelegate(m_list));
    const int em = fontMetrics().averageCharWidth();
    m_list->setColumnWidth(ActivityModel::Title, 36 * em);
    m_list->setColumnWidth(ActivityModel::Source, 22 * em);
    m_list->setColumnWidth(ActivityModel::Started, 14 * em);
    m_list->setColumnWidth(ActivityModel::ProgressColumn, 34 * em);

    auto* buttons = makeRow();
    buttons->setContentsMargins(Theme::unit(2), Theme::unit(), Theme::unit(2), Theme::unit());
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_clear);
    buttons->addStretch();
    auto* column = makeColumn(this);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
}

void ActivityPanel::refreshButtons()
{
    const bool canCancel = m_model.isRunning(m_list->currentIndex().row());
    m_cancel->setEnabled(canCancel);
    m_cancel->setToolTip(canCancel ? QString() : tr("Select a running task first."));
    m_clear->setEnabled(m_model.rowCount() > m_model.runningCount());
}

} // namespace blazedb::views
