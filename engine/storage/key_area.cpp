#include "engine/storage/key_area.h"

#include <algorithm>
#include <chrono>

#include "engine/crypto/aes_gcm.h"
#include "engine/crypto/digest.h"

namespace blazedb::storage {

namespace {

// Like PNG's: a byte that is not text, a name, and a line end that a text transfer would alter.
constexpr std::array<std::uint8_t, 8> kMagic{0x89, 'B', 'L', 'A', 'Z', 'E', 0x0D, 0x0A};
constexpr std::size_t kSlotsOffset = 64;
constexpr std::size_t kKeySlotBytes = 256;
constexpr std::size_t kBoundSlotBytes = 120;
constexpr std::size_t kChecksumOffset = kBlockBytes - 32;
constexpr std::size_t kMinKeyFileBytes = 32;

constexpr std::uint8_t kArgon2Kind = 1;
constexpr std::uint8_t kPbkdf2Kind = 2;
constexpr std::uint8_t kKeyFileKind = 3;

bool isWithinCaps(std::uint8_t kind, const std::array<std::uint32_t, 3>& cost)
{
    if (kind == kArgon2Kind)
        return cost[0] <= kMaxArgon2MemoryKib && std::uint64_t{cost[0]} * cost[1] <= kMaxArgon2KibPasses && cost[2] <= kMaxArgon2Lanes;
    if (kind == kPbkdf2Kind) return cost[0] >= 1 && cost[0] <= kMaxPbkdf2Rounds;
    return true;
}

bool allZero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

} // namespace

KeyArea::KeyArea(const FileId& fileId)
    : m_fileId(fileId)
{
}

void KeyArea::encodeBoundPart(const Slot& slot, std::byte* at) const
{
    at[0] = std::byte{slot.kind};
    for (std::size_t i = 0; i < slot.cost.size(); ++i) storeLe<std::uint32_t>(at + 4 + 4 * i, slot.cost[i]);
    storeLe<std::uint64_t>(at + 16, static_cast<std::uint64_t>(slot.createdAtS));
    std::copy(slot.salt.begin(), slot.salt.end(), at + 24);
    at[56] = static_cast<std::byte>(slot.label.size());
    const ByteView label = asBytes(slot.label);
    std::copy(label.begin(), label.end(), at + 57);
}

Bytes KeyArea::boundBytes(const Slot& slot) const
{
    Bytes bound(m_fileId.size() + kBoundSlotBytes);
    std::copy(m_fileId.begin(), m_fileId.end(), bound.begin());
    encodeBoundPart(slot, bound.data() + m_fileId.size());
    return bound;
}

Bytes KeyArea::encode() const
{
    Bytes block(kBlockBytes);
    std::memcpy(block.data(), kMagic.data(), kMagic.size());
    storeLe<std::uint32_t>(block.data() + 8, kFormatVersion);
    storeLe<std::uint32_t>(block.data() + 12, kPageBytes);
    std::copy(m_fileId.begin(), m_fileId.end(), block.begin() + 16);
    storeLe<std::uint64_t>(block.data() + 32, m_generation);
    storeLe<std::uint32_t>(block.data() + 40, kSlots);
    for (std::size_t i = 0; i < kSlots; ++i) {
        const Slot& slot = m_slots[i];
        if (slot.kind == 0) continue;
        std::byte* at = block.data() + kSlotsOffset + i * kKeySlotBytes;
        encodeBoundPart(slot, at);
        std::copy(slot.nonce.begin(), slot.nonce.end(), at + kBoundSlotBytes);
        std::copy(slot.tag.begin(), slot.tag.end(), at + 132);
        std::copy(slot.wrapped.begin(), slot.wrapped.end(), at + 148);
    }
    const auto checksum = crypto::sha256(ByteView(block).first(kChecksumOffset));
    std::copy(checksum.begin(), checksum.end(), block.begin() + kChecksumOffset);
    return block;
}

Result<KeyArea> KeyArea::decode(ByteView block)
{
    if (block.size() != kBlockBytes || std::memcmp(block.data(), kMagic.data(), kMagic.size()) != 0)
        return Error{ErrorCode::InvalidArgument, "not a BlazeDB file of the native form"};
    const auto checksum = crypto::sha256(block.first(kChecksumOffset));
    const bool isSound = crypto::equalInConstantTime(checksum, block.subspan(kChecksumOffset));
    const auto version = loadLe<std::uint32_t>(block.data() + 8);
    if (version > kFormatVersion)
        return Error{ErrorCode::Unsupported, "written by a newer program: file form " + std::to_string(version) + ", known is 1"};
    if (!isSound) return Error{ErrorCode::Corruption, "the key area is damaged: its checksum does not fit"};
    if (version != kFormatVersion || loadLe<std::uint32_t>(block.data() + 12) != kPageBytes || loadLe<std::uint32_t>(block.data() + 40) != kSlots)
        return Error{ErrorCode::Corruption, "the key area names an impossible version, page size or number of slots"};

    FileId fileId;
    std::copy_n(block.begin() + 16, fileId.size(), fileId.begin());
    KeyArea area(fileId);
    area.m_generation = loadLe<std::uint64_t>(block.data() + 32);
    for (std::size_t i = 0; i < kSlots; ++i) {
        const ByteView at = block.subspan(kSlotsOffset + i * kKeySlotBytes, kKeySlotBytes);
        Slot& slot = area.m_slots[i];
        slot.kind = std::to_integer<std::uint8_t>(at[0]);
        const auto labelBytes = std::to_integer<std::size_t>(at[56]);
        if (slot.kind > kKeyFileKind || labelBytes > kMaxLabelBytes || (slot.kind == 0 && !allZero(at)))
            return Error{ErrorCode::Corruption, "key slot " + std::to_string(i) + " is malformed"};
        for (std::size_t c = 0; c < slot.cost.size(); ++c) slot.cost[c] = loadLe<std::uint32_t>(at.data() + 4 + 4 * c);
        slot.createdAtS = static_cast<std::int64_t>(loadLe<std::uint64_t>(at.data() + 16));
        std::copy_n(at.begin() + 24, slot.salt.size(), slot.salt.begin());
        slot.label = asText(at.subspan(57, labelBytes));
        std::copy_n(at.begin() + kBoundSlotBytes, slot.nonce.size(), slot.nonce.begin());
        std::copy_n(at.begin() + 132, slot.tag.size(), slot.tag.begin());
        std::copy_n(at.begin() + 148, slot.wrapped.size(), slot.wrapped.begin());
    }
    return area;
}

std::vector<KeyArea::SlotFacts> KeyArea::takenSlots() const
{
    std::vector<SlotFacts> facts;
    for (std::size_t i = 0; i < kSlots; ++i) {
        const Slot& slot = m_slots[i];
        if (slot.kind == 0) continue;
        SlotFacts fact{.index = i, .isKeyFile = slot.kind == kKeyFileKind, .cost = std::nullopt, .label = slot.label, .createdAtS = slot.createdAtS};
        if (slot.kind == kArgon2Kind) fact.cost = crypto::Argon2Cost{slot.cost[0], slot.cost[1], slot.cost[2]};
        if (slot.kind == kPbkdf2Kind) fact.cost = Pbkdf2Cost{slot.cost[0]};
        facts.push_back(std::move(fact));
    }
    return facts;
}

Result<SecureBytes> KeyArea::wrappingKey(const Slot& slot, const Credential& credential)
{
    if (const auto* keyFile = std::get_if<KeyFile>(&credential)) return crypto::hkdfSha256(keyFile->contents.view(), slot.salt, "blaze key file");
    const ByteView password = std::get<Password>(credential).text.view();
    if (slot.kind == kPbkdf2Kind) return crypto::pbkdf2Sha256(password, slot.salt, slot.cost[0]);
    return crypto::argon2id(password, slot.salt, {slot.cost[0], slot.cost[1], slot.cost[2]});
}

Result<std::size_t> KeyArea::add(const Credential& credential, const PasswordCost& cost, ByteView dataKey, std::string_view label, Random& random,
                                 const Clock& clock)
{
    const auto free = std::find_if(m_slots.begin(), m_slots.end(), [](const Slot& slot) { return slot.kind == 0; });
    if (free == m_slots.end()) return Error{ErrorCode::ResourceExhausted, "all 8 key slots are taken; remove one first"};
    if (label.size() > kMaxLabelBytes) return Error{ErrorCode::InvalidArgument, "a key's label has at most 63 bytes"};
    Slot slot;
    slot.label = label;
    slot.createdAtS = std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
    if (const auto* keyFile = std::get_if<KeyFile>(&credential)) {
        if (keyFile->contents.size() < kMinKeyFileBytes) return Error{ErrorCode::InvalidArgument, "a key file holds 32 bytes or more"};
        slot.kind = kKeyFileKind;
    } else {
        if (std::get<Password>(credential).text.isEmpty()) return Error{ErrorCode::InvalidArgument, "the password is empty"};
        if (const auto* argon2 = std::get_if<crypto::Argon2Cost>(&cost)) {
            slot.kind = kArgon2Kind;
            slot.cost = {argon2->memoryKib, argon2->passes, argon2->lanes};
        } else {
            slot.kind = kPbkdf2Kind;
            slot.cost[0] = std::get<Pbkdf2Cost>(cost).rounds;
        }
        if (!isWithinCaps(slot.kind, slot.cost)) return Error{ErrorCode::InvalidArgument, "the cost of the password is above what an opener accepts"};
    }
    BLAZE_TRY(random.fill(slot.salt));
    BLAZE_TRY(random.fill(slot.nonce));
    BLAZE_TRY_VALUE(const SecureBytes key, wrappingKey(slot, credential));
    crypto::AesGcm(key.view()).seal(slot.nonce, boundBytes(slot), dataKey, slot.wrapped, slot.tag);
    *free = std::move(slot);
    return static_cast<std::size_t>(free - m_slots.begin());
}

Result<void> KeyArea::remove(std::size_t index)
{
    if (index >= kSlots || m_slots[index].kind == 0) return Error{ErrorCode::NotFound, "no key slot " + std::to_string(index)};
    const auto taken = std::count_if(m_slots.begin(), m_slots.end(), [](const Slot& slot) { return slot.kind != 0; });
    if (taken == 1) return Error{ErrorCode::FailedPrecondition, "the last key slot cannot be removed: nobody could open the file"};
    m_slots[index] = Slot{};
    return {};
}

Result<SecureBytes> KeyArea::unlock(const Credential& credential) const
{
    BLAZE_TRY_VALUE(Unlocked unlocked, tryUnlock(credential));
    return std::move(unlocked.dataKey);
}

Result<std::size_t> KeyArea::slotOf(const Credential& credential) const
{
    BLAZE_TRY_VALUE(const Unlocked unlocked, tryUnlock(credential));
    return unlocked.slot;
}

Result<KeyArea::Unlocked> KeyArea::tryUnlock(const Credential& credential) const
{
    const bool wantsKeyFile = std::holds_alternative<KeyFile>(credential);
    std::optional<Error> refused;
    for (std::size_t i = 0; i < kSlots; ++i) {
        const Slot& slot = m_slots[i];
        if (slot.kind == 0 || (slot.kind == kKeyFileKind) != wantsKeyFile) continue;
        if (!isWithinCaps(slot.kind, slot.cost)) {
            refused = Error{ErrorCode::ResourceExhausted, "key slot " + std::to_string(i) + " asks for more memory or time than is accepted"};
            continue;
        }
        auto key = wrappingKey(slot, credential);
        if (!key) {
            refused = std::move(key).error().in("key slot " + std::to_string(i));
            continue;
        }
        SecureBytes dataKey(crypto::kKeyBytes);
        if (crypto::AesGcm(key->view()).open(slot.nonce, boundBytes(slot), slot.wrapped, slot.tag, dataKey.writable())) return Unlocked{i, std::move(dataKey)};
    }
    if (refused) return *std::move(refused);
    return Error{ErrorCode::Unauthenticated, wantsKeyFile ? "no key slot fits this key file" : "wrong password"};
}

Result<StoreKeys> renewKeys(const KeyArea& area, std::span<const Credential> credentials, Random& random, const Clock& clock)
{
    StoreKeys keys{SecureBytes(crypto::kKeyBytes), KeyArea(area.fileId()), area.takenSlots()};
    BLAZE_TRY(random.fill(keys.dataKey.writable()));
    for (const Credential& credential : credentials) {
        BLAZE_TRY_VALUE(const std::size_t slot, area.slotOf(credential));
        const auto facts = std::find_if(keys.dropped.begin(), keys.dropped.end(), [slot](const KeyArea::SlotFacts& fact) { return fact.index == slot; });
        if (facts == keys.dropped.end()) continue; // named twice
        BLAZE_TRY(keys.area.add(credential, facts->cost.value_or(PasswordCost{}), keys.dataKey.view(), facts->label, random, clock));
        keys.dropped.erase(facts);
    }
    return keys;
}

Result<KeyAreaReading> readKeyArea(const File& file)
{
    std::optional<KeyArea> newest;
    std::array<bool, 2> isSound{};
    std::array<Bytes, 2> blocks;
    std::optional<Error> worst;
    for (std::size_t i = 0; i < 2; ++i) {
        blocks[i].resize(kBlockBytes);
        BLAZE_TRY_VALUE(const std::size_t got, file.readAt(kKeyAreaOffset[i], blocks[i]));
        blocks[i].resize(got);
        auto area = KeyArea::decode(blocks[i]);
        if (area) {
            isSound[i] = true;
            if (!newest || area->generation() > newest->generation()) newest = std::move(*area);
        } else if (!worst || worst->code == ErrorCode::InvalidArgument) {
            worst = std::move(area).error(); // damage or a newer form says more than "not ours"
        }
    }
    if (!newest) return *std::move(worst);
    return KeyAreaReading{*std::move(newest), isSound, blocks[0] == blocks[1]};
}

Result<void> writeKeyArea(File& file, KeyArea& area)
{
    BLAZE_TRY_VALUE(const KeyAreaReading before, readKeyArea(file));
    area.m_generation = before.area.generation() + 1;
    const Bytes block = area.encode();
    // The copy that may not be whole goes first, so that at every moment one is.
    const std::size_t first = before.isSound[0] ? 1 : 0;
    for (const std::size_t copy : {first, 1 - first}) {
        BLAZE_TRY(file.writeAt(kKeyAreaOffset[copy], block));
        BLAZE_TRY(file.sync());
    }
    return {};
}

} // namespace blazedb::storage
