#include "app/visualizer/program_folders.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include "app/visualizer/identity.h"

namespace blazedb::app {
namespace {

/// Where programs keep what outlives them and is no data of their user's; this version of Qt does not know the place.
QString stateFolder()
{
    const QString chosen = qEnvironmentVariable("XDG_STATE_HOME");
    return QDir::isAbsolutePath(chosen) ? chosen : QDir::homePath() + QStringLiteral("/.local/state");
}

} // namespace

ProgramFolders programFolders(const QString& settingsFolder)
{
    if (!settingsFolder.isEmpty()) return {settingsFolder, settingsFolder + QStringLiteral("/data"), settingsFolder + QStringLiteral("/log")};
    const QString below = QLatin1Char('/') + QString::fromLatin1(kFolderName);
    return {QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + below,
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + below, stateFolder() + below + QStringLiteral("/log")};
}

void makeOwnFolder(const QString& path)
{
    if (QFileInfo::exists(path)) return;
    if (QDir().mkpath(path)) QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace blazedb::app
