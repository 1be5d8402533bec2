// SHA-256 and HMAC-SHA256.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "engine/base/bytes.h"

namespace blazedb::crypto {

using Sha256 = std::array<std::byte, 32>;

Sha256 sha256(ByteView bytes);

/// SHA-256 of what comes in parts. Thread-safety: none; one owner.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(const Sha256Stream&) = delete;
    Sha256Stream& operator=(const Sha256Stream&) = delete;

    void add(ByteView bytes);
    /// Once, after the last part.
    Sha256 finish();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

Sha256 hmacSha256(ByteView key, ByteView bytes);
/// In time that does not depend on where they differ.
bool equalInConstantTime(ByteView left, ByteView right);
/// Lower case.
std::string toHex(ByteView bytes);

} // namespace blazedb::crypto
