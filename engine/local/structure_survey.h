// What a scan over records tells of their structure: collections, and how often which field occurs in which
// kind. Looks at outlines only, decodes nothing but `_blazeKind` and `isDeleted`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/codec/row_form.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"
#include "engine/model/schema.h"
#include "engine/query/row.h"

namespace blazedb::local {

/// Counts the fields of records. Names that are canonically equivalent are one field.
/// Thread-safety: none; one owner.
class FieldTally {
public:
    void add(const std::vector<codec::StoredRecord::FieldOutline>& fields);
    void add(const FieldTally& other);
    [[nodiscard]] std::uint64_t records() const { return m_records; }
    /// `id` first, then by falling frequency, then by name.
    [[nodiscard]] std::vector<model::FieldStatistics> statistics() const;

private:
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };
    model::FieldStatistics& fieldNamed(std::string_view name);

    std::uint64_t m_records = 0;
    std::vector<model::FieldStatistics> m_fields;
    std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>>
        m_places; ///< By every spelling met.
};

/// Sizes of the records a survey read, as they are encoded.
struct RecordSizes {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0; ///< Of all of them.
    std::uint64_t bytesMax = 0;
};

/// Thread-safety: none while it is made; any thread afterwards.
class StructureSurvey {
public:
    /// Reads at most `rowsMax` rows of the store. Errors: Cancelled, DeadlineExceeded, Io, Conflict.
    static Result<StructureSurvey> make(Database& database, const SnapshotView& view,
                                        const Deadline& deadline, std::uint64_t rowsMax);

    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    [[nodiscard]] const RecordSizes& recordSizes() const { return m_sizes; }
    [[nodiscard]] std::vector<model::CollectionSummary> collections() const;
    [[nodiscard]] model::CollectionStatistics statistics(const std::string& collection) const;

private:
    struct Kind {
        std::map<std::string, std::uint64_t> spellings;
        std::uint64_t live = 0;
        std::uint64_t softDeleted = 0;
        FieldTally fields;
    };

    void add(const query::Row& row);
    [[nodiscard]] model::Count count(std::uint64_t seen) const;
    [[nodiscard]] static std::string displayName(const Kind& kind);

    bool m_isComplete = false;
    std::uint64_t m_rowsRead = 0;
    std::uint64_t m_rowsThere = 0;
    RecordSizes m_sizes;
    std::map<std::string, Kind> m_kinds; ///< By case-folded name.
    Kind m_kindless;
};

} // namespace blazedb::local
