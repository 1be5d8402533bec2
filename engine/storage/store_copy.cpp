#include "engine/storage/store_copy.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/exclusive_file.h"

namespace blazedb::storage {

namespace {

constexpr std::uint64_t kRowsBetweenReports = 1024;
/// A copy writes its nodes to their places, not into a log.
constexpr std::size_t kCopyLogBytes = std::size_t{64} << 10;

/// Copies rows of one tree after the other into one batch.
class RowCopier {
public:
    RowCopier(const NativeSnapshot& from, WriteBatch& into, const CopyWatch& watch)
        : m_from(from)
        , m_into(into)
        , m_watch(watch)
    {
        for (const NativeTree& tree : from.trees()) m_inAll += tree.rowCount();
    }

    Result<void> run()
    {
        for (const NativeTree& tree : m_from.trees()) BLAZE_TRY(copyTree(tree));
        if (m_watch.onProgress) m_watch.onProgress(m_done, m_inAll);
        return {};
    }

private:
    Result<void> checkStop() const
    {
        if (m_watch.stop.stop_requested()) return Error{ErrorCode::Cancelled, "copying was stopped"};
        return {};
    }

    Result<void> copyTree(const NativeTree& tree)
    {
        BLAZE_TRY_VALUE(const std::uint32_t target, m_into.openTree(tree.name()));
        TreeCursor cursor = tree.cursor();
        BLAZE_TRY_VALUE(bool isOnRow, cursor.first());
        while (isOnRow) {
            BLAZE_TRY(checkStop());
            BLAZE_TRY(copyRow(tree, cursor, target));
            if (++m_done % kRowsBetweenReports == 0 && m_watch.onProgress) m_watch.onProgress(m_done, m_inAll);
            BLAZE_TRY_VALUE(isOnRow, cursor.next());
        }
        return {};
    }

    Result<void> copyRow(const NativeTree& tree, const TreeCursor& cursor, std::uint32_t target)
    {
        const FoundValue value = cursor.value();
        if (!value.run()) {
            BLAZE_TRY(m_into.put(target, cursor.key(), value.bytes()));
            return {};
        }
        const auto readPart = [&](std::uint64_t offset, std::span<std::byte> part) -> Result<std::size_t> {
            BLAZE_TRY(checkStop());
            return tree.readPart(value, offset, part);
        };
        BLAZE_TRY(m_into.putInParts(target, cursor.key(), value.size(), readPart));
        return {};
    }

    const NativeSnapshot& m_from;
    WriteBatch& m_into;
    const CopyWatch& m_watch;
    std::uint64_t m_inAll = 0;
    std::uint64_t m_done = 0;
};

/// The copy must open with its keys and show as many rows before it takes the original's place.
Result<void> checkCopy(FileSystem& files, const std::string& path, const Credential& credential, const NativeSnapshot& original,
                       const NativeStore::Environment& environment)
{
    BLAZE_TRY_VALUE(auto file, files.openForReading(path));
    BLAZE_TRY_VALUE(const auto copy, NativeStore::open(std::move(file), credential, Access::ReadOnly, environment));
    const auto snapshot = copy->nativeSnapshot();
    bool isSame = snapshot->sequence() == original.sequence() && snapshot->trees().size() == original.trees().size();
    for (const NativeTree& tree : original.trees()) {
        const NativeTree* copied = snapshot->tree(tree.name());
        isSame = isSame && copied != nullptr && copied->rowCount() == tree.rowCount();
    }
    if (isSame) return {};
    return Error{ErrorCode::Internal, "the copy of " + path + " is not what was copied; the original stays"};
}

std::string folderOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// What both ways of writing a file anew share; `chooseKeys` says under which keys.
template <typename ChooseKeys>
Result<RewriteReport> rewriteFile(FileSystem& files, const std::string& name, const Credential& credential, const NativeStore::Environment& environment,
                                  const CopyWatch& watch, const ChooseKeys& chooseKeys)
{
    // A link goes on naming the file that is replaced.
    std::error_code unresolved;
    const auto target = std::filesystem::canonical(name, unresolved);
    const std::string path = unresolved ? name : target.string();
    BLAZE_TRY_VALUE(auto locked, openExclusive(path, OpenMode::Existing));
    BLAZE_TRY_VALUE(const FileStamp before, locked->stamp());
    // For reading: the original is not touched at all.
    BLAZE_TRY_VALUE(const auto original, NativeStore::open(std::move(locked), credential, Access::ReadOnly, environment));
    const auto snapshot = original->nativeSnapshot();
    RewriteReport report;
    report.bytesBefore = before.sizeBytes;
    BLAZE_TRY_VALUE(StoreKeys keys, chooseKeys(*original));
    report.droppedKeys = std::move(keys.dropped);

    const std::string temporary = path + ".rewrite";
    auto created = files.createNew(temporary);
    if (!created && created.error().code == ErrorCode::AlreadyExists) {
        // Left by a crash: who holds the lock is the only one who writes there.
        BLAZE_TRY(files.remove(temporary));
        created = files.createNew(temporary);
    }
    BLAZE_TRY_VALUE(auto copy, std::move(created));
    const auto replaced = [&]() -> Result<void> {
        BLAZE_TRY(copyStore(*snapshot, std::move(keys), std::move(copy), environment, watch));
        BLAZE_TRY(checkCopy(files, temporary, credential, *snapshot, environment));
        BLAZE_TRY_VALUE(const FileStamp after, files.stamp(temporary));
        report.bytesAfter = after.sizeBytes;
        return files.rename(temporary, path);
    }();
    if (!replaced) {
        static_cast<void>(files.remove(temporary)); // what failed is the error to tell
        return replaced.error();
    }
    BLAZE_TRY(files.syncFolder(folderOf(path)));
    return report;
}

} // namespace

Result<void> copyStore(const NativeSnapshot& snapshot, StoreKeys keys, std::unique_ptr<File> target, const NativeStore::Environment& environment,
                       const CopyWatch& watch)
{
    NativeStore::Environment ours = environment;
    ours.holder.clear();
    ours.options.maxBatchLogBytes = std::min(ours.options.maxBatchLogBytes, kCopyLogBytes);
    // The one commit of the copy leads to the number of the original.
    const std::uint64_t sequence = snapshot.sequence();
    BLAZE_TRY_VALUE(const auto store, NativeStore::createWithKeys(std::move(target), std::move(keys), sequence == 0 ? 0 : sequence - 1, ours));
    if (sequence > 0) {
        BLAZE_TRY_VALUE(const auto batch, store->begin());
        BLAZE_TRY(RowCopier(snapshot, *batch, watch).run());
        batch->commitEvenIfEmpty();
        BLAZE_TRY(batch->commit(Durability::Synced));
    }
    return store->close();
}

Result<RewriteReport> compactFile(FileSystem& files, const std::string& path, const Credential& credential, const NativeStore::Environment& environment,
                                  const CopyWatch& watch)
{
    return rewriteFile(files, path, credential, environment, watch, [](const NativeStore& store) -> Result<StoreKeys> { return store.sameKeys(); });
}

Result<RewriteReport> rekeyFile(FileSystem& files, const std::string& path, std::span<const Credential> credentials, const NativeStore::Environment& environment,
                                const CopyWatch& watch)
{
    if (credentials.empty()) return Error{ErrorCode::InvalidArgument, "a new data key needs somebody who can open it"};
    return rewriteFile(files, path, credentials.front(), environment, watch,
                       [&](const NativeStore& store) { return store.newKeys(credentials, environment.random, environment.clock); });
}

} // namespace blazedb::storage
