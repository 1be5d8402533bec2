#include "tests/support/native_database.h"

namespace blazedb::tests {

storage::Credential testPassword(std::string_view text)
{
    return storage::Password{SecureBytes::fromText(text)};
}

storage::StoreOptions tightOptions()
{
    storage::StoreOptions options;
    options.cacheBytes = 1; // one node a shard
    options.hardDirtyBytes = 40 * sizeof(storage::Node);
    options.hardLogBytes = 48 * 1024;
    options.maxBatchLogBytes = 24 * 1024;
    options.logExtents = {.pages = 2, .firstPages = 1}; // a log of a few commits spans several
    return options;
}

Result<std::unique_ptr<storage::NativeStore>> openOn(SimulatedDisk& disk, Random& random, const storage::StoreOptions& options, storage::Access access)
{
    const storage::NativeStore::Environment environment{random, systemClock(), options, {}};
    if (disk.contents().empty()) return storage::NativeStore::create(disk.open(), testPassword(), cheapCost(), environment);
    return storage::NativeStore::open(disk.open(), testPassword(), access, environment);
}

Result<ExpectedRows> rowsOf(const storage::NativeSnapshot& snapshot)
{
    ExpectedRows rows;
    for (const storage::NativeTree& tree : snapshot.trees()) {
        storage::TreeCursor cursor = tree.cursor();
        BLAZE_TRY_VALUE(bool isOnRow, cursor.first());
        while (isOnRow) {
            BLAZE_TRY_VALUE(const Bytes value, tree.copyValue(cursor.value()));
            rows[{tree.name(), std::string(asText(cursor.key()))}] = asText(value);
            BLAZE_TRY_VALUE(isOnRow, cursor.next());
        }
    }
    return rows;
}

std::string findingsOf(const storage::NativeStore& store)
{
    const auto findings = store.verify({});
    if (!findings) return findings.error().message;
    std::string text;
    for (const storage::StoreFinding& finding : *findings) text += finding.text + "\n";
    return text;
}

} // namespace blazedb::tests
