// When open databases lock by themselves: after a while without input, before sleep, with the screen.
#pragma once

#include <functional>

#include <QObject>

#include "app/visualizer/auto_lock.h"

namespace blazedb::app {

class DesktopWatch;
class Settings;

/// Follows the settings. GUI thread only.
class LockRules final : public QObject {
    Q_OBJECT

public:
    /// Borrows settings and desktop. `lock` gets the reason as a sentence, translated.
    LockRules(const Settings& settings, const DesktopWatch& desktop, std::function<void(const QString& why)> lock, QObject* parent = nullptr);

private:
    const Settings& m_settings;
    std::function<void(const QString& why)> m_lock;
    AutoLock m_idle;
};

} // namespace blazedb::app
