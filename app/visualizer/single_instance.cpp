#include "app/visualizer/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

#include "app/visualizer/identity.h"

namespace blazedb::app {
namespace {

constexpr int kWaitMs = 500;
constexpr qint64 kMessageBytesMax = 1 << 20;

} // namespace

QString instanceName(const QString& settingsFolder)
{
    const QByteArray who = (QDir::homePath() + QLatin1Char('\n') + settingsFolder).toUtf8();
    const QByteArray digest = QCryptographicHash::hash(who, QCryptographicHash::Sha256).toHex().left(16);
    return QString::fromLatin1(kFolderName) + QLatin1Char('-') + QString::fromLatin1(digest);
}

bool handOver(const QString& name, const QStringList& files)
{
    QLocalSocket socket;
    socket.connectToServer(name);
    if (!socket.waitForConnected(kWaitMs)) return false;
    socket.write(QJsonDocument(QJsonArray::fromStringList(files)).toJson(QJsonDocument::Compact) + '\n');
    return socket.waitForReadyRead(kWaitMs) && socket.readAll().startsWith("ok");
}

SingleInstance::SingleInstance(const QString& name, QObject* parent)
    : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    // Nobody answered at this name, so a socket that is left there belongs to a program that crashed.
    if (!m_server.listen(name)) {
        QLocalServer::removeServer(name);
        m_server.listen(name);
    }
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::accept);
}

void SingleInstance::accept()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > kMessageBytesMax) socket->abort();
                return;
            }
            const QJsonDocument message = QJsonDocument::fromJson(socket->readLine());
            if (!message.isArray()) return socket->abort();
            QStringList files;
            for (const QJsonValue& file : message.array()) files << file.toString();
            socket->write("ok\n");
            socket->flush();
            Q_EMIT filesArrived(files);
        });
    }
}

} // namespace blazedb::app
