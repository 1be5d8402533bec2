#include "engine/crypto/key_derivation.h"

#include <string>

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "engine/base/assert.h"
#include "engine/crypto/digest.h"

namespace blazedb::crypto {

SecureBytes pbkdf2Sha256(ByteView password, ByteView salt, std::uint32_t rounds)
{
    SecureBytes key(32);
    // A null pointer would be taken for "no password"; an empty one is legal.
    const char* text = password.empty() ? "" : reinterpret_cast<const char*>(password.data());
    BLAZE_ASSERT(PKCS5_PBKDF2_HMAC(text, static_cast<int>(password.size()), reinterpret_cast<const unsigned char*>(salt.data()),
                                   static_cast<int>(salt.size()), static_cast<int>(rounds), EVP_sha256(), static_cast<int>(key.size()),
                                   reinterpret_cast<unsigned char*>(key.writable().data())) == 1);
    return key;
}

Result<SecureBytes> argon2id(ByteView password, ByteView salt, const Argon2Cost& cost)
{
    SecureBytes key(32);
    const int outcome = argon2id_hash_raw(cost.passes, cost.memoryKib, cost.lanes, password.data(), password.size(), salt.data(),
                                          salt.size(), key.writable().data(), key.size());
    if (outcome == ARGON2_OK) return key;
    const ErrorCode code = outcome == ARGON2_MEMORY_ALLOCATION_ERROR ? ErrorCode::ResourceExhausted : ErrorCode::InvalidArgument;
    return Error{code, std::string("Argon2id: ") + argon2_error_message(outcome)};
}

SecureBytes hkdfSha256(ByteView key, ByteView salt, std::string_view info)
{
    // One block of output: T(1) = HMAC(PRK, info | 0x01), with PRK = HMAC(salt, key).
    static_assert(sizeof(Sha256) == 32);
    const Sha256 noSalt{};
    Sha256 extracted = hmacSha256(salt.empty() ? ByteView(noSalt) : salt, key);
    ByteWriter block(info.size() + 1);
    block.text(info);
    block.le<std::uint8_t>(1);
    Sha256 expanded = hmacSha256(extracted, block.view());
    SecureBytes derived{ByteView(expanded)};
    OPENSSL_cleanse(extracted.data(), extracted.size());
    OPENSSL_cleanse(expanded.data(), expanded.size());
    return derived;
}

} // namespace blazedb::crypto
