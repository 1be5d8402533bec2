// Finds the key: tries the key parameters that were ever used against the catalogue's signature and the pages.
// Source: file-format specification 2.7.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "engine/base/secure_bytes.h"
#include "engine/format28/catalogue.h"
#include "engine/format28/page_source.h"

namespace blazedb::format28 {

inline constexpr std::uint32_t kCurrentRounds = 600'000;

struct FoundKey {
    SecureBytes key;
    std::uint32_t rounds = kCurrentRounds;
    bool isSignatureSound = false; ///< The catalogue's signature was verified with it.
};

struct KeySearch {
    ByteView password;
    Bytes salt;
    const CatalogueWrapper* wrapper = nullptr; ///< Null when the catalogue is missing, unreadable or ignored.
    const PageSource* pages = nullptr;
    std::stop_token stop;
};

/// Errors: Unauthenticated with an empty message (no key fits: the caller words it), Cancelled, Io.
Result<FoundKey> findKey(const KeySearch& search);

} // namespace blazedb::format28
