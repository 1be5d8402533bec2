// Notices that nobody has used the program for a while.
#pragma once

#include <chrono>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace blazedb::app {

/// Sees all input of the application. GUI thread only.
class AutoLock final : public QObject {
    Q_OBJECT

public:
    explicit AutoLock(QObject* parent = nullptr);
    void setLimit(std::chrono::milliseconds idle); ///< 0: never.
    [[nodiscard]] std::chrono::milliseconds limit() const { return m_limit; }
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void idle(); ///< Once per spell without input.

private:
    void look();

    std::chrono::milliseconds m_limit{0};
    QElapsedTimer m_sinceInput;
    QTimer m_timer;
    bool m_isTold = false;
};

} // namespace blazedb::app
