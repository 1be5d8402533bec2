#include "engine/model/compare.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "engine/model/text_order.h"

namespace blazedb::model {

namespace {

/// Dates and numbers are equal within this distance (DM-6).
constexpr double kDateToleranceSeconds = 0.001;

/// A number or date on the number axis; an integer keeps its exact value.
struct AxisPoint {
    bool isInteger = false;
    std::int64_t integer = 0;
    double real = 0;
};

std::optional<AxisPoint> axisPoint(const Value& value)
{
    if (const auto* integer = value.as<std::int64_t>()) return AxisPoint{true, *integer, static_cast<double>(*integer)};
    if (const auto* real = value.as<double>()) return AxisPoint{false, 0, *real};
    if (const auto* date = value.as<Date>()) return AxisPoint{false, 0, date->seconds};
    return std::nullopt;
}

std::partial_ordering reversed(std::partial_ordering order)
{
    return 0 <=> order;
}

std::partial_ordering compareAxis(const AxisPoint& left, const AxisPoint& right)
{
    if (left.isInteger && right.isInteger) return left.integer <=> right.integer;
    if (left.isInteger) return compareExactly(left.integer, right.real);
    if (right.isInteger) return reversed(compareExactly(right.integer, left.real));
    return left.real <=> right.real;
}

Relation toRelation(std::partial_ordering order)
{
    if (order == std::partial_ordering::less) return Relation::Less;
    if (order == std::partial_ordering::greater) return Relation::Greater;
    if (order == std::partial_ordering::equivalent) return Relation::Equal;
    return Relation::Incomparable;
}

std::strong_ordering compareBytes(const Bytes& left, const Bytes& right)
{
    const std::size_t common = std::min(left.size(), right.size());
    const int order = common == 0 ? 0 : std::memcmp(left.data(), right.data(), common);
    return order != 0 ? order <=> 0 : left.size() <=> right.size();
}

/// Equality inside containers is strict: same kind, equal payload, texts by canonical equivalence (DM-3, DM-6).
bool strictlyEqual(const Value& left, const Value& right);

bool dictionariesEqual(const Dictionary& left, const Dictionary& right)
{
    if (left.size() != right.size()) return false;
    return std::all_of(left.begin(), left.end(), [&](const DictionaryEntry& entry) {
        const Value* other = find(right, entry.key);
        return other != nullptr && strictlyEqual(entry.value, *other);
    });
}

/// Equality per kind; both sides hold the same alternative.
struct EqualTo {
    const Value& other;

    bool operator()(const std::string& text) const { return canonicallyEqual(text, *other.as<std::string>()); }
    bool operator()(const Array& array) const
    {
        const Array& right = *other.as<Array>();
        return std::equal(array.begin(), array.end(), right.begin(), right.end(), strictlyEqual);
    }
    bool operator()(const Dictionary& dictionary) const { return dictionariesEqual(dictionary, *other.as<Dictionary>()); }
    template <typename T>
    bool operator()(const T& value) const
    {
        return value == *other.as<T>();
    }
};

bool strictlyEqual(const Value& left, const Value& right)
{
    return left.kind() == right.kind() && std::visit(EqualTo{right}, left.storage);
}

/// A date against a number. An integer beyond 2^53 may not be rounded to a double first; its neighbours among doubles are
/// whole seconds away, so only the exact one is within the tolerance.
bool isWithinTolerance(const AxisPoint& left, const AxisPoint& right)
{
    constexpr std::int64_t kExactMax = std::int64_t{1} << 53;
    const auto isExact = [](const AxisPoint& point) { return !point.isInteger || (point.integer >= -kExactMax && point.integer <= kExactMax); };
    if (!isExact(left) || !isExact(right)) return compareAxis(left, right) == 0;
    return std::abs(left.real - right.real) < kDateToleranceSeconds;
}

bool textSpellsUuid(const Value& text, const Value& id)
{
    const auto* spelling = text.as<std::string>();
    const auto* uuid = id.as<Uuid>();
    return spelling != nullptr && uuid != nullptr && Uuid::parse(*spelling) == *uuid;
}

/// Place of a kind in the total order (DM-9); null last.
int bracket(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Bool: return 1;
    case ValueKind::Integer:
    case ValueKind::Double:
    case ValueKind::Date: return 2;
    case ValueKind::Text: return 3;
    case ValueKind::Uuid: return 4;
    case ValueKind::Data: return 5;
    case ValueKind::Array: return 6;
    case ValueKind::Vector: return 7;
    case ValueKind::Dictionary: return 8;
    case ValueKind::Null: return 9;
    }
    return 9;
}

/// Numbers with NaN above everything and equal to itself.
std::weak_ordering orderAxis(const AxisPoint& left, const AxisPoint& right)
{
    const bool leftIsNan = std::isnan(left.real);
    const bool rightIsNan = std::isnan(right.real);
    if (leftIsNan || rightIsNan) return leftIsNan <=> rightIsNan;
    const std::partial_ordering order = compareAxis(left, right);
    return order < 0 ? std::weak_ordering::less : order > 0 ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

std::weak_ordering orderNumbers(const Value& left, const Value& right)
{
    const std::weak_ordering order = orderAxis(*axisPoint(left), *axisPoint(right));
    if (order != 0) return order;
    return (left.kind() == ValueKind::Date) <=> (right.kind() == ValueKind::Date);
}

std::weak_ordering orderValues(const Value& left, const Value& right);

std::weak_ordering orderArrays(const Array& left, const Array& right)
{
    return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end(), orderValues);
}

std::weak_ordering orderVectors(const Vector& left, const Vector& right)
{
    const auto order = [](double a, double b) { return orderAxis({false, 0, a}, {false, 0, b}); };
    return std::lexicographical_compare_three_way(left.elements.begin(), left.elements.end(), right.elements.begin(),
                                                  right.elements.end(), order);
}

std::weak_ordering orderDictionaries(const Dictionary& left, const Dictionary& right)
{
    const auto sorted = [](const Dictionary& dictionary) {
        std::vector<const DictionaryEntry*> entries;
        for (const DictionaryEntry& entry : dictionary) entries.push_back(&entry);
        std::sort(entries.begin(), entries.end(),
                  [](const DictionaryEntry* a, const DictionaryEntry* b) { return compareText(a->key, b->key) < 0; });
        return entries;
    };
    const auto order = [](const DictionaryEntry* a, const DictionaryEntry* b) -> std::weak_ordering {
        const std::strong_ordering keys = compareText(a->key, b->key);
        return keys != 0 ? std::weak_ordering(keys) : orderValues(a->value, b->value);
    };
    const auto leftEntries = sorted(left);
    const auto rightEntries = sorted(right);
    return std::lexicographical_compare_three_way(leftEntries.begin(), leftEntries.end(), rightEntries.begin(), rightEntries.end(), order);
}

std::weak_ordering orderValues(const Value& left, const Value& right)
{
    const int place = bracket(left.kind());
    if (place != bracket(right.kind())) return place <=> bracket(right.kind());
    switch (left.kind()) {
    case ValueKind::Bool: return *left.as<bool>() <=> *right.as<bool>();
    case ValueKind::Integer:
    case ValueKind::Double:
    case ValueKind::Date: return orderNumbers(left, right);
    case ValueKind::Text: return compareText(*left.as<std::string>(), *right.as<std::string>());
    case ValueKind::Uuid: return *left.as<Uuid>() <=> *right.as<Uuid>();
    case ValueKind::Data: return compareBytes(*left.as<Bytes>(), *right.as<Bytes>());
    case ValueKind::Array: return orderArrays(*left.as<Array>(), *right.as<Array>());
    case ValueKind::Vector: return orderVectors(*left.as<Vector>(), *right.as<Vector>());
    case ValueKind::Dictionary: return orderDictionaries(*left.as<Dictionary>(), *right.as<Dictionary>());
    case ValueKind::Null: break;
    }
    return std::weak_ordering::equivalent;
}

} // namespace

std::partial_ordering compareExactly(std::int64_t left, double right)
{
    constexpr double kLimit = 9'223'372'036'854'775'808.0; // 2^63
    if (std::isnan(right)) return std::partial_ordering::unordered;
    if (right >= kLimit) return std::partial_ordering::less;
    if (right < -kLimit) return std::partial_ordering::greater;
    const double whole = std::trunc(right); // within 64 bits now
    const auto integer = static_cast<std::int64_t>(whole);
    if (left != integer) return left <=> integer;
    return 0.0 <=> (right - whole);
}

bool predicateEqual(const Value& left, const Value& right)
{
    const auto leftPoint = axisPoint(left);
    const auto rightPoint = axisPoint(right);
    if (leftPoint && rightPoint) {
        const bool isMixedWithDate = (left.kind() == ValueKind::Date) != (right.kind() == ValueKind::Date);
        if (isMixedWithDate) return isWithinTolerance(*leftPoint, *rightPoint);
        return compareAxis(*leftPoint, *rightPoint) == 0;
    }
    return strictlyEqual(left, right) || textSpellsUuid(left, right) || textSpellsUuid(right, left);
}

Relation predicateOrder(const Value& left, const Value& right)
{
    const auto leftPoint = axisPoint(left);
    const auto rightPoint = axisPoint(right);
    if (leftPoint && rightPoint) return toRelation(compareAxis(*leftPoint, *rightPoint));
    if (left.kind() != right.kind()) return Relation::Incomparable;
    switch (left.kind()) {
    case ValueKind::Bool: return toRelation(*left.as<bool>() <=> *right.as<bool>());
    case ValueKind::Text: return toRelation(compareText(*left.as<std::string>(), *right.as<std::string>()));
    case ValueKind::Uuid: return toRelation(*left.as<Uuid>() <=> *right.as<Uuid>());
    case ValueKind::Data: return toRelation(compareBytes(*left.as<Bytes>(), *right.as<Bytes>()));
    default: return Relation::Incomparable;
    }
}

std::weak_ordering compareForSort(const Value* left, const Value* right)
{
    const bool leftIsLast = left == nullptr || left->isNull();
    const bool rightIsLast = right == nullptr || right->isNull();
    if (leftIsLast || rightIsLast) return leftIsLast <=> rightIsLast;
    return orderValues(*left, *right);
}

} // namespace blazedb::model
