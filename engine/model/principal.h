// Who is asking.
#pragma once

#include <string>
#include <vector>

namespace blazedb::model {

struct Principal {
    std::string name;
    std::vector<std::string> roles;
};

} // namespace blazedb::model
