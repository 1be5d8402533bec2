// What the program hands to its window; everything outlives it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include "views/session/open_sessions.h"
#include "views/shell/shared_sessions.h"
#include "views/shell/source_opener.h"
#include "views/shell/tab_registry.h"
#include "views/shell/text_saving.h"

namespace blazedb {
class Logger;
}

namespace blazedb::views {

class CommandRegistry;
class LogRing;
class RememberedSecrets;
class StateStore;
class Theme;
class ViewPreferences;

struct ShellParts {
    SourceOpener& opener;
    CommandRegistry& commands;
    Theme& theme;
    StateStore& state;
    std::shared_ptr<LogRing> log; ///< Never null; the program feeds it from its Logger.
    std::vector<TabDescriptor> tabs = tabDescriptors();
    /// Makes the settings page, shown as a tab of the window; empty: the command is disabled.
    std::function<QWidget*(QWidget* parent)> makeSettingsPage = {};
    /// Writes the sample if it is not there and opens it in the window; empty: the command is disabled.
    std::function<void()> openSample = {};
    /// The password of a sample, which is no secret; empty for any other place, and when the function is.
    std::function<QString(const QString& place)> publicPassword = {};
    /// Asks for files; empty: the system's file dialog. Tests answer without one.
    std::function<QStringList(QWidget* parent)> chooseFiles = {};
    /// Asks for a file to write; empty: the system's file dialog.
    SaveFileChooser chooseSaveFile = {};
    /// The user's choices by their names in the settings file, for the support report; empty: none are told.
    std::function<QList<QPair<QString, QString>>()> settingsFacts = {};
    /// Where a search for databases looks; empty: there is nothing to search.
    std::function<SearchOrder()> searchOrder = {};
    RememberedSecrets* secrets = nullptr; ///< Null: passwords cannot be remembered.
    Logger* logger = nullptr; ///< Takes what the window notes; null: nothing is noted.
    ViewPreferences* preferences = nullptr; ///< Null: tabs have zones and intervals of their own.
    QString version = {};
    std::shared_ptr<OpenSessions> sessions = std::make_shared<OpenSessions>(); ///< Never null; the windows fill it.
    std::shared_ptr<SharedSessions> sharedSessions = std::make_shared<SharedSessions>(); ///< Never null.
};

} // namespace blazedb::views
