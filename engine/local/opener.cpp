#include "engine/local/opener.h"

#include <algorithm>
#include <utility>

#include "engine/format28/family_store.h"
#include "engine/local/database.h"
#include "engine/local/dump_store.h"
#include "engine/local/family_facts.h"
#include "engine/local/local_source.h"
#include "engine/local/native_file.h"
#include "engine/local/native_source.h"

namespace blazedb::local {

namespace {

/// By the salt, which moves with the database; by the place where there is none.
std::string identityOf(FileSystem& files, const format28::FamilyPreview& family)
{
    std::string identity = familyIdentity(files, family.parts);
    return identity.empty() ? family.path : identity;
}

format28::FamilyStore::Options storeOptions(const api::CallContext& context, OpenMode mode)
{
    format28::FamilyStore::Options options;
    options.catalogue =
        mode == OpenMode::Rescue ? format28::CatalogueUse::Ignored : format28::CatalogueUse::Trusted;
    options.stop = context.stop;
    if (context.onProgress)
        options.onProgress = [tell = context.onProgress](std::uint64_t done, std::uint64_t total) {
            tell({done, total, "pages"});
        };
    return options;
}

} // namespace

Opener::Opener(FileSystem& files, Clock& clock, FolderWatcher& watcher)
    : m_files(files)
    , m_clock(clock)
    , m_watcher(watcher)
{}

Result<FilePreview> Opener::preview(const std::string& path)
{
    // What is wrong with the file itself is said below.
    if (isNativeFile(m_files, path).value_or(false)) return previewNative(m_files, path);
    if (isDumpFile(m_files, path).value_or(false)) return previewDump(m_files, path);
    BLAZE_TRY_VALUE(auto family, format28::previewFamily(m_files, path));
    FilePreview preview;
    preview.name = std::move(family.name);
    preview.path = std::move(family.path);
    preview.format = kFamilyFormat;
    preview.identity = identityOf(m_files, family);
    preview.parts = toSourceParts(family.parts);
    preview.findings = std::move(family.findings);
    for (const format28::FamilyPart& part : family.parts) {
        preview.totalBytes += part.sizeBytes;
        preview.modifiedNs = std::max(preview.modifiedNs, part.modifiedNs);
    }
    return preview;
}

Result<std::unique_ptr<api::DataSource>> Opener::open(const api::CallContext& context, OpenRequest request)
{
    if (context.stop.stop_requested()) return api::cancelled();
    if (isNativeFile(m_files, request.path).value_or(false)) return openNative(context, m_files, m_clock, std::move(request));
    // What is wrong with the file itself is said below, in the words for a family.
    if (isDumpFile(m_files, request.path).value_or(false)) return openDump(context, m_files, m_clock, request.path, request.mode);
    BLAZE_TRY_VALUE(const auto family, format28::previewFamily(m_files, request.path));

    Database::Parts parts;
    parts.counters = std::make_unique<metrics::CounterSet>();
    auto options = storeOptions(context, request.mode);
    options.watcher = &m_watcher;
    BLAZE_TRY_VALUE(auto store, format28::FamilyStore::open(m_files, m_clock, *parts.counters, request.path,
                                                            request.password, options));
    FamilyFacts::Origin origin{family.name, family.path, identityOf(m_files, family), request.mode};
    parts.facts = std::make_unique<FamilyFacts>(*store, m_files, m_clock, std::move(origin));
    parts.store = std::move(store);
    return std::unique_ptr<api::DataSource>(
        std::make_unique<LocalSource>(std::make_unique<Database>(std::move(parts), m_clock)));
}

} // namespace blazedb::local
