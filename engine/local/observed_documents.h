// The documents of a native file as somebody sees them who does not write it: without a lock, while another process may be writing.
#pragma once

#include <memory>
#include <mutex>

#include "engine/documents/document_view.h"
#include "engine/documents/name_table.h"
#include "engine/storage/observed_store.h"

namespace blazedb::local {

/// Any thread. Views may outlive it.
class ObservedDocuments {
public:
    /// `file` is open for reading. Errors: those of ObservedStore::open; Corruption, Unsupported (of what describes the documents).
    static Result<std::unique_ptr<ObservedDocuments>> open(std::unique_ptr<File> file, const storage::Credential& credential,
                                                           const storage::NativeStore::Environment& environment);

    /// The newest commit that is in the file. Errors: Conflict (the writer moved on; ask again), Corruption, Unsupported, Io.
    Result<std::shared_ptr<const documents::DocumentView>> view();
    [[nodiscard]] storage::ObservedStore& store() { return *m_store; }

private:
    explicit ObservedDocuments(std::unique_ptr<storage::ObservedStore> store)
        : m_store(std::move(store))
    {}
    Result<std::shared_ptr<const documents::Catalogue>> catalogueOf(const storage::NativeSnapshot& snapshot);

    const std::unique_ptr<storage::ObservedStore> m_store;
    documents::NameTable m_names;
    std::mutex m_mutex;
    std::shared_ptr<const documents::Catalogue> m_catalogue; ///< Guarded by m_mutex; null: not read yet.
};

} // namespace blazedb::local
