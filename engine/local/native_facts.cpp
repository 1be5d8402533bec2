#include "engine/local/native_facts.h"

#include <algorithm>
#include <utility>

#include "engine/local/native_check.h"
#include "engine/local/native_samples.h"
#include "engine/model/query.h"

namespace blazedb::local {

std::string nativeName(const std::string& path)
{
    std::string name = path.substr(path.rfind('/') + 1);
    if (namesNative(name) && name.size() > kNativeSuffix.size()) name.resize(name.size() - kNativeSuffix.size());
    return name;
}

NativeFacts::NativeFacts(ObservedDocuments& documents, FileSystem& files, const Clock& clock, NativeOutline outline)
    : m_documents(documents)
    , m_files(files)
    , m_clock(clock)
    , m_outline(std::move(outline))
{}

api::SourceDescription NativeFacts::describe() const
{
    api::SourceDescription description;
    description.name = nativeName(m_outline.path);
    description.place = m_outline.path;
    description.identity = m_outline.identity;
    description.format = kNativeFormat;
    description.encryption = nativeEncryption(m_outline.keys);
    description.isReadOnly = true;
    description.readOnlyReason = "it is opened to look at, so that others may write to it; the commands put, delete and import of blazedb change it";
    description.parts = {{"database", m_outline.path, m_outline.sizeBytes}};
    return description;
}

std::vector<model::IndexDescription> NativeFacts::indexes() const
{
    std::vector<model::IndexDescription> descriptions;
    const auto view = m_documents.view();
    if (!view) return descriptions; // reading the records says why
    for (const documents::CollectionView& collection : (*view)->collections()) {
        for (const documents::IndexView& index : collection.indexes()) {
            const bool isDefault = collection.name() == model::kDefaultCollection;
            descriptions.push_back({isDefault ? index.field() : collection.name() + ": " + index.field(), {index.field()},
                                    index.isReady() ? "secondary" : "secondary, being built", std::nullopt});
        }
    }
    return descriptions;
}

StoreFigures NativeFacts::figures()
{
    StoreFigures figures;
    figures.form = StoreForm::Native;
    const auto stamp = m_files.stamp(m_outline.path);
    if (!stamp) figures.problem = stamp.error().message;
    const auto indexesThere = indexes(); // looks at the newest state
    const auto measured = m_documents.store().figures();
    if (!measured) figures.problem = measured.error().message;
    const storage::StoreFigures stored = measured.value_or(storage::StoreFigures{});
    const std::uint64_t bytes = stamp ? stamp->sizeBytes : m_outline.sizeBytes;
    figures.databaseBytes = bytes;
    figures.pages = bytes / storage::kPageBytes;
    figures.pagesWasted = measured ? figures.pages - std::min(figures.pages, stored.busyPages) : 0;
    if (const auto disk = m_files.diskSpace(m_outline.path)) figures.disk = *disk;
    figures.samples = nativeSamples({m_files, m_outline.path, stored, stamp ? stamp->modifiedNs : m_outline.modifiedNs, indexesThere}, figures);
    return figures;
}

Result<api::VerifyReport> NativeFacts::check(const api::CallContext& context, api::VerifyDepth depth)
{
    return checkNative({m_documents, m_files, m_outline.path}, context, depth, m_clock);
}

} // namespace blazedb::local
