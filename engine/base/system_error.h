// Failures of the operating system as Errors, by one table.
#pragma once

#include <string>

#include "engine/base/error.h"

namespace blazedb {

/// `number` is an errno; `what` says what was tried, on what: "open orders.blaze".
Error systemError(int number, const std::string& what);

} // namespace blazedb
