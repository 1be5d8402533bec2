#include "engine/index/index_key.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/codec/order_key.h"
#include "engine/model/compare.h"
#include "engine/model/text_order.h"

namespace blazedb::index {

namespace {

using model::Expression;
using model::ExpressionKind;
using model::Value;
using model::ValueKind;

/// Dates and numbers match within 1 ms (DM-6); a little more, for the rounding of the sum.
constexpr double kDateToleranceSeconds = 0.0011;
constexpr char kNullBracket = '\xFF';

std::string valueKey(const Value* value)
{
    std::string key;
    codec::appendOrderKey(key, value, false);
    if (key.size() > kMaxValueBytes) key.resize(kMaxValueBytes);
    return key;
}

/// The least text behind all that begin with `prefix`; empty when there is none.
std::string behind(std::string prefix)
{
    while (!prefix.empty() && prefix.back() == '\xFF') prefix.pop_back();
    if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

KeyRange allWith(const std::string& prefix)
{
    return {prefix, behind(prefix)};
}

/// Ascending and disjoint.
KeyRanges tidied(KeyRanges ranges)
{
    std::erase_if(ranges, [](const KeyRange& range) { return range.isEmpty(); });
    std::sort(ranges.begin(), ranges.end(), [](const KeyRange& a, const KeyRange& b) { return a.from < b.from; });
    KeyRanges tidy;
    for (KeyRange& range : ranges) {
        if (tidy.empty() || (!tidy.back().to.empty() && range.from > tidy.back().to)) {
            tidy.push_back(std::move(range));
        } else if (!tidy.back().to.empty() && (range.to.empty() || range.to > tidy.back().to)) {
            tidy.back().to = std::move(range.to);
        }
    }
    return tidy;
}

std::optional<double> numberOf(const Value& value)
{
    if (const auto* integer = value.as<std::int64_t>()) return static_cast<double>(*integer);
    if (const auto* real = value.as<double>()) return *real;
    if (const auto* date = value.as<model::Date>()) return date->seconds;
    return std::nullopt;
}

/// Keys of doubles from `low` to `high`, both with everything at their place: integers that round to them, and dates.
KeyRange axisRange(double low, double high)
{
    const Value lowest(std::nextafter(low, -std::numeric_limits<double>::infinity()));
    const Value highest(model::Date{std::nextafter(high, std::numeric_limits<double>::infinity())});
    return {valueKey(&lowest), behind(valueKey(&highest))};
}

KeyRanges equalNumber(double number)
{
    if (std::isnan(number)) return {}; // equal to nothing, itself included
    return {axisRange(number - kDateToleranceSeconds, number + kDateToleranceSeconds)};
}

KeyRanges equalTo(const Value& operand)
{
    if (const auto number = numberOf(operand)) return equalNumber(*number);
    KeyRanges ranges{allWith(valueKey(&operand))};
    if (const auto* text = operand.as<std::string>()) {
        // A text that spells a UUID equals it (DM-6).
        if (const auto id = model::Uuid::parse(*text)) {
            const Value uuid(*id);
            ranges.push_back(allWith(valueKey(&uuid)));
        }
    } else if (const auto* id = operand.as<model::Uuid>()) {
        // The spellings in mixed case lie between that in capitals and that in small letters.
        const std::string capitals = id->toString();
        const Value low(capitals);
        const Value high(model::foldCase(capitals));
        ranges.push_back({valueKey(&low), behind(valueKey(&high))});
    }
    return tidied(std::move(ranges));
}

/// The keys of every value of the operand's kind, or of its axis.
KeyRange bracketOf(const Value& operand)
{
    return allWith(valueKey(&operand).substr(0, 1));
}

/// `<` and `>` (DM-7); what is only equal within the tolerance is not in it.
KeyRanges ordered(const Value& operand, bool isLess)
{
    switch (operand.kind()) {
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Double:
    case ValueKind::Date:
    case ValueKind::Text:
    case ValueKind::Uuid:
    case ValueKind::Data: break;
    default: return {}; // neither less nor greater than anything
    }
    const KeyRange bracket = bracketOf(operand);
    KeyRange at = allWith(valueKey(&operand));
    if (const auto number = numberOf(operand)) {
        if (std::isnan(*number)) return {};
        at = axisRange(*number, *number);
    }
    // The operand's own place is kept: values that agree with it only in the part that the key holds are there too.
    return tidied({isLess ? KeyRange{bracket.from, at.to} : KeyRange{at.from, bracket.to}});
}

KeyRanges unionOf(KeyRanges left, const KeyRanges& right)
{
    left.insert(left.end(), right.begin(), right.end());
    return tidied(std::move(left));
}

KeyRanges startingWith(const std::string& prefix)
{
    const Value text(prefix);
    std::string key;
    codec::appendOrderKey(key, &text, false);
    key.resize(key.size() - 2); // without its end
    if (key.size() > kMaxValueBytes) key.resize(kMaxValueBytes);
    return {allWith(key)};
}

} // namespace

void appendIndexKey(std::string& key, const Value* value, const model::Uuid& id)
{
    const std::size_t begin = key.size();
    codec::appendOrderKey(key, value, false);
    if (key.size() - begin > kMaxValueBytes) key.resize(begin + kMaxValueBytes);
    key.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

model::Uuid idOfIndexKey(ByteView key)
{
    model::Uuid id;
    std::memcpy(id.bytes.data(), key.data() + key.size() - kIdBytes, kIdBytes);
    return id;
}

std::optional<KeyRanges> rangesOf(const Expression& comparison)
{
    const KeyRange nulls{std::string(1, kNullBracket), {}};
    const auto hasOperands = !comparison.operands.empty();
    switch (comparison.kind) {
    case ExpressionKind::IsMissing:
    case ExpressionKind::IsNull:
    case ExpressionKind::IsExplicitNull: return KeyRanges{nulls};
    case ExpressionKind::IsValued: return KeyRanges{{std::string(), nulls.from}};
    case ExpressionKind::In: {
        KeyRanges ranges;
        for (const Value& operand : comparison.operands) ranges = unionOf(std::move(ranges), equalTo(operand));
        return ranges;
    }
    default: break;
    }
    if (!hasOperands) return std::nullopt;
    const Value& operand = comparison.operands.front();
    switch (comparison.kind) {
    case ExpressionKind::Equal: return equalTo(operand);
    case ExpressionKind::Less: return ordered(operand, true);
    case ExpressionKind::Greater: return ordered(operand, false);
    case ExpressionKind::LessOrEqual: return unionOf(ordered(operand, true), equalTo(operand));
    case ExpressionKind::GreaterOrEqual: return unionOf(ordered(operand, false), equalTo(operand));
    case ExpressionKind::StartsWith:
        if (const auto* prefix = operand.as<std::string>()) return startingWith(*prefix);
        return std::nullopt;
    default: return std::nullopt;
    }
}

KeyRanges intersectionOf(const KeyRanges& left, const KeyRanges& right)
{
    KeyRanges both;
    for (const KeyRange& a : left) {
        for (const KeyRange& b : right) {
            KeyRange common{std::max(a.from, b.from), a.to.empty() ? b.to : b.to.empty() ? a.to : std::min(a.to, b.to)};
            if (!common.isEmpty()) both.push_back(std::move(common));
        }
    }
    return tidied(std::move(both));
}

} // namespace blazedb::index
