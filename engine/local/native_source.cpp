#include "engine/local/native_source.h"

#include <utility>

#include "engine/local/local_source.h"
#include "engine/local/native_facts.h"
#include "engine/local/native_file.h"
#include "engine/local/native_rows.h"
#include "engine/local/observed_documents.h"

namespace blazedb::local {

namespace {

/// The rows of a file that is looked at, and the file. Any thread.
class ObservedRows final : public storage::RowStore {
public:
    explicit ObservedRows(std::unique_ptr<ObservedDocuments> documents)
        : m_documents(std::move(documents))
        , m_rows([&file = *m_documents] { return file.view(); })
    {}
    [[nodiscard]] ObservedDocuments& documents() { return *m_documents; }
    Result<std::shared_ptr<const storage::RowSnapshot>> snapshot() override { return m_rows.snapshot(); }

private:
    const std::unique_ptr<ObservedDocuments> m_documents;
    NativeRows m_rows;
};

Result<std::unique_ptr<ObservedDocuments>> observe(FileSystem& files, Clock& clock, const NativeOutline& outline, const storage::Credential& credential)
{
    BLAZE_TRY_VALUE(auto file, files.openForReading(outline.path));
    return ObservedDocuments::open(std::move(file), credential, {systemRandom(), clock, {}, {}});
}

} // namespace

Result<FilePreview> previewNative(FileSystem& files, const std::string& path)
{
    BLAZE_TRY_VALUE(NativeOutline outline, readNativeOutline(files, path));
    FilePreview preview;
    preview.name = nativeName(outline.path);
    preview.format = kNativeFormat;
    preview.identity = std::move(outline.identity);
    preview.needsPassword = outline.hasPassword();
    for (const auto& key : outline.keys) preview.keys.push_back(slotKind(key));
    preview.totalBytes = outline.sizeBytes;
    preview.modifiedNs = outline.modifiedNs;
    preview.parts = {{"database", outline.path, outline.sizeBytes}};
    preview.findings = std::move(outline.findings);
    preview.path = std::move(outline.path);
    return preview;
}

Result<std::unique_ptr<api::DataSource>> openNative(const api::CallContext& context, FileSystem& files, Clock& clock, OpenRequest request)
{
    BLAZE_TRY_VALUE(NativeOutline outline, readNativeOutline(files, request.path));
    if (request.mode == OpenMode::Rescue) return Error{ErrorCode::Unsupported, outline.path + ": a rescue view of the native form is not available yet"};
    BLAZE_TRY_VALUE(const storage::Credential credential, credentialFor(files, outline, {std::move(request.password), std::move(request.keyFile)}));
    if (context.stop.stop_requested()) return api::cancelled();
    auto file = observe(files, clock, outline, credential);
    if (!file) return std::move(file).error().in(outline.path);

    auto rows = std::make_unique<ObservedRows>(*std::move(file));
    Database::Parts parts;
    parts.counters = std::make_unique<metrics::CounterSet>();
    parts.facts = std::make_unique<NativeFacts>(rows->documents(), files, clock, std::move(outline));
    parts.store = std::move(rows);
    parts.trees = std::make_shared<NativeRecordTrees>();
    return std::unique_ptr<api::DataSource>(std::make_unique<LocalSource>(std::make_unique<Database>(std::move(parts), clock)));
}

} // namespace blazedb::local
