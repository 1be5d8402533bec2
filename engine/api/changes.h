// What is committed, in order: live refresh, undo history and synchronisation use it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/subscription.h"
#include "engine/model/batch.h"

namespace blazedb::api {

/// Any thread.
class Changes {
public:
    using Sink = std::function<void(const std::vector<model::Change>&)>;

    virtual ~Changes() = default;
    virtual Result<std::vector<model::Change>> since(const CallContext& context, std::uint64_t sequence, std::size_t changesMax) = 0;
    /// The sink runs on a thread of the source.
    virtual Result<std::unique_ptr<Subscription>> watch(Sink sink) = 0;
};

} // namespace blazedb::api
