#include "engine/crypto/aes_gcm.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "engine/base/assert.h"

namespace blazedb::crypto {

namespace {

const unsigned char* in(ByteView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* out(std::span<std::byte> bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

} // namespace

struct AesGcm::Contexts {
    struct Free {
        void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    };
    using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

    Context opening{EVP_CIPHER_CTX_new()};
    Context sealing{EVP_CIPHER_CTX_new()};
};

AesGcm::AesGcm(ByteView key)
    : m_contexts(std::make_unique<Contexts>())
{
    BLAZE_ASSERT(key.size() == kKeyBytes);
    BLAZE_ASSERT(m_contexts->opening && m_contexts->sealing);
    // The nonce follows per call: OpenSSL keeps the key schedule of a context when only the nonce is set again.
    BLAZE_ASSERT(EVP_DecryptInit_ex(m_contexts->opening.get(), EVP_aes_256_gcm(), nullptr, in(key), nullptr) == 1);
    BLAZE_ASSERT(EVP_EncryptInit_ex(m_contexts->sealing.get(), EVP_aes_256_gcm(), nullptr, in(key), nullptr) == 1);
}

AesGcm::~AesGcm() = default;
AesGcm::AesGcm(AesGcm&&) noexcept = default;
AesGcm& AesGcm::operator=(AesGcm&&) noexcept = default;

bool AesGcm::open(ByteView nonce, ByteView cipher, ByteView tag, std::span<std::byte> plain)
{
    return open(nonce, {}, cipher, tag, plain);
}

void AesGcm::seal(ByteView nonce, ByteView plain, std::span<std::byte> cipher, std::span<std::byte> tag)
{
    seal(nonce, {}, plain, cipher, tag);
}

bool AesGcm::open(ByteView nonce, ByteView bound, ByteView cipher, ByteView tag, std::span<std::byte> plain)
{
    BLAZE_ASSERT(nonce.size() == kNonceBytes && tag.size() == kTagBytes && plain.size() == cipher.size());
    EVP_CIPHER_CTX* context = m_contexts->opening.get();
    int written = 0;
    BLAZE_ASSERT(EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, in(nonce)) == 1);
    BLAZE_ASSERT(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, kTagBytes, const_cast<std::byte*>(tag.data())) == 1);
    // OpenSSL takes a null output for "bound, not encrypted", and must not be asked so when there is nothing bound.
    if (!bound.empty()) BLAZE_ASSERT(EVP_DecryptUpdate(context, nullptr, &written, in(bound), static_cast<int>(bound.size())) == 1);
    unsigned char none = 0;
    unsigned char* into = plain.empty() ? &none : out(plain);
    bool isSound = EVP_DecryptUpdate(context, into, &written, in(cipher), static_cast<int>(cipher.size())) == 1;
    isSound = isSound && EVP_DecryptFinal_ex(context, &none, &written) == 1;
    if (!isSound && !plain.empty()) OPENSSL_cleanse(plain.data(), plain.size());
    return isSound;
}

void AesGcm::seal(ByteView nonce, ByteView bound, ByteView plain, std::span<std::byte> cipher, std::span<std::byte> tag)
{
    BLAZE_ASSERT(nonce.size() == kNonceBytes && tag.size() == kTagBytes && plain.size() == cipher.size());
    EVP_CIPHER_CTX* context = m_contexts->sealing.get();
    int written = 0;
    unsigned char none = 0;
    BLAZE_ASSERT(EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, in(nonce)) == 1);
    if (!bound.empty()) BLAZE_ASSERT(EVP_EncryptUpdate(context, nullptr, &written, in(bound), static_cast<int>(bound.size())) == 1);
    unsigned char* into = cipher.empty() ? &none : out(cipher);
    BLAZE_ASSERT(EVP_EncryptUpdate(context, into, &written, in(plain), static_cast<int>(plain.size())) == 1);
    BLAZE_ASSERT(EVP_EncryptFinal_ex(context, &none, &written) == 1);
    BLAZE_ASSERT(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data()) == 1);
}

} // namespace blazedb::crypto
