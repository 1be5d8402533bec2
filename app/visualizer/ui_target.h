// Finds the controls a script names.
#pragma once

#include <optional>

#include <QAction>
#include <QPoint>
#include <QString>
#include <QVariant>
#include <QWidget>

namespace blazedb::app {

/// The visible control of that name, the one in the active window first; without one, a hidden one; null when there is none.
QWidget* findControl(const QString& name);
/// A command of the window ("file.open"); null when there is none.
QAction* findCommand(const QString& name);

/// A point in a control: its middle, or that of an item of a list, table, tree, tab bar or combo box. Nothing when there is
/// no such item. `item` is a text or a row number; `column` -1 means the first.
std::optional<QPoint> pointIn(QWidget* control, const QVariant& item, int column);

/// A property as scripts see it: Qt's properties, dynamic ones, and `visible`, `enabled`, `focused`, `rows`, `columns`,
/// `items` (texts of a list), `text` of a label, button, field, document or combo box. Invalid when there is none.
QVariant controlProperty(const QWidget* control, const QString& property);

} // namespace blazedb::app
