// Between the engine's UTF-8 texts and Qt's. Any thread.
#pragma once

#include <string>
#include <string_view>

#include <QString>

#include "engine/base/error.h"

namespace blazedb::views {

/// Invalid UTF-8 (file names) comes out with replacement characters, never fails.
QString toQString(std::string_view text);
std::string toUtf8(const QString& text);

/// For display only: a long run without a place to break, as of a file name, may be broken after every few letters.
QString breakable(const QString& text);

/// The translated sentence for an error's code, for a headline; the message itself goes under "Details".
QString errorHeadline(const Error& error);

} // namespace blazedb::views
