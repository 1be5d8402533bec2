// What is waiting to be exchanged with peers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/call_context.h"

namespace blazedb::api {

struct SyncPeer {
    std::string name;
    std::uint64_t pendingChanges = 0;
};

/// Any thread.
class Sync {
public:
    virtual ~Sync() = default;
    virtual Result<std::vector<SyncPeer>> peers(const CallContext& context) = 0;
    virtual Result<void> pause(const CallContext& context) = 0;
    virtual Result<void> resume(const CallContext& context) = 0;
};

} // namespace blazedb::api
