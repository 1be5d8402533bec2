#include "engine/local/native_keys.h"

#include <algorithm>

namespace blazedb::local {

Result<std::vector<std::size_t>> slotsThatOpen(const storage::KeyArea& area, const storage::Credential& credential)
{
    const bool isByKeyFile = std::holds_alternative<storage::KeyFile>(credential);
    std::vector<std::size_t> fitting;
    Error refused{ErrorCode::Unauthenticated, isByKeyFile ? "no key slot fits this key file" : "wrong password"};
    const auto slots = area.takenSlots();
    for (const auto& slot : slots) {
        if (slot.isKeyFile != isByKeyFile) continue;
        storage::KeyArea alone = area;
        for (const auto& other : slots)
            if (other.index != slot.index) BLAZE_TRY(alone.remove(other.index));
        if (const auto opened = alone.unlock(credential)) fitting.push_back(slot.index);
        else if (opened.error().code != ErrorCode::Unauthenticated) refused = opened.error();
    }
    if (fitting.empty()) return refused;
    return fitting;
}

Result<std::size_t> changePassword(storage::NativeStore& store, const storage::KeyArea& area, const storage::Credential& old,
                                   const storage::Credential& fresh, const storage::PasswordCost& cost)
{
    BLAZE_TRY_VALUE(const auto slots, slotsThatOpen(area, old));
    const auto taken = area.takenSlots();
    const auto first = std::find_if(taken.begin(), taken.end(), [&](const auto& slot) { return slot.index == slots.front(); });
    return store.replaceKeys(slots, fresh, cost, first->label);
}

} // namespace blazedb::local
