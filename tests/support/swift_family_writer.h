// A process that changes a 2.8 family in the Swift library's own order, one named step after the other, and can be stopped
// between any two of them. Only the order is its own: pages, records, signatures and catalogue are written by the engine.
// Source of the order: file-format specification 3.8, 5.9, 6.3, 6.7, 6.8.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/base/secure_bytes.h"
#include "engine/format28/catalogue_writer.h"
#include "engine/format28/family_paths.h"
#include "engine/model/record.h"

namespace blazedb::tests {

/// Thread-safety: none; one owner.
class SwiftFamilyWriter {
public:
    /// Called after each step with its name; false stops the writer there for good, as a killed process would be.
    using AfterStep = std::function<bool(std::string_view step)>;
    using Records = std::map<model::Uuid, std::vector<model::Field>>;

    static constexpr const char* kPassword = "Swift-Writes-28";
    static constexpr int kPendingMax = 100; ///< So many updates and deletes go by before the catalogue is saved.

    /// Makes an empty family at `path`, whose folder is there. `isSyncing` calls fsync where Swift does.
    /// Few key rounds make tests quick; the product opens 600,000, 100,000 and 10,000.
    SwiftFamilyWriter(FileSystem& files, const std::string& path, bool isSyncing = false, std::uint32_t keyRounds = 10'000);
    ~SwiftFamilyWriter();

    void setAfterStep(AfterStep afterStep) { m_afterStep = std::move(afterStep); }

    // Each answers false when it was stopped before its end. A stopped writer does nothing any more.
    bool insert(const model::Uuid& id, std::vector<model::Field> fields);
    /// As Apple's insertMany: the catalogue is saved once, at the end.
    bool insertMany(const Records& records);
    bool update(const model::Uuid& id, std::vector<model::Field> fields);
    bool remove(const model::Uuid& id);
    bool softDelete(const model::Uuid& id);
    bool persist();
    bool begin();
    bool commit();
    /// Old records over one page cannot be rolled back, as in the Swift library: they must not be there.
    bool rollback();
    bool vacuum();
    bool close();

    [[nodiscard]] bool isStopped() const { return m_isStopped; }
    [[nodiscard]] bool isInTransaction() const { return m_isInTransaction; }
    /// What readers are to see: committed, with every finished single write; without an open transaction.
    [[nodiscard]] const Records& committed() const { return m_isInTransaction ? m_beforeTransaction : m_records; }
    /// What the app itself sees.
    [[nodiscard]] const Records& working() const { return m_records; }
    [[nodiscard]] const format28::FamilyPaths& paths() const { return m_paths; }
    [[nodiscard]] std::shared_ptr<const SecureBytes> key() const { return m_key; }
    [[nodiscard]] std::uint64_t catalogueBytes() const { return m_catalogueBytes; }

private:
    using Pages = std::vector<format28::PageNumber>; ///< Main page first, as Swift has them in memory.

    struct Layout {
        std::map<model::Uuid, Pages> pagesOf;
        std::deque<format28::PageNumber> freePages;
        format28::PageNumber nextPage = 0;
        bool hasMetaData = true;
    };

    bool step(std::string_view name);
    bool writeNew(const model::Uuid& id, const std::vector<model::Field>& fields);
    format28::PageNumber allocate();
    bool writeRecord(Pages pages, ByteView bytes, bool isUpdate);
    bool logAndWrite(format28::PageNumber page, ByteView image, bool isSyncedAtOnce);
    bool zero(format28::PageNumber page, std::string_view name);
    bool saveCatalogue(bool keepsMetaData);
    bool notePending();
    bool emptyLog();
    bool writeAtomically(const std::string& path, ByteView bytes, std::string_view name);
    bool copyInTwoHalves(const std::string& from, const std::string& to, std::string_view name);
    bool removeIfThere(const std::string& path, std::string_view name);
    [[nodiscard]] format28::Page sealedMain(ByteView plain) const;
    [[nodiscard]] std::string transactionStem() const;
    void sync(File& file);
    void write(File& file, std::uint64_t offset, ByteView bytes);

    FileSystem& m_files;
    const bool m_isSyncing;
    format28::FamilyPaths m_paths;
    std::shared_ptr<const SecureBytes> m_key;
    std::unique_ptr<crypto::AesGcm> m_cipher;
    std::unique_ptr<File> m_pages;
    std::unique_ptr<File> m_log;
    std::uint64_t m_logBytes = 0;
    std::uint64_t m_catalogueBytes = 0;
    std::uint64_t m_names = 0;
    Layout m_layout;
    Records m_records;
    Layout m_layoutBefore;
    Records m_beforeTransaction;
    bool m_isInTransaction = false;
    int m_pending = 0;
    bool m_isStopped = false;
    AfterStep m_afterStep;
};

} // namespace blazedb::tests
