#include "engine/codec/blaze_binary_format.h"

#include <unordered_map>

namespace blazedb::codec::binary {

namespace {

constexpr std::array<std::string_view, 58> kCommonFields{
    "id", "createdAt", "updatedAt", "userId", "teamId", "title", "description", "status", "priority", "assignedTo", "tags", "completedAt",
    "dueDate", "startDate", "category", "name", "email", "password", "username", "firstName", "lastName", "age", "phone", "address",
    "city", "state", "zip", "country", "organizationId", "projectId", "taskId", "bugId", "issueId", "commentId", "attachmentId",
    "versionId", "parentId", "childIds", "metadata", "config", "settings", "preferences", "type", "kind", "label", "value", "count",
    "total", "sum", "average", "min", "max", "isActive", "isDeleted", "isPublic", "isPrivate", "isArchived", "isFavorite"};

} // namespace

std::string_view withoutByteOrderMark(std::string_view text)
{
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::string_view commonFieldName(std::uint8_t number)
{
    return number >= 1 && number <= kCommonFields.size() ? kCommonFields[number - 1U] : std::string_view();
}

std::optional<std::uint8_t> commonFieldNumber(std::string_view name)
{
    static const auto numbers = [] {
        std::unordered_map<std::string_view, std::uint8_t> table;
        for (std::uint8_t i = 0; i < kCommonFields.size(); ++i) table.emplace(kCommonFields[i], static_cast<std::uint8_t>(i + 1));
        return table;
    }();
    const auto found = numbers.find(name);
    if (found == numbers.end()) return std::nullopt;
    return found->second;
}

} // namespace blazedb::codec::binary
