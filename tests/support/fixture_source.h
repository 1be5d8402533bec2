// A fixture of tests/data, copied and opened, so that a test may watch its files.
#pragma once

#include <memory>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/local/opener.h"
#include "tests/support/expected_records.h"

namespace blazedb::tests {

class FixtureSource {
public:
    /// `group`: "format28" or "format28-damaged". Copies without the write protection of their originals.
    FixtureSource(const char* group, const char* name)
    {
        copyFixture(QStringLiteral("%1/%2").arg(QLatin1String(group), QLatin1String(name)), folder.path());
        for (const QString& file : QDir(folder.path()).entryList(QDir::Files))
            QFile::setPermissions(folder.filePath(file), QFile::ReadOwner | QFile::WriteOwner);
        path = folder.filePath(QDir(folder.path()).entryList({QStringLiteral("*.blazedb")}).value(0));
        reopen();
    }
    void reopen()
    {
        local::Opener opener;
        auto opened = opener.open({}, {path.toStdString(), SecureBytes::fromText(kFixturePassword), local::OpenMode::Observe});
        source = opened ? std::shared_ptr<api::DataSource>(*std::move(opened)) : nullptr;
    }
    /// "….meta" for ".meta".
    [[nodiscard]] QString side(const char* suffix) const { return path.left(path.lastIndexOf(QLatin1Char('.'))) + QLatin1String(suffix); }
    /// Of all files, their names and their times: equal when nothing was written, made or removed.
    [[nodiscard]] QByteArray digest() const
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const QFileInfo& info : QDir(folder.path()).entryInfoList(QDir::Files | QDir::Hidden, QDir::Name)) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly)) return {};
            hash.addData(info.fileName().toUtf8() + info.lastModified().toString(Qt::ISODateWithMs).toUtf8());
            hash.addData(&file);
        }
        return hash.result();
    }

    QTemporaryDir folder;
    QString path;
    std::shared_ptr<api::DataSource> source; ///< Null when it could not be opened.
};

} // namespace blazedb::tests
