// The documents of the comparison: bug reports of about 400 bytes of JSON under 16-byte ids. Document n of an order is a function of n alone, so every
// opponent stores the same ones, in the same order, however many there are. Keys of the JSON are sorted, so no decoder finds a field by luck of order.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"

namespace blazedb::bench {

using Id = std::array<std::byte, 16>;

enum class IdOrder { Random, Ascending };

inline constexpr std::uint64_t kAssignees = 200;

struct Document {
    Id id{};
    std::string assignee; ///< The indexed field: one of kAssignees.
    std::int64_t createdAt = 0; ///< Seconds since 1970.
    std::string description;
    double estimate = 0;
    bool isUrgent = false;
    std::int64_t number = 0; ///< The field that reads decode.
    std::int64_t priority = 0; ///< 1 to 5
    std::string project;
    std::string status;
    std::vector<std::string> tags;
    std::string title;
    std::string json; ///< All fields but the id.
};

Document makeDocument(std::uint64_t index, IdOrder order);
Id makeId(std::uint64_t index, IdOrder order); ///< That of makeDocument, without the rest.
std::string assigneeName(std::uint64_t assignee); ///< Below kAssignees.

/// The filter without an index: kFilterStatus, and at least this priority. About one document in ten.
inline constexpr std::string_view kFilterStatus = "open";
inline constexpr std::int64_t kFilterPriorityMin = 4;

/// What a read found: an opponent that finds anything else than the generator made is not measured but refused.
struct Answer {
    std::uint64_t documents = 0;
    std::int64_t numbers = 0; ///< Sum of their `number`.
    void add(std::int64_t number);
    friend bool operator==(const Answer&, const Answer&) = default;
};

/// The answers over the documents below an index.
struct ExpectedAnswers {
    Answer all;
    Answer filtered;
    std::vector<Answer> byAssignee = std::vector<Answer>(kAssignees);
    void add(const Document& document);
};

} // namespace blazedb::bench
