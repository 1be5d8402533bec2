#include "engine/model/value.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/model/text_order.h"

namespace blazedb::model {

std::string_view valueKindName(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Null: return "null";
    case ValueKind::Bool: return "bool";
    case ValueKind::Integer: return "integer";
    case ValueKind::Double: return "double";
    case ValueKind::Date: return "date";
    case ValueKind::Text: return "text";
    case ValueKind::Uuid: return "UUID";
    case ValueKind::Data: return "bytes";
    case ValueKind::Array: return "array";
    case ValueKind::Vector: return "vector";
    case ValueKind::Dictionary: return "dictionary";
    }
    return "null";
}

namespace {

bool sameBits(double left, double right)
{
    return std::bit_cast<std::uint64_t>(left) == std::bit_cast<std::uint64_t>(right);
}

/// Identity per kind; both sides hold the same alternative.
struct IdenticalTo {
    const Value& other;

    bool operator()(double value) const { return sameBits(value, *other.as<double>()); }
    bool operator()(Date value) const { return sameBits(value.seconds, other.as<Date>()->seconds); }
    bool operator()(const Array& value) const
    {
        const Array& right = *other.as<Array>();
        return std::equal(value.begin(), value.end(), right.begin(), right.end(),
                          [](const Value& a, const Value& b) { return a.isIdenticalTo(b); });
    }
    bool operator()(const Vector& value) const
    {
        const auto& right = other.as<Vector>()->elements;
        return std::equal(value.elements.begin(), value.elements.end(), right.begin(), right.end(), sameBits);
    }
    bool operator()(const Dictionary& value) const
    {
        const Dictionary& right = *other.as<Dictionary>();
        return std::equal(value.begin(), value.end(), right.begin(), right.end(),
                          [](const DictionaryEntry& a, const DictionaryEntry& b) { return a.key == b.key && a.value.isIdenticalTo(b.value); });
    }
    template <typename T>
    bool operator()(const T& value) const
    {
        return value == *other.as<T>();
    }
};

} // namespace

bool Value::isIdenticalTo(const Value& other) const
{
    return kind() == other.kind() && std::visit(IdenticalTo{other}, storage);
}

const Value* find(const Dictionary& dictionary, std::string_view key)
{
    for (const DictionaryEntry& entry : dictionary)
        if (canonicallyEqual(entry.key, key)) return &entry.value;
    return nullptr;
}

std::optional<std::int64_t> coerceToInteger(const Value& value)
{
    if (const auto* integer = value.as<std::int64_t>()) return *integer;
    const auto* number = value.as<double>();
    constexpr double kLimit = 9'223'372'036'854'775'808.0; // 2^63, the first double that does not fit
    if (number == nullptr || !(*number >= -kLimit && *number < kLimit)) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::optional<bool> coerceToBool(const Value& value)
{
    if (const auto* flag = value.as<bool>()) return *flag;
    if (const auto* integer = value.as<std::int64_t>()) return *integer != 0;
    return std::nullopt;
}

} // namespace blazedb::model
