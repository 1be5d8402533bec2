#include "app/visualizer/sample_database.h"

#include <QFile>
#include <QFileInfo>

#include "engine/local/family_import.h"
#include "views/widgets/text.h"

namespace blazedb::app {

QString samplePath(const QString& dataFolder)
{
    return dataFolder + QStringLiteral("/sample/bug-tracker.blazedb");
}

Result<QString> ensureSample(const api::CallContext& context, const QString& dataFolder)
{
    const QString path = samplePath(dataFolder);
    if (QFileInfo::exists(path)) return path;
    QFile text(QStringLiteral(":/sample/bug-tracker.jsonl"));
    if (!text.open(QIODevice::ReadOnly)) return Error{ErrorCode::Internal, "the text of the sample is not in this program"};
    const QByteArray lines = text.readAll();
    FileSystem& files = localFileSystem();
    BLAZE_TRY(files.makeFolders(views::toUtf8(QFileInfo(path).absolutePath())));
    local::FamilyImport request{views::toUtf8(path), SecureBytes::fromText(kSamplePassword), {{"_blazeKind"}, {"status"}, {"teamId", "status"}}};
    BLAZE_TRY(local::importFamily(context, files, systemClock(), std::string_view(lines.constData(), static_cast<std::size_t>(lines.size())), std::move(request)));
    return path;
}

} // namespace blazedb::app
