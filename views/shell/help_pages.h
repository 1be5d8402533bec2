// What the Help menu shows.
#pragma once

#include <QString>

class QWidget;

namespace blazedb::views {

class CommandRegistry;
class Theme;

/// All commands with their keys, searchable. Object names `help.keys…`.
QWidget* makeKeysPage(const CommandRegistry& commands, QWidget* parent);

/// The licences of the product and of what it is built with. Object name `help.licences`.
QWidget* makeLicencesPage(QWidget* parent);

/// Opens the About box, not blocking. Object name `help.about`.
void showAbout(const Theme& theme, const QString& version, QWidget* parent);

} // namespace blazedb::views
