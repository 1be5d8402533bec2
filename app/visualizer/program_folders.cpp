#include "app/visualizer/program_folders.h"

#include <QStandardPaths>

#include "app/visualizer/identity.h"

namespace blazedb::app {

ProgramFolders programFolders(const QString& settingsFolder)
{
    if (!settingsFolder.isEmpty()) return {settingsFolder, settingsFolder + QStringLiteral("/data")};
    const QString below = QLatin1Char('/') + QString::fromLatin1(kFolderName);
    return {QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + below,
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + below};
}

} // namespace blazedb::app
