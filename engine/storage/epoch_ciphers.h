// The keys of the file's write epochs. An epoch is what one opening for writing wrote: it has 32 random bytes of its own,
// and seals under keys derived from the data key and those bytes, so no two openings, and no two copies of one file
// that live on apart, ever share a key. Source: FORMAT.md, "Epochs".
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/guarded.h"
#include "engine/base/secure_bytes.h"
#include "engine/crypto/aes_gcm.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

/// Pages and log entries have keys of their own, so that their nonces need not know of each other.
enum class EpochUse { Page, Log };

/// Hands out ciphers by epoch. Any thread. Keeps at most 64 epochs; older ones are derived again (2 µs).
class EpochCiphers {
public:
    explicit EpochCiphers(SecureBytes dataKey);

    /// A cipher of one epoch, lent until it goes.
    class Lease {
    public:
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        crypto::AesGcm* operator->() const { return m_cipher.get(); }

    private:
        friend EpochCiphers;
        Lease(EpochCiphers& owner, EpochUse use, const EpochSalt& salt, std::unique_ptr<crypto::AesGcm> cipher);
        EpochCiphers& m_owner;
        EpochUse m_use;
        EpochSalt m_salt;
        std::unique_ptr<crypto::AesGcm> m_cipher;
    };

    Lease lease(EpochUse use, const EpochSalt& salt);
    [[nodiscard]] ByteView dataKey() const { return m_dataKey.view(); }

private:
    using Name = std::pair<EpochUse, EpochSalt>;
    using Idle = std::map<Name, std::vector<std::unique_ptr<crypto::AesGcm>>>;

    SecureBytes m_dataKey;
    Guarded<Idle> m_idle;
};

/// What one opening for writing seals under: its salt, and a counter that never gives a number twice. Any thread.
class WriteEpoch {
public:
    explicit WriteEpoch(const EpochSalt& salt)
        : m_salt(salt)
    {
    }
    [[nodiscard]] const EpochSalt& salt() const { return m_salt; }
    std::uint64_t nextCounter() { return m_next.fetch_add(1, std::memory_order_relaxed); }

private:
    EpochSalt m_salt;
    std::atomic<std::uint64_t> m_next{0};
};

/// The nonce of a counter: four zero bytes, then the counter.
std::array<std::byte, crypto::kNonceBytes> nonceOf(std::uint64_t counter);

} // namespace blazedb::storage
