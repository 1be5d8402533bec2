// A running delivery of something to a sink.
#pragma once

namespace blazedb::api {

/// Destroying it waits for a running call of the sink, after which the sink is never called again.
/// Not to be destroyed inside the sink itself.
class Subscription {
public:
    virtual ~Subscription() = default;
};

} // namespace blazedb::api
