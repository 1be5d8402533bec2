#include "engine/model/uuid.h"

#include <cstring>

namespace blazedb::model {

namespace {

constexpr std::size_t kTextLength = 36;

constexpr bool isDashAt(std::size_t position)
{
    return position == 8 || position == 13 || position == 18 || position == 23;
}

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

} // namespace

std::optional<Uuid> Uuid::parse(std::string_view text)
{
    if (text.size() != kTextLength) return std::nullopt;
    Uuid id;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < kTextLength; ++i) {
        if (isDashAt(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        const int value = hexValue(text[i]);
        if (value < 0) return std::nullopt;
        id.bytes[nibble / 2] = static_cast<std::uint8_t>(id.bytes[nibble / 2] << 4 | value);
        ++nibble;
    }
    return id;
}

std::string Uuid::toString() const
{
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text(kTextLength, '-');
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < kTextLength; ++i) {
        if (isDashAt(i)) continue;
        const std::uint8_t byte = bytes[nibble / 2];
        text[i] = kDigits[nibble % 2 == 0 ? byte >> 4 : byte & 0x0F];
        ++nibble;
    }
    return text;
}

namespace {

/// The finaliser of MurmurHash3 (public domain): every bit of the input moves every bit of the output.
constexpr std::uint64_t mixed(std::uint64_t bits)
{
    bits = (bits ^ (bits >> 33)) * 0xFF51AFD7ED558CCDULL;
    bits = (bits ^ (bits >> 33)) * 0xC4CEB9FE1A85EC53ULL;
    return bits ^ (bits >> 33);
}

} // namespace

std::size_t UuidHash::operator()(const Uuid& id) const noexcept
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::memcpy(&first, id.bytes.data(), sizeof first);
    std::memcpy(&second, id.bytes.data() + sizeof first, sizeof second);
    return static_cast<std::size_t>(mixed(first ^ mixed(second)));
}

} // namespace blazedb::model
