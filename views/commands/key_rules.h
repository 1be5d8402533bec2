// Which keys may run a command.
#pragma once

#include <QKeySequence>
#include <QString>

namespace blazedb::views {

/// Why the key cannot run a command: it types a letter, or it walks through lists and fields, or it is no key at all.
/// Empty when it can. Translated. GUI thread only.
QString keyProblem(const QKeySequence& key);

} // namespace blazedb::views
