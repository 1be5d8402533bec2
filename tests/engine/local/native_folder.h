// A folder with one native file in it, for tests of engine/local.
#pragma once

#include <QFile>
#include <QTemporaryDir>

#include "engine/local/native_documents.h"
#include "engine/local/native_file.h"
#include "tests/support/native_database.h"

namespace blazedb::tests {

/// The file opens with kTestPassword.
class NativeFolder {
public:
    NativeFolder()
        : path(folder.filePath(QStringLiteral("orders.blaze")).toStdString())
    {
        local::NewNative request;
        request.path = path;
        request.secret.password = SecureBytes::fromText(kTestPassword);
        request.cost = cheapCost();
        if (!local::createNative({}, localFileSystem(), std::move(request))) qFatal("no native file");
    }

    /// Errors: those of lockNative and openLocked.
    [[nodiscard]] Result<std::unique_ptr<local::NativeDocuments>> open() const
    {
        BLAZE_TRY_VALUE(local::LockedNative locked, local::lockNative(localFileSystem(), path));
        BLAZE_TRY_VALUE(auto store, local::openLocked(std::move(locked), testPassword(), {}));
        return local::NativeDocuments::open(std::move(store));
    }

    [[nodiscard]] qint64 size() const { return QFile(QString::fromStdString(path)).size(); }
    /// Turns one bit of the file.
    void turnBit(qint64 offset) const
    {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadWrite) || !file.seek(offset)) qFatal("cannot open");
        char byte = 0;
        if (!file.getChar(&byte) || !file.seek(offset) || !file.putChar(static_cast<char>(byte ^ 1))) qFatal("cannot write");
    }

    QTemporaryDir folder;
    const std::string path;
};

} // namespace blazedb::tests
