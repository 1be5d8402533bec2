// The signals that ask a program to end, as a Qt signal.
#pragma once

#include <QObject>

class QSocketNotifier;

namespace blazedb::app {

/// One at a time; takes SIGTERM, SIGINT and SIGHUP for as long as it lives. GUI thread only.
class EndSignals final : public QObject {
    Q_OBJECT

public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    void arrived();

private:
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace blazedb::app
