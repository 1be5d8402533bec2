// A server that lists and opens several sources.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"

namespace blazedb::api {

/// Any thread.
class Host {
public:
    virtual ~Host() = default;
    virtual Result<std::vector<SourceDescription>> sources(const CallContext& context) = 0;
    virtual Result<std::unique_ptr<DataSource>> open(const CallContext& context, const std::string& name) = 0;
};

} // namespace blazedb::api
