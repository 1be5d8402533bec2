// The key area: the file's identity and its key slots. A slot holds the data key, wrapped under a key that a password or
// a key file gives; so passwords change without a byte of data being written again. Source: FORMAT.md, "Key area".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secure_bytes.h"
#include "engine/crypto/key_derivation.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

using FileId = std::array<std::byte, 16>;

struct Pbkdf2Cost {
    std::uint32_t rounds = 600'000;
    friend bool operator==(const Pbkdf2Cost&, const Pbkdf2Cost&) = default;
};

/// How a password becomes a key.
using PasswordCost = std::variant<crypto::Argon2Cost, Pbkdf2Cost>;

// A file from elsewhere must not make us work longer or take more than this: 1 GiB, and about 10 s on the machine of
// the design notes (1 GiB of Argon2 in 0.8 s, 2.6 million rounds of PBKDF2 a second).
inline constexpr std::uint32_t kMaxArgon2MemoryKib = 1024 * 1024;
inline constexpr std::uint64_t kMaxArgon2KibPasses = std::uint64_t{12} * 1024 * 1024;
inline constexpr std::uint32_t kMaxArgon2Lanes = 16;
inline constexpr std::uint32_t kMaxPbkdf2Rounds = 25'000'000;

/// What somebody has to open the file with.
struct Password {
    SecureBytes text; ///< UTF-8, taken as it is.
};
struct KeyFile {
    SecureBytes contents; ///< 32 bytes or more.
};
using Credential = std::variant<Password, KeyFile>;

/// Value type. The area as it stands in the file; nothing here reads or writes.
class KeyArea {
public:
    static constexpr std::size_t kSlots = 8;
    static constexpr std::size_t kMaxLabelBytes = 63;

    struct SlotFacts {
        std::size_t index = 0;
        bool isKeyFile = false;
        std::optional<PasswordCost> cost; ///< Of a password.
        std::string label;
        std::int64_t createdAtS = 0; ///< Seconds since 1970-01-01T00:00:00Z.
    };

    explicit KeyArea(const FileId& fileId);
    /// Errors: InvalidArgument (no such file form), Unsupported (newer), Corruption (the checksum does not fit).
    static Result<KeyArea> decode(ByteView block);
    [[nodiscard]] Bytes encode() const; ///< kBlockBytes.

    [[nodiscard]] const FileId& fileId() const { return m_fileId; }
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }
    [[nodiscard]] std::vector<SlotFacts> takenSlots() const;

    /// Fills a free slot and gives its index. `cost` is for passwords. Errors: InvalidArgument (an empty password, a key file under 32
    /// bytes, a cost above the caps, a label too long), ResourceExhausted (no free slot), Io (random bytes).
    Result<std::size_t> add(const Credential& credential, const PasswordCost& cost, ByteView dataKey, std::string_view label, Random& random,
                            const Clock& clock);
    /// Errors: NotFound, FailedPrecondition (the last slot stays: without it nobody opens the file).
    Result<void> remove(std::size_t index);
    /// The data key. Tries each slot of the credential's kind. Errors: Unauthenticated (none fits), ResourceExhausted (only slots
    /// above the caps are left), as argon2id.
    [[nodiscard]] Result<SecureBytes> unlock(const Credential& credential) const;
    /// The slot that the credential opens. Errors: as unlock.
    [[nodiscard]] Result<std::size_t> slotOf(const Credential& credential) const;

private:
    struct Slot {
        std::uint8_t kind = 0; ///< 0 free, 1 Argon2id, 2 PBKDF2, 3 key file.
        std::array<std::uint32_t, 3> cost{};
        std::int64_t createdAtS = 0;
        std::array<std::byte, 32> salt{};
        std::string label;
        std::array<std::byte, 12> nonce{};
        Tag tag{};
        std::array<std::byte, 32> wrapped{};
    };

    struct Unlocked {
        std::size_t slot = 0;
        SecureBytes dataKey;
    };
    [[nodiscard]] Result<Unlocked> tryUnlock(const Credential& credential) const;

    friend Result<void> writeKeyArea(File&, KeyArea&);
    void encodeBoundPart(const Slot& slot, std::byte* at) const;
    [[nodiscard]] Bytes boundBytes(const Slot& slot) const;
    static Result<SecureBytes> wrappingKey(const Slot& slot, const Credential& credential);

    FileId m_fileId;
    std::uint64_t m_generation = 1;
    std::array<Slot, kSlots> m_slots;
};

/// What a file is opened with: the data key, and the area that wraps it.
struct StoreKeys {
    SecureBytes dataKey;
    KeyArea area;
    std::vector<KeyArea::SlotFacts> dropped; ///< Of an area before, those that are not in this one.
};

/// A new random data key for the same file: each credential gets a slot with the label and cost of the one it opens in `area`. Errors: as KeyArea::unlock and add.
Result<StoreKeys> renewKeys(const KeyArea& area, std::span<const Credential> credentials, Random& random, const Clock& clock);

/// The area of an open file, and which of the two copies are sound.
struct KeyAreaReading {
    KeyArea area;
    std::array<bool, 2> isSound{};
    bool copiesAgree = false;
};

/// The newest sound copy. Errors: as KeyArea::decode when neither is sound; Io.
Result<KeyAreaReading> readKeyArea(const File& file);

/// Writes both copies, one after the other, each made durable, as the next generation: after a crash one of the two is whole,
/// and afterwards no copy with a removed slot is left. Errors: ResourceExhausted, Io.
Result<void> writeKeyArea(File& file, KeyArea& area);

} // namespace blazedb::storage
