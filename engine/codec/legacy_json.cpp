#include "engine/codec/legacy_json.h"

#include <unordered_map>

#include <simdjson.h>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/blaze_binary_format.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

constexpr std::string_view kWrapperKey = "storage";

Error unreadable(const char* why)
{
    return {ErrorCode::Corruption, std::string("a record stored as JSON: ") + why};
}

Result<model::Value> untypedValue(const simdjson::dom::element& json, std::size_t depth);

/// Calls `add` with the value of each key once, in the order of first appearance.
template <typename Add>
Result<void> forEachKey(const simdjson::dom::object& object, std::size_t depth, const Add& add)
{
    std::unordered_map<std::string, std::size_t> places;
    std::vector<std::pair<std::string_view, model::Value>> entries;
    for (const auto& [stored, content] : object) {
        const std::string_view key = binary::withoutByteOrderMark(stored);
        BLAZE_TRY_VALUE(model::Value value, untypedValue(content, depth));
        const auto [place, isNew] = places.try_emplace(model::toNfc(key), entries.size());
        if (isNew)
            entries.emplace_back(key, std::move(value));
        else
            entries[place->second].second = std::move(value);
    }
    for (auto& [key, value] : entries) add(std::string(key), std::move(value));
    return {};
}

Result<model::Value> untypedValue(const simdjson::dom::element& json, std::size_t depth)
{
    using simdjson::dom::element_type;
    if (depth > kNestingMax) return unreadable("nested deeper than 1,000 levels");
    switch (json.type()) {
    case element_type::NULL_VALUE: return model::Value();
    case element_type::BOOL: return model::Value(bool(json));
    case element_type::INT64: return model::Value(std::int64_t(json));
    case element_type::UINT64: return model::Value(static_cast<double>(std::uint64_t(json)));
    case element_type::DOUBLE: return model::Value(double(json));
    case element_type::STRING: {
        const std::string_view text(json);
        if (const auto id = model::Uuid::parse(text)) return model::Value(*id);
        return model::Value(std::string(text));
    }
    case element_type::ARRAY: {
        model::Array array;
        for (const simdjson::dom::element item : simdjson::dom::array(json)) {
            BLAZE_TRY_VALUE(model::Value value, untypedValue(item, depth + 1));
            array.push_back(std::move(value));
        }
        return model::Value(std::move(array));
    }
    case element_type::OBJECT: {
        model::Dictionary dictionary;
        BLAZE_TRY(forEachKey(simdjson::dom::object(json), depth + 1,
                             [&](std::string key, model::Value value) { dictionary.push_back({std::move(key), std::move(value)}); }));
        return model::Value(std::move(dictionary));
    }
    }
    return unreadable("not a JSON value");
}

} // namespace

bool looksLikeJsonRecord(ByteView bytes)
{
    return !bytes.empty() && (bytes.front() == std::byte{'{'} || bytes.front() == std::byte{'['});
}

Result<std::vector<model::Field>> decodeJsonRecord(ByteView bytes)
{
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::object object;
    if (bytes.empty()) return unreadable("nothing is there");
    const std::string_view text = asText(bytes);
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return unreadable("the text is not JSON");
    if (root.get(object) != simdjson::SUCCESS) return unreadable("the text is not an object");
    simdjson::dom::object wrapped;
    if (object.size() == 1 && object.at_key(kWrapperKey).get(wrapped) == simdjson::SUCCESS) object = wrapped;
    std::vector<model::Field> fields;
    BLAZE_TRY(forEachKey(object, 0, [&](std::string name, model::Value value) { fields.push_back({std::move(name), std::move(value), 0}); }));
    return fields;
}

} // namespace blazedb::codec
