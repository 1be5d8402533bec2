// The field names of one collection and their numbers, in memory. Names are only ever added, so a number means the same for ever.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "engine/codec/row_format.h"

namespace blazedb::codec {

/// Gives the number of a name, and makes one for a new name. Where the numbers are kept is the owner's business.
class FieldNumbering {
public:
    virtual ~FieldNumbering() = default;
    /// Errors: those of whoever keeps them; ResourceExhausted (too many names).
    virtual Result<FieldNumber> numberOf(std::string_view name) = 0;
};

/// Any thread: names may be added while others read; what was there stays valid and where it is.
class FieldNames {
public:
    /// Bounds memory when somebody makes names of data. Data belongs into nested dictionaries, whose keys are not numbered.
    static constexpr std::size_t kMaxNames = 1'000'000;

    FieldNames();
    ~FieldNames();
    FieldNames(const FieldNames&) = delete;
    FieldNames& operator=(const FieldNames&) = delete;

    [[nodiscard]] std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    /// Borrowed as long as this lives; nullopt for a number nobody gave. Takes no lock.
    [[nodiscard]] std::optional<std::string_view> name(FieldNumber number) const;
    /// Of exactly this spelling.
    [[nodiscard]] std::optional<FieldNumber> find(std::string_view name) const;
    /// Of every spelling that is canonically equivalent, ascending: what a query means by a name. Nearly always none or one.
    [[nodiscard]] std::vector<FieldNumber> equivalents(std::string_view name) const;

    /// The number of the name, new if need be. Errors: InvalidArgument (not UTF-8, over kMaxFieldNameBytes), ResourceExhausted.
    Result<FieldNumber> add(std::string_view name);

private:
    static constexpr std::size_t kChunkNames = 1'024;
    using Chunk = std::array<std::string, kChunkNames>;
    /// Chunks never move, so that readers need no lock.
    std::array<std::atomic<Chunk*>, (kMaxNames + kChunkNames - 1) / kChunkNames> m_chunks{};
    std::atomic<std::size_t> m_size{0};

    mutable std::shared_mutex m_mutex;
    // Guarded by it: views of the chunks' names.
    std::unordered_map<std::string_view, FieldNumber> m_numbers;
    std::unordered_map<std::string, std::vector<FieldNumber>> m_variants; ///< By NFC form, of names that are not ASCII.
};

} // namespace blazedb::codec
