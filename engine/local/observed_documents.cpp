#include "engine/local/observed_documents.h"

namespace blazedb::local {

Result<std::unique_ptr<ObservedDocuments>> ObservedDocuments::open(std::unique_ptr<File> file, const storage::Credential& credential,
                                                                   const storage::NativeStore::Environment& environment)
{
    BLAZE_TRY_VALUE(auto store, storage::ObservedStore::open(std::move(file), credential, environment));
    auto opened = std::unique_ptr<ObservedDocuments>(new ObservedDocuments(std::move(store))); // private constructor
    // A writer may overtake this first look; later ones are made anew by who asks.
    if (const auto view = opened->view(); !view && view.error().code != ErrorCode::Conflict) return view.error();
    return opened;
}

Result<std::shared_ptr<const documents::Catalogue>> ObservedDocuments::catalogueOf(const storage::NativeSnapshot& snapshot)
{
    BLAZE_TRY_VALUE(const std::uint64_t version, documents::catalogueVersion(snapshot));
    {
        const std::lock_guard lock(m_mutex);
        if (m_catalogue && m_catalogue->version == version) return m_catalogue;
    }
    BLAZE_TRY_VALUE(std::shared_ptr<const documents::Catalogue> read, documents::readCatalogue(snapshot, m_names));
    const std::lock_guard lock(m_mutex);
    if (!m_catalogue || read->version > m_catalogue->version) m_catalogue = read;
    return read;
}

Result<std::shared_ptr<const documents::DocumentView>> ObservedDocuments::view()
{
    BLAZE_TRY(m_store->refresh());
    auto snapshot = m_store->nativeSnapshot();
    BLAZE_TRY_VALUE(auto catalogue, catalogueOf(*snapshot));
    BLAZE_TRY(m_names.catchUp(*snapshot));
    return std::make_shared<const documents::DocumentView>(std::move(snapshot), std::move(catalogue));
}

} // namespace blazedb::local
