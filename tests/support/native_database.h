// A native database on a simulated disk, and what a test expects in it.
#pragma once

#include <map>
#include <string>

#include "engine/storage/native_store.h"
#include "tests/support/simulated_disk.h"

namespace blazedb::tests {

/// Tree and key to value.
using ExpectedRows = std::map<std::pair<std::string, std::string>, std::string>;

inline constexpr std::string_view kTestPassword = "correct horse battery staple";

storage::Credential testPassword(std::string_view text = kTestPassword);

/// One round of PBKDF2: for tests that open thousands of times.
inline storage::PasswordCost cheapCost()
{
    return storage::Pbkdf2Cost{1};
}

/// A cache of a few nodes and limits that a test of some hundred rows meets.
storage::StoreOptions tightOptions();

/// Opens or, for an empty disk, creates.
Result<std::unique_ptr<storage::NativeStore>> openOn(SimulatedDisk& disk, Random& random, const storage::StoreOptions& options = {},
                                                     storage::Access access = storage::Access::ReadWrite);

/// Every row of every tree, large values whole.
Result<ExpectedRows> rowsOf(const storage::NativeSnapshot& snapshot);

/// Empty, or what is wrong with the file.
std::string findingsOf(const storage::NativeStore& store);

} // namespace blazedb::tests
