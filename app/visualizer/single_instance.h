// One window per user and settings folder: a second start hands its files over.
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace blazedb::app {

/// The name of the socket for this user and settings folder.
QString instanceName(const QString& settingsFolder);

/// In the second start. True when a running program took the files; waits at most a second. Before the event loop only.
bool handOver(const QString& name, const QStringList& files);

/// In the first start. GUI thread only.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    /// Listens; when it cannot, later starts open windows of their own.
    explicit SingleInstance(const QString& name, QObject* parent = nullptr);

Q_SIGNALS:
    void filesArrived(const QStringList& files); ///< May be empty: the user wants to see the window.

private:
    void accept();
    QLocalServer m_server;
};

} // namespace blazedb::app
