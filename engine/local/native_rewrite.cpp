#include "engine/local/native_rewrite.h"

namespace blazedb::local {

namespace {

storage::CopyWatch watchOf(const api::CallContext& context)
{
    storage::CopyWatch watch;
    watch.stop = context.stop;
    if (context.onProgress) watch.onProgress = [&context](std::uint64_t done, std::uint64_t inAll) { context.onProgress({done, inAll, "rows"}); };
    return watch;
}

} // namespace

Result<storage::RewriteReport> compactNative(FileSystem& files, const std::string& path, const storage::Credential& credential,
                                             const storage::NativeStore::Environment& environment, const api::CallContext& context)
{
    return storage::compactFile(files, path, credential, environment, watchOf(context));
}

Result<storage::RewriteReport> rekeyNative(FileSystem& files, const std::string& path, std::span<const storage::Credential> credentials,
                                           const storage::NativeStore::Environment& environment, const api::CallContext& context)
{
    return storage::rekeyFile(files, path, credentials, environment, watchOf(context));
}

} // namespace blazedb::local
