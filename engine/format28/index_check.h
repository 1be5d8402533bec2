// Compares the index contents of a catalogue with the records, both ways. Internal to format28.
// Source: file-format specification 8.1.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/codec/blaze_binary.h"
#include "engine/format28/catalogue.h"
#include "engine/format28/check_ledger.h"

namespace blazedb::format28 {

/// Holds eight bytes for each record and index. Thread-safety: none; one owner.
class IndexCheck {
public:
    /// Reads the contents of all indexes. Borrows the catalogue. Errors: Corruption.
    static Result<IndexCheck> create(const Catalogue& catalogue, const std::string& layoutJson);

    [[nodiscard]] bool isEmpty() const { return m_indexes.empty(); }
    /// A sound record, by its place in Catalogue::entries.
    void compare(std::uint32_t entry, codec::RecordReader& record);
    /// Tells what does not agree. Disagreement is a remark: while the app runs, its records are newer than the saved indexes.
    void report(CheckLedger& ledger) const;

private:
    /// Entries of one kind of disagreement: how many, and the first few.
    struct Disagreement {
        std::uint64_t count = 0;
        std::vector<model::Uuid> examples;
        void add(const model::Uuid& id);
    };
    struct Index {
        std::string name;
        std::vector<std::string> fields;
        std::vector<std::uint64_t> keyOf; ///< By entry of the catalogue: a hash of the stored key, 0 for none.
        std::uint64_t entries = 0;
        bool hasContents = false;
        Disagreement unknown; ///< Entries that name records which are not there.
        Disagreement missing; ///< Records that have the fields and no entry.
        Disagreement wrong;   ///< Records listed under another value, or several.
    };

    explicit IndexCheck(const Catalogue& catalogue)
        : m_catalogue(catalogue)
    {
    }
    static void tell(CheckLedger& ledger, const Index& index, const Disagreement& what, const std::string& sentence);

    const Catalogue& m_catalogue;
    std::vector<Index> m_indexes;
    std::uint64_t m_compared = 0;
};

} // namespace blazedb::format28
