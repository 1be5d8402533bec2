// Small parts that the panels of the Data tab share.
#pragma once

#include <QString>

class QPlainTextEdit;
class QToolButton;
class QTreeWidget;
class QWidget;

namespace blazedb::views {

class Theme;

/// GUI thread only, all of them.
QPlainTextEdit* makeReadOnlyText(const Theme& theme, const QString& name, const QString& title, QWidget* parent);
QTreeWidget* makeFieldTree(const QString& name, const QString& title, QWidget* parent); ///< Field, kind, value.
QToolButton* makeIconButton(const Theme& theme, const QString& icon, const QString& name, const QString& title, QWidget* parent);

} // namespace blazedb::views
