#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <simdjson.h>

#include "engine/codec/base64.h"
#include "engine/codec/typed_json.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t kJsonDepthMax = 1001; ///< The 1,000 levels of a value, and the record around it.

Error mistake(std::string what)
{
    return {ErrorCode::InvalidArgument, std::move(what)};
}

Result<model::Value> readJsonValue(const element& json, std::size_t depth);

Result<double> readDoubleContent(const element& content)
{
    double number = 0;
    if (content.get(number) == simdjson::SUCCESS) return number;
    std::string_view text;
    if (content.get(text) == simdjson::SUCCESS) {
        if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
        if (text == "Infinity") return std::numeric_limits<double>::infinity();
        if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    }
    return mistake("$double needs a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
}

Result<model::Value> readUuid(const element& content)
{
    std::string_view text;
    if (content.get(text) == simdjson::SUCCESS)
        if (const auto id = model::Uuid::parse(text)) return model::Value(*id);
    return mistake("$uuid needs the 36-character text of a UUID");
}

Result<model::Value> readDate(const element& content)
{
    std::string_view text;
    if (content.get(text) == simdjson::SUCCESS)
        if (const auto seconds = dateFromText(text)) return model::Value(model::Date{*seconds});
    simdjson::dom::object object;
    element reference;
    if (content.get(object) == simdjson::SUCCESS && object.size() == 1 && object.at_key("ref").get(reference) == simdjson::SUCCESS) {
        BLAZE_TRY_VALUE(const double seconds, readDoubleContent(reference));
        return model::Value(model::Date{seconds});
    }
    return mistake("$date needs RFC 3339 text or {\"ref\": seconds since 2001}");
}

Result<model::Value> readData(const element& content)
{
    std::string_view text;
    if (content.get(text) == simdjson::SUCCESS)
        if (auto bytes = decodeBase64(text)) return model::Value(*std::move(bytes));
    return mistake("$data needs base64 text");
}

Result<model::Value> readVector(const element& content)
{
    simdjson::dom::array elements;
    if (content.get(elements) != simdjson::SUCCESS) return mistake("$vector needs an array of numbers");
    model::Vector vector;
    for (const element& item : elements) {
        BLAZE_TRY_VALUE(const double number, readDoubleContent(item));
        vector.elements.push_back(number);
    }
    return model::Value(std::move(vector));
}

Result<model::Value> readInteger(const element& content)
{
    std::string_view text;
    std::int64_t number = 0;
    if (content.get(number) == simdjson::SUCCESS) return model::Value(number);
    if (content.get(text) == simdjson::SUCCESS) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size() && !text.empty()) return model::Value(number);
    }
    return mistake("$int needs the digits of a 64-bit integer");
}

/// An object whose one key begins with a single `$`.
Result<model::Value> readMarked(std::string_view mark, const element& content)
{
    if (mark == "$uuid") return readUuid(content);
    if (mark == "$date") return readDate(content);
    if (mark == "$data") return readData(content);
    if (mark == "$vector") return readVector(content);
    if (mark == "$int") return readInteger(content);
    if (mark == "$double") {
        BLAZE_TRY_VALUE(const double number, readDoubleContent(content));
        return model::Value(number);
    }
    return mistake("unknown mark " + std::string(mark) + "; a key that begins with $ is written with two");
}

/// Refuses keys that are canonically equivalent: they would be one field, and which value counts would be a guess.
Result<void> refuseTwins(std::vector<std::string>& keys)
{
    std::sort(keys.begin(), keys.end());
    const auto twin = std::adjacent_find(keys.begin(), keys.end());
    if (twin == keys.end()) return {};
    return mistake("the key " + *twin + " is there twice");
}

/// "$$uuid" to "$uuid"; nullopt for a single `$`, which is a mark.
std::optional<std::string_view> plainKey(std::string_view key)
{
    if (!key.starts_with('$')) return key;
    if (key.starts_with("$$")) return key.substr(1);
    return std::nullopt;
}

Result<model::Value> readObject(const simdjson::dom::object& object, std::size_t depth)
{
    model::Dictionary dictionary;
    std::vector<std::string> keys;
    for (const auto& [key, value] : object) {
        const auto plain = plainKey(key);
        if (!plain && object.size() == 1) return readMarked(key, value);
        if (!plain) return mistake("the mark " + std::string(key) + " must stand alone in its object");
        BLAZE_TRY_VALUE(model::Value content, readJsonValue(value, depth + 1));
        keys.push_back(model::toNfc(*plain));
        dictionary.push_back({std::string(*plain), std::move(content)});
    }
    BLAZE_TRY(refuseTwins(keys));
    return model::Value(std::move(dictionary));
}

Result<model::Value> readArray(const simdjson::dom::array& elements, std::size_t depth)
{
    model::Array array;
    for (const element& item : elements) {
        BLAZE_TRY_VALUE(model::Value value, readJsonValue(item, depth + 1));
        array.push_back(std::move(value));
    }
    return model::Value(std::move(array));
}

Result<model::Value> readJsonValue(const element& json, std::size_t depth)
{
    if (depth > kJsonDepthMax) return mistake("nested deeper than 1,000 levels");
    switch (json.type()) {
    case element_type::NULL_VALUE: return model::Value();
    case element_type::BOOL: return model::Value(bool(json));
    case element_type::INT64: return model::Value(std::int64_t(json));
    case element_type::UINT64: return mistake("integers over 64 bits signed do not exist; write {\"$double\": …}");
    case element_type::DOUBLE: return model::Value(double(json));
    case element_type::STRING: return model::Value(std::string(std::string_view(json)));
    case element_type::ARRAY: return readArray(simdjson::dom::array(json), depth);
    case element_type::OBJECT: return readObject(simdjson::dom::object(json), depth);
    }
    return mistake("not a JSON value");
}

Result<element> parseJson(simdjson::dom::parser& parser, std::string_view text)
{
    element root;
    if (text.empty()) return mistake("not JSON: nothing is there"); // and it may have no address, which the parser needs
    if (const auto problem = parser.parse(text.data(), text.size()).get(root); problem != simdjson::SUCCESS)
        return mistake(std::string("not JSON: ") + simdjson::error_message(problem));
    return root;
}

/// The id of a record: a $uuid mark or a text that spells a UUID.
Result<model::Uuid> readRecordId(const element& json)
{
    BLAZE_TRY_VALUE(const model::Value value, readJsonValue(json, 1));
    if (const auto* id = value.as<model::Uuid>()) return *id;
    if (const auto* text = value.as<std::string>())
        if (const auto id = model::Uuid::parse(*text)) return *id;
    return mistake("id is neither {\"$uuid\": …} nor the text of a UUID");
}

} // namespace

Result<model::Value> parseTypedJson(std::string_view text)
{
    simdjson::dom::parser parser;
    BLAZE_TRY_VALUE(const element root, parseJson(parser, text));
    return readJsonValue(root, 0);
}

Result<NewRecord> parseTypedJsonNewRecord(std::string_view text)
{
    simdjson::dom::parser parser;
    BLAZE_TRY_VALUE(const element root, parseJson(parser, text));
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return mistake("a record is a JSON object");
    NewRecord parsed;
    model::Record& record = parsed.record;
    std::vector<std::string> keys;
    for (const auto& [key, value] : object) {
        keys.push_back(model::toNfc(key));
        if (key == model::fieldname::kId) {
            BLAZE_TRY_VALUE(record.id, readRecordId(value));
            record.fields.push_back({std::string(key), model::Value(record.id), 0});
            parsed.hasId = true;
            continue;
        }
        const auto plain = plainKey(key);
        if (!plain) return mistake("the mark " + std::string(key) + " is no field");
        BLAZE_TRY_VALUE(model::Value content, readJsonValue(value, 1));
        record.fields.push_back({std::string(*plain), std::move(content), 0});
    }
    BLAZE_TRY(refuseTwins(keys));
    return parsed;
}

Result<model::Record> parseTypedJsonRecord(std::string_view text)
{
    BLAZE_TRY_VALUE(NewRecord parsed, parseTypedJsonNewRecord(text));
    if (!parsed.hasId) return mistake("the record has no id");
    return std::move(parsed.record);
}

} // namespace blazedb::codec
