// A 128-bit record id, its bytes in the order of its text (RFC 4122).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace blazedb::model {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// The 36-character text in either case; anything else is nullopt.
    static std::optional<Uuid> parse(std::string_view text);
    /// Upper case with dashes: "6FC4CF08-4F8B-4B9E-B831-CD261E59ED49".
    [[nodiscard]] std::string toString() const;

    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// For hash maps. All bytes count and are mixed: apps also make ids by counting, or with most bytes alike.
struct UuidHash {
    std::size_t operator()(const Uuid& id) const noexcept;
};

} // namespace blazedb::model
