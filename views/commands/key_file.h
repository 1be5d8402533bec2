// The user's keys as a file: what is kept between starts, exported and imported.
// {"format": "blazedb-visualizer-keys", "version": 1, "keys": {"file.open": ["Ctrl+O", "Ctrl+Alt+O"], "file.close": []}}
// Keys are written as QKeySequence::PortableText. Only commands whose keys were chosen are in it.
#pragma once

#include <QByteArray>

#include "engine/base/result.h"
#include "views/commands/command_registry.h"

namespace blazedb::views {

/// A file longer than this is none of ours.
inline constexpr qsizetype kKeyFileBytesMax = 1 << 20;

/// UTF-8.
QByteArray writeKeys(const KeyMap& chosen);

/// All of a file or nothing. Refused with the reason, translated: no JSON, another format, a newer version, a command that
/// does not exist here, what is no key, a key that cannot run a command, and one that would run two commands.
/// Errors: InvalidArgument.
Result<KeyMap> readKeys(const QByteArray& text, const CommandRegistry& commands);

/// Of a text this program kept for itself: what is understood; the rest is left out, and a command that is not there waits.
KeyMap keptKeys(const QByteArray& text);

} // namespace blazedb::views
