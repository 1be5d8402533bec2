// Where the program keeps its files.
#pragma once

#include <QString>

namespace blazedb::app {

struct ProgramFolders {
    QString settings; ///< settings.ini and state.ini.
    QString data;     ///< The sample database.
    QString logs;     ///< The log file and its older ones.
};

/// `settingsFolder` holds everything when it is given; else the platform's places.
ProgramFolders programFolders(const QString& settingsFolder);

/// Makes a folder for its owner alone; one that is there keeps its rights. Blocks.
void makeOwnFolder(const QString& path);

} // namespace blazedb::app
