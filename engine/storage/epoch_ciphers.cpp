#include "engine/storage/epoch_ciphers.h"

#include "engine/crypto/key_derivation.h"

namespace blazedb::storage {

namespace {

constexpr std::size_t kMaxEpochs = 64;
constexpr std::size_t kMaxIdlePerEpoch = 16;

std::string_view purposeOf(EpochUse use)
{
    return use == EpochUse::Page ? "blaze page" : "blaze log";
}

} // namespace

std::array<std::byte, crypto::kNonceBytes> nonceOf(std::uint64_t counter)
{
    std::array<std::byte, crypto::kNonceBytes> nonce{};
    storeLe<std::uint64_t>(nonce.data() + 4, counter);
    return nonce;
}

EpochCiphers::EpochCiphers(SecureBytes dataKey)
    : m_dataKey(std::move(dataKey))
{
}

EpochCiphers::Lease EpochCiphers::lease(EpochUse use, const EpochSalt& salt)
{
    {
        auto idle = m_idle.lock();
        const auto found = idle->find({use, salt});
        if (found != idle->end() && !found->second.empty()) {
            auto cipher = std::move(found->second.back());
            found->second.pop_back();
            return {*this, use, salt, std::move(cipher)};
        }
    }
    const SecureBytes key = crypto::hkdfSha256(m_dataKey.view(), salt, purposeOf(use));
    return {*this, use, salt, std::make_unique<crypto::AesGcm>(key.view())};
}

EpochCiphers::Lease::Lease(EpochCiphers& owner, EpochUse use, const EpochSalt& salt, std::unique_ptr<crypto::AesGcm> cipher)
    : m_owner(owner)
    , m_use(use)
    , m_salt(salt)
    , m_cipher(std::move(cipher))
{
}

EpochCiphers::Lease::~Lease()
{
    auto idle = m_owner.m_idle.lock();
    if (idle->size() >= kMaxEpochs && !idle->contains({m_use, m_salt})) idle->clear();
    auto& ciphers = (*idle)[{m_use, m_salt}];
    if (ciphers.size() < kMaxIdlePerEpoch) ciphers.push_back(std::move(m_cipher));
}

} // namespace blazedb::storage
