// What went wrong, as a value: errors travel from disk to window and, later, over the wire.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace blazedb {

/// One-to-one with the gRPC status codes. Callers branch on the code, never on the text.
enum class ErrorCode {
    Cancelled,          ///< The caller's stop token said so.
    InvalidArgument,    ///< The request itself is wrong: not a database, a folder, filter text with a mistake.
    DeadlineExceeded,   ///< The caller's time ran out.
    NotFound,           ///< No such file, record, field.
    AlreadyExists,      ///< A file or record of that name is there.
    PermissionDenied,   ///< The system or a policy refuses.
    Unauthenticated,    ///< Wrong password, or no key that fits.
    ResourceExhausted,  ///< No space, a limit reached.
    FailedPrecondition, ///< A part of the database is missing; the message names it.
    Conflict,           ///< The data moved on while it was read or changed; asking again may succeed.
    Unsupported,        ///< Known but not readable here: newer format, foreign feature.
    Io,                 ///< The operating system failed for another reason.
    Corruption,         ///< Stored bytes are damaged or not to be trusted; the message says where.
    Unavailable,        ///< The source is gone for now.
    Internal,           ///< A defect of this program.
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    /// For a person: what was tried, on what, why it failed, what to do. English, no full stop, no secrets.
    std::string message;

    /// This error with `what` put in front: "open orders.blazedb: page 7: checksum mismatch".
    [[nodiscard]] Error in(std::string_view what) &&
    {
        message.insert(0, std::string(what) + ": ");
        return std::move(*this);
    }

    friend bool operator==(const Error&, const Error&) = default;
};

/// The enumerator's name, for logs and details: "NotFound".
std::string_view errorCodeName(ErrorCode code);

} // namespace blazedb
