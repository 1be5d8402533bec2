// Who may do what.
#pragma once

#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/principal.h"

namespace blazedb::api {

struct Decision {
    bool isAllowed = false;
    std::vector<std::string> reasons;
};

/// Any thread.
class Access {
public:
    virtual ~Access() = default;
    virtual Result<model::Principal> whoAmI(const CallContext& context) = 0;
    virtual Result<std::vector<model::Principal>> principals(const CallContext& context) = 0;
    /// Without effect: what would happen if this principal did that.
    virtual Result<Decision> decide(const CallContext& context, const model::Principal& principal, const std::string& action) = 0;
};

} // namespace blazedb::api
