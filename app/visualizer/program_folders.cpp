#include "app/visualizer/program_folders.h"

#include <QDir>
#include <QFileInfo>
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

void makeOwnFolder(const QString& path)
{
    if (QFileInfo::exists(path)) return;
    if (QDir().mkpath(path)) QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace blazedb::app
