#include "engine/api/unavailable.h"

#include <string>

namespace blazedb::api {

Error unavailable(std::string_view what)
{
    return {ErrorCode::Unsupported, std::string(what) + " is not available here"};
}

} // namespace blazedb::api
