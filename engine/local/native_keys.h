// The keys of a native file: which slots a secret opens, and a password that takes the place of another.
#pragma once

#include <vector>

#include "engine/storage/native_store.h"

namespace blazedb::local {

/// The slots that a credential opens, each tried by itself: about 0.2 s a password slot. Errors: Unauthenticated (none), those of KeyArea::unlock.
Result<std::vector<std::size_t>> slotsThatOpen(const storage::KeyArea& area, const storage::Credential& credential);

/// Puts a new password in place of every slot that `old` opens, in one write: after a crash either the old one opens the file or the new one
/// does. `area` is the file's. The new slot gets the label of the first. Errors: as slotsThatOpen and NativeStore::replaceKeys.
Result<std::size_t> changePassword(storage::NativeStore& store, const storage::KeyArea& area, const storage::Credential& old, const storage::Credential& fresh,
                                   const storage::PasswordCost& cost = crypto::Argon2Cost{});

} // namespace blazedb::local
