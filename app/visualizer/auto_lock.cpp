#include "app/visualizer/auto_lock.h"

#include <algorithm>

#include <QCoreApplication>
#include <QEvent>

namespace blazedb::app {

AutoLock::AutoLock(QObject* parent)
    : QObject(parent)
{
    m_sinceInput.start();
    connect(&m_timer, &QTimer::timeout, this, &AutoLock::look);
    QCoreApplication::instance()->installEventFilter(this);
}

void AutoLock::setLimit(std::chrono::milliseconds idle)
{
    m_limit = idle;
    m_sinceInput.restart();
    m_isTold = false;
    if (idle.count() > 0)
        m_timer.start(std::clamp(idle / 10, std::chrono::milliseconds(10), std::chrono::milliseconds(5000)));
    else
        m_timer.stop();
}

bool AutoLock::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
        m_sinceInput.restart();
        m_isTold = false;
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void AutoLock::look()
{
    if (m_isTold || m_sinceInput.elapsed() < m_limit.count()) return;
    m_isTold = true;
    Q_EMIT idle();
}

} // namespace blazedb::app
