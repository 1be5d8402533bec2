#include "engine/crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "engine/base/assert.h"

namespace blazedb::crypto {

Sha256 sha256(ByteView bytes)
{
    Sha256 digest{};
    unsigned int size = 0;
    BLAZE_ASSERT(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha256(), nullptr) == 1);
    return digest;
}

struct Sha256Stream::Context {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> digest{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream()
    : m_context(std::make_unique<Context>())
{
    BLAZE_ASSERT(m_context->digest && EVP_DigestInit_ex(m_context->digest.get(), EVP_sha256(), nullptr) == 1);
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(ByteView bytes)
{
    BLAZE_ASSERT(EVP_DigestUpdate(m_context->digest.get(), bytes.data(), bytes.size()) == 1);
}

Sha256 Sha256Stream::finish()
{
    Sha256 digest{};
    unsigned int size = 0;
    BLAZE_ASSERT(EVP_DigestFinal_ex(m_context->digest.get(), reinterpret_cast<unsigned char*>(digest.data()), &size) == 1);
    return digest;
}

Sha256 hmacSha256(ByteView key, ByteView bytes)
{
    Sha256 code{};
    unsigned int size = 0;
    BLAZE_ASSERT(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), reinterpret_cast<unsigned char*>(code.data()), &size) != nullptr);
    return code;
}

bool equalInConstantTime(ByteView left, ByteView right)
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string toHex(ByteView bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        text += kDigits[std::to_integer<unsigned>(byte >> 4)];
        text += kDigits[std::to_integer<unsigned>(byte & std::byte{0x0F})];
    }
    return text;
}

} // namespace blazedb::crypto
