// Writes a native file until it is killed: `blazedb_store_worker FILE PAUSE_US`. Prints the number of each commit once it is durable, a line each, and
// between commits makes checkpoints, shrinks, closes and opens anew. Made for tests that kill it, and for those that read beside it.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "engine/base/exclusive_file.h"
#include "engine/storage/native_store.h"
#include "tests/engine/storage/worker_state.h"

using namespace blazedb;
using namespace blazedb::storage;

namespace {

StoreOptions workerOptions()
{
    StoreOptions options;
    options.hardDirtyBytes = 200 * sizeof(Node);
    options.hardLogBytes = std::size_t{1} << 20;
    options.maxBatchLogBytes = 40 * 1024;
    options.logExtents = {.pages = 8, .firstPages = 2};
    return options;
}

Result<std::unique_ptr<NativeStore>> openStore(const std::string& path)
{
    const Credential password = Password{SecureBytes::fromText("worker")};
    NativeStore::Environment environment;
    environment.options = workerOptions();
    auto existing = openExclusive(path, OpenMode::Existing);
    if (existing) return NativeStore::open(*std::move(existing), password, Access::ReadWrite, environment);
    if (existing.error().code != ErrorCode::NotFound) return existing.error();
    BLAZE_TRY_VALUE(auto created, openExclusive(path, OpenMode::CreateNew));
    return NativeStore::create(std::move(created), password, Pbkdf2Cost{1}, environment);
}

Result<std::uint64_t> commitsIn(const NativeStore& store)
{
    const auto snapshot = store.nativeSnapshot();
    const NativeTree* meta = snapshot->tree("meta");
    if (meta == nullptr) return std::uint64_t{0};
    BLAZE_TRY_VALUE(const auto found, meta->find(asBytes("commit")));
    if (!found) return std::uint64_t{0};
    return std::strtoull(std::string(asText(found->bytes())).c_str(), nullptr, 10);
}

Result<void> commitOne(NativeStore& store, std::uint64_t number)
{
    BLAZE_TRY_VALUE(const auto batch, store.begin());
    Result<void> outcome;
    tests::makeWorkerCommit(
        number,
        [&](const std::string& tree, const std::string& key, const std::string& value) {
            const auto id = batch->openTree(tree);
            const auto put = id ? batch->put(*id, asBytes(key), asBytes(value)) : Result<bool>(id.error());
            if (!put) outcome = put.error();
            return put.has_value();
        },
        [&](const std::string& tree, const std::string& key) {
            const auto id = batch->openTree(tree);
            const auto erased = id ? batch->erase(*id, asBytes(key)) : Result<bool>(id.error());
            if (!erased) outcome = erased.error();
            return erased.has_value();
        });
    BLAZE_TRY(outcome);
    const bool isSynced = number % 8 != 0;
    BLAZE_TRY(batch->commit(isSynced ? Durability::Synced : Durability::Buffered));
    if (isSynced) {
        std::printf("%llu\n", static_cast<unsigned long long>(number));
        std::fflush(stdout);
    }
    return {};
}

Result<void> work(const std::string& path, std::chrono::microseconds pause)
{
    while (true) {
        BLAZE_TRY_VALUE(const auto store, openStore(path));
        BLAZE_TRY_VALUE(std::uint64_t number, commitsIn(*store));
        for (int i = 0; i < 300; ++i) {
            ++number;
            BLAZE_TRY(commitOne(*store, number));
            if (number % 20 == 0) BLAZE_TRY(store->checkpoint());
            if (number % 170 == 0) BLAZE_TRY(store->shrink({}));
            if (pause.count() > 0) std::this_thread::sleep_for(pause);
        }
        BLAZE_TRY(store->close());
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) return 2;
    const auto outcome = work(argv[1], std::chrono::microseconds(std::atoll(argv[2])));
    std::fprintf(stderr, "%s\n", outcome.error().message.c_str());
    return 1;
}
