// The platform's keys for a command, with ours where the platform has none.
#pragma once

#include <QKeySequence>
#include <QList>

namespace blazedb::views {

/// All bindings of `key` on this platform; only `otherwise` when there are none, as for Quit, Preferences and Save As offscreen.
inline QList<QKeySequence> standardKeys(QKeySequence::StandardKey key, const QKeySequence& otherwise = {})
{
    QList<QKeySequence> keys = QKeySequence::keyBindings(key);
    if (keys.isEmpty() && !otherwise.isEmpty()) keys.append(otherwise);
    return keys;
}

} // namespace blazedb::views
