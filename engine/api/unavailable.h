// The answer of a facet function that this source does not have.
#pragma once

#include <string_view>

#include "engine/base/result.h"

namespace blazedb::api {

/// Unsupported: "<what> is not available here".
Error unavailable(std::string_view what);

} // namespace blazedb::api
