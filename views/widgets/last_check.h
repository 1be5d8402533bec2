// What the last check of a database found: Tests writes it, the Monitor shows it. No record contents.
#pragma once

#include <optional>

#include <QDateTime>
#include <QString>

namespace blazedb::views {

class StateStore;

struct LastCheck {
    QDateTime at;
    bool isFull = false;
    quint64 problems = 0; ///< Damaged or lost things.
    quint64 remarks = 0;
};

/// GUI thread only, both. `identity` is the source's.
void rememberCheck(StateStore& state, const QString& identity, const LastCheck& check);
std::optional<LastCheck> lastCheck(const StateStore& state, const QString& identity);

/// "Last full check: 2026-11-25 14:03:12, problems: 2". Translated.
QString lastCheckText(const LastCheck& check);

} // namespace blazedb::views
