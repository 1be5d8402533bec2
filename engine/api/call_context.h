// How long a caller will wait, its way to change its mind, and where it hears how far the work is.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/base/pause_gate.h"
#include "engine/base/result.h"

namespace blazedb::api {

struct Progress {
    std::uint64_t done = 0;
    std::optional<std::uint64_t> total; ///< nullopt: not known.
    std::string unit;                   ///< "records", "pages", "bytes".
    std::uint64_t bytesDone = 0;        ///< Read or written so far, for a speed; 0 where it is not counted.
};

struct CallContext {
    /// Long work looks at it often enough to end with Cancelled within 100 ms.
    std::stop_token stop;
    /// 0: as long as it takes.
    std::chrono::milliseconds timeout{0};
    /// Called on the working thread, at most about 20 times a second; may be empty. Must be quick.
    std::function<void(const Progress&)> onProgress;
    /// Holds the work while it is paused, where the call says that it can be; null: it is never held. Pausing does not
    /// stop the clock of `timeout`.
    std::shared_ptr<PauseGate> pause = {};
};

/// The error a stopped call answers.
inline Error cancelled()
{
    return {ErrorCode::Cancelled, "cancelled"};
}

} // namespace blazedb::api
