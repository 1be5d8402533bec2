#include "engine/crypto/key_derivation.h"

#include <openssl/evp.h>

#include "engine/base/assert.h"

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

} // namespace blazedb::crypto
