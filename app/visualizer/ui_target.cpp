#include "app/visualizer/ui_target.h"

#include <functional>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>

namespace blazedb::app {
namespace {

QWidgetList windowsActiveFirst()
{
    QWidgetList windows = QApplication::topLevelWidgets();
    QWidget* const active = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : QApplication::activeWindow();
    if (const qsizetype at = windows.indexOf(active); at > 0) windows.move(at, 0);
    return windows;
}

/// The row of an item given as number or text.
std::optional<int> rowOf(const QVariant& item, int rows, const std::function<QString(int)>& textAt)
{
    bool isNumber = false;
    const int number = item.typeId() == QMetaType::QString ? 0 : item.toInt(&isNumber);
    if (isNumber) return number >= 0 && number < rows ? std::optional(number) : std::nullopt;
    for (int row = 0; row < rows; ++row) {
        if (textAt(row) == item.toString()) return row;
    }
    return std::nullopt;
}

std::optional<QModelIndex> findIndex(const QAbstractItemModel& model, const QModelIndex& parent, const QVariant& item, int column)
{
    const int at = qMax(column, 0);
    const auto row = rowOf(item, model.rowCount(parent), [&](int r) { return model.index(r, at, parent).data().toString(); });
    if (row) return model.index(*row, at, parent);
    for (int r = 0; r < model.rowCount(parent) && item.typeId() == QMetaType::QString; ++r) {
        const QModelIndex child = model.index(r, 0, parent);
        if (!model.hasChildren(child)) continue;
        if (auto found = findIndex(model, child, item, column)) return found;
    }
    return std::nullopt;
}

QStringList itemTexts(const QAbstractItemModel& model)
{
    constexpr int kItemsMax = 1000;
    QStringList texts;
    for (int row = 0; row < qMin(model.rowCount(), kItemsMax); ++row) texts << model.index(row, 0).data().toString();
    return texts;
}

} // namespace

QWidget* findControl(const QString& name)
{
    QWidget* hidden = nullptr;
    for (QWidget* window : windowsActiveFirst()) {
        QWidgetList candidates = window->findChildren<QWidget*>(name);
        if (window->objectName() == name) candidates.prepend(window);
        for (QWidget* candidate : candidates) {
            if (candidate->isVisible()) return candidate;
            hidden = candidate;
        }
    }
    return hidden;
}

QAction* findCommand(const QString& name)
{
    for (const QWidget* window : windowsActiveFirst()) {
        for (QAction* action : window->actions()) {
            if (action->objectName() == name) return action;
        }
        if (auto* action = window->findChild<QAction*>(name)) return action;
    }
    return nullptr;
}

std::optional<QPoint> pointIn(QWidget* control, const QVariant& item, int column)
{
    if (!item.isValid() && column < 0) return control->rect().center();
    if (auto* header = qobject_cast<QHeaderView*>(control)) {
        const auto section = rowOf(item, header->count(), [&](int s) { return header->model()->headerData(s, header->orientation()).toString(); });
        if (!section || header->isSectionHidden(*section)) return std::nullopt;
        const int middle = header->sectionViewportPosition(*section) + header->sectionSize(*section) / 2;
        return header->orientation() == Qt::Horizontal ? QPoint(middle, header->height() / 2) : QPoint(header->width() / 2, middle);
    }
    if (auto* view = qobject_cast<QAbstractItemView*>(control)) {
        if (!view->model()) return std::nullopt;
        const auto index = findIndex(*view->model(), view->rootIndex(), item.isValid() ? item : QVariant(0), column);
        if (!index) return std::nullopt;
        view->scrollTo(*index);
        return view->visualRect(*index).center();
    }
    if (auto* tabs = qobject_cast<QTabBar*>(control)) {
        const auto row = rowOf(item, tabs->count(), [&](int r) { return tabs->tabText(r); });
        return row ? std::optional(tabs->tabRect(*row).center()) : std::nullopt;
    }
    return std::nullopt;
}

QVariant controlProperty(const QWidget* control, const QString& property)
{
    if (property == QLatin1String("visible")) return control->isVisible();
    if (property == QLatin1String("enabled")) return control->isEnabled();
    if (property == QLatin1String("focused")) return control->hasFocus();
    const auto* view = qobject_cast<const QAbstractItemView*>(control);
    if (view && view->model()) {
        if (property == QLatin1String("rows")) return view->model()->rowCount(view->rootIndex());
        if (property == QLatin1String("columns")) return view->model()->columnCount(view->rootIndex());
        if (property == QLatin1String("items")) return itemTexts(*view->model());
    }
    if (const auto* tabs = qobject_cast<const QTabBar*>(control)) {
        if (property == QLatin1String("rows")) return tabs->count();
        if (property == QLatin1String("text")) return tabs->tabText(tabs->currentIndex());
    }
    if (const auto* combo = qobject_cast<const QComboBox*>(control)) {
        if (property == QLatin1String("text")) return combo->currentText();
        if (property == QLatin1String("items")) return itemTexts(*combo->model());
        if (property == QLatin1String("rows")) return combo->count();
    }
    if (property == QLatin1String("text")) {
        if (const auto* edit = qobject_cast<const QPlainTextEdit*>(control)) return edit->toPlainText();
        if (const auto* edit = qobject_cast<const QTextEdit*>(control)) return edit->toPlainText();
    }
    return control->property(property.toUtf8().constData());
}

} // namespace blazedb::app
