#include "app/visualizer/lock_rules.h"

#include <chrono>
#include <utility>

#include "app/visualizer/desktop_watch.h"
#include "app/visualizer/settings.h"

namespace blazedb::app {

LockRules::LockRules(const Settings& settings, const DesktopWatch& desktop, std::function<void(const QString& why)> lock, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_lock(std::move(lock))
{
    const auto obey = [this] {
        const std::chrono::minutes limit(m_settings.autoLockMinutes());
        if (limit != m_idle.limit()) m_idle.setLimit(limit);
    };
    obey();
    connect(&settings, &Settings::changed, this, obey);
    connect(&m_idle, &AutoLock::idle, this,
            [this] { m_lock(tr("Locked because nobody used the program for %n minute(s).", nullptr, m_settings.autoLockMinutes())); });
    connect(&desktop, &DesktopWatch::aboutToSleep, this, [this] {
        if (m_settings.value(setting::kLocksOnSleep).toBool()) m_lock(tr("Locked because the computer went to sleep."));
    });
    connect(&desktop, &DesktopWatch::screenLocked, this, [this] {
        if (m_settings.value(setting::kLocksOnScreenLock).toBool()) m_lock(tr("Locked because the screen was locked."));
    });
}

} // namespace blazedb::app
