// Where the password comes from: a file descriptor, the environment, or the person at the terminal.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "engine/base/result.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::cli {

inline constexpr const char* kPasswordVariable = "BLAZEDB_PASSWORD";

/// Whether a password comes without a person: from the descriptor or the environment. Any thread.
bool isPasswordGiven(std::optional<int> descriptor);

/// In that order. One trailing line end of a descriptor's text is not part of it. Errors: FailedPrecondition when there is
/// nowhere to ask, InvalidArgument for a bad descriptor or an endless text, Cancelled.
Result<SecureBytes> readPassword(std::optional<int> descriptor, const std::string& path, const std::stop_token& stop);

/// The same for a password that is being chosen: at the terminal it is asked for twice. Errors: InvalidArgument besides, when the
/// two differ.
Result<SecureBytes> readNewPassword(std::optional<int> descriptor, const std::string& path, const std::stop_token& stop);

} // namespace blazedb::cli
