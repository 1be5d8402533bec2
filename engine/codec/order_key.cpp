#include "engine/codec/order_key.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include "engine/model/compare.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

using model::Value;

enum Bracket : char { kBool = 1, kNumber, kText, kUuid, kData, kArray, kVector, kDictionary, kInnerNull };
constexpr char kLast = '\xFF';
constexpr char kEnd = 0;
constexpr char kMore = 1;

void appendBe(std::string& key, std::uint64_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        key.push_back(static_cast<char>(value >> shift & 0xFF));
}

/// The bits of a double so that greater doubles have greater bits; both zeros are one, NaN is above
/// everything.
std::uint64_t ascendingBits(double value)
{
    if (std::isnan(value)) return UINT64_MAX;
    constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
    const auto bits = std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value);
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

/// The greatest double that is not above the integer.
double doubleAtOrBelow(std::int64_t integer)
{
    const auto nearest = static_cast<double>(integer);
    return model::compareExactly(integer, nearest) < 0
               ? std::nextafter(nearest, -std::numeric_limits<double>::infinity())
               : nearest;
}

void appendInteger(std::string& key, std::int64_t integer)
{
    const double below = doubleAtOrBelow(integer);
    // Doubles are at most 1,024 apart within 64 bits, so the rest fits 16 bits. Unsigned: no overflow at the
    // ends.
    const auto rest =
        static_cast<std::uint64_t>(integer) - static_cast<std::uint64_t>(static_cast<std::int64_t>(below));
    appendBe(key, ascendingBits(below), 8);
    appendBe(key, rest, 2);
    key.push_back(0);
}

void appendReal(std::string& key, double value, bool isDate)
{
    appendBe(key, ascendingBits(value), 8);
    appendBe(key, 0, 2);
    key.push_back(isDate ? 1 : 0);
}

void appendEscaped(std::string& key, std::string_view bytes)
{
    for (std::size_t zero = bytes.find('\0'); zero != std::string_view::npos; zero = bytes.find('\0')) {
        key.append(bytes.substr(0, zero + 1)).push_back('\xFF');
        bytes.remove_prefix(zero + 1);
    }
    key.append(bytes).append(2, '\0');
}

void appendAscending(std::string& key, const Value& value);

/// The payload of each kind, behind its bracket.
struct PayloadWriter {
    std::string& key;

    void operator()(model::Null) const { key.push_back(kInnerNull); }
    void operator()(bool value) const { key.append({kBool, static_cast<char>(value)}); }
    void operator()(std::int64_t value) const
    {
        key.push_back(kNumber);
        appendInteger(key, value);
    }
    void operator()(double value) const
    {
        key.push_back(kNumber);
        appendReal(key, value, false);
    }
    void operator()(model::Date value) const
    {
        key.push_back(kNumber);
        appendReal(key, value.seconds, true);
    }
    void operator()(const std::string& value) const
    {
        key.push_back(kText);
        appendEscaped(key, model::toNfc(value));
    }
    void operator()(const model::Uuid& value) const
    {
        key.push_back(kUuid);
        key.append(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size());
    }
    void operator()(const Bytes& value) const
    {
        key.push_back(kData);
        appendEscaped(key, asText(value));
    }
    void operator()(const model::Array& value) const
    {
        key.push_back(kArray);
        for (const Value& element : value)
            appendAscending(key, element);
        key.push_back(kEnd);
    }
    void operator()(const model::Vector& value) const
    {
        key.push_back(kVector);
        for (const double element : value.elements) {
            key.push_back(kMore);
            appendBe(key, ascendingBits(element), 8);
        }
        key.push_back(kEnd);
    }
    void operator()(const model::Dictionary& value) const
    {
        std::vector<std::pair<std::string, const Value*>> entries;
        for (const model::DictionaryEntry& entry : value)
            entries.emplace_back(model::toNfc(entry.key), &entry.value);
        std::sort(entries.begin(), entries.end());
        key.push_back(kDictionary);
        for (const auto& [name, element] : entries) {
            key.push_back(kMore);
            appendEscaped(key, name);
            appendAscending(key, *element);
        }
        key.push_back(kEnd);
    }
};

void appendAscending(std::string& key, const Value& value)
{
    std::visit(PayloadWriter{key}, value.storage);
}

} // namespace

void appendOrderKey(std::string& key, const Value* value, bool isDescending)
{
    if (value == nullptr || value->isNull()) {
        key.push_back(kLast);
        return;
    }
    const std::size_t begin = key.size();
    appendAscending(key, *value);
    if (!isDescending) return;
    for (std::size_t i = begin; i < key.size(); ++i)
        key[i] = static_cast<char>(~key[i]);
}

} // namespace blazedb::codec
