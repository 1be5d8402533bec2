#include <cmath>
#include <unordered_map>

#include <simdjson.h>

#include "engine/codec/dump_text.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

using simdjson::dom::element;

Error badDump(std::string why)
{
    return {ErrorCode::Corruption, std::move(why)};
}

bool isNumber(const element& json)
{
    return json.is_int64() || json.is_uint64() || json.is_double();
}

double numberOf(const element& json)
{
    if (json.is_int64()) return static_cast<double>(json.get_int64().value_unsafe());
    if (json.is_uint64()) return static_cast<double>(json.get_uint64().value_unsafe());
    // Minus zero comes as zero however it is spelled, `-0`, `-0.0` or a number too small: it does not survive a dump [9.2], and
    // what was read is written the same again.
    return json.get_double().value_unsafe() + 0.0;
}

/// An integer in whatever spelling, if it fits into 64 bits; a double otherwise.
model::Value numberValue(const element& json)
{
    if (json.is_int64()) return model::Value(json.get_int64().value_unsafe());
    const double number = numberOf(json);
    const bool isInteger = number == std::trunc(number) && number >= -0x1p63 && number < 0x1p63;
    return isInteger ? model::Value(static_cast<std::int64_t>(number)) : model::Value(number);
}

model::Value textValue(std::string_view text)
{
    if (const auto id = model::Uuid::parse(text)) return model::Value(*id);
    if (const auto date = leadingDate(text)) return model::Value(model::Date{*date});
    return model::Value(std::string(text));
}

model::Value valueOf(const element& json);

model::Value arrayValue(const simdjson::dom::array& list)
{
    bool hasOnlyNumbers = true;
    for (const element& item : list) hasOnlyNumbers = hasOnlyNumbers && isNumber(item);
    if (hasOnlyNumbers) {
        model::Vector vector;
        for (const element& item : list) vector.elements.push_back(numberOf(item));
        return model::Value(std::move(vector));
    }
    model::Array array;
    for (const element& item : list) array.push_back(valueOf(item));
    return model::Value(std::move(array));
}

/// Entries by canonically equivalent key, the last one counting.
template <typename Entry, typename Set>
void readEntries(const simdjson::dom::object& object, std::vector<Entry>& entries, Set set)
{
    std::unordered_map<std::string, std::size_t> places;
    for (const auto& [key, json] : object) {
        const auto [place, isNew] = places.try_emplace(model::toNfc(key), entries.size());
        if (isNew) entries.push_back({});
        set(entries[place->second], std::string(key), valueOf(json));
    }
}

model::Value valueOf(const element& json)
{
    switch (json.type()) {
    case simdjson::dom::element_type::NULL_VALUE: return {};
    case simdjson::dom::element_type::BOOL: return model::Value(json.get_bool().value_unsafe());
    case simdjson::dom::element_type::STRING: return textValue(json.get_string().value_unsafe());
    case simdjson::dom::element_type::ARRAY: return arrayValue(json.get_array().value_unsafe());
    case simdjson::dom::element_type::OBJECT: {
        model::Dictionary dictionary;
        readEntries(json.get_object().value_unsafe(), dictionary, [](model::DictionaryEntry& entry, std::string key, model::Value value) {
            entry = {std::move(key), std::move(value)};
        });
        return model::Value(std::move(dictionary));
    }
    default: return numberValue(json);
    }
}

} // namespace

struct DumpReader::State {
    simdjson::dom::parser parser;

    Result<simdjson::dom::object> object(std::string_view piece, const char* what)
    {
        element root;
        simdjson::dom::object object;
        if (const auto error = parser.parse(piece.data(), piece.size()).get(root); error != simdjson::SUCCESS)
            return badDump(std::string(what) + " is not JSON: " + simdjson::error_message(error));
        if (root.get(object) != simdjson::SUCCESS) return badDump(std::string(what) + " is not a JSON object");
        return object;
    }

    template <typename T>
    static Result<T> part(const simdjson::dom::object& object, const char* what, std::string_view key)
    {
        T value{};
        if (object.at_key(key).get(value) != simdjson::SUCCESS)
            return badDump(std::string(what) + " has no " + std::string(key) + " of the right type");
        return value;
    }
    static Result<std::string> text(const simdjson::dom::object& object, const char* what, std::string_view key)
    {
        BLAZE_TRY_VALUE(const std::string_view view, part<std::string_view>(object, what, key));
        return std::string(view);
    }
};

DumpReader::DumpReader()
    : m_state(std::make_unique<State>())
{
}

DumpReader::~DumpReader() = default;

Result<DumpHeader> DumpReader::header(std::string_view piece)
{
    constexpr const char* kWhat = "the header of the dump";
    BLAZE_TRY_VALUE(const auto object, m_state->object(piece, kWhat));
    DumpHeader header;
    BLAZE_TRY_VALUE(header.formatVersion, State::part<std::int64_t>(object, kWhat, "formatVersion"));
    if (header.formatVersion != kDumpVersion)
        return Error{ErrorCode::Unsupported, "the dump has format version " + std::to_string(header.formatVersion) + "; this program reads version 1"};
    BLAZE_TRY_VALUE(header.databaseId, State::text(object, kWhat, "databaseId"));
    if (const auto id = model::Uuid::parse(header.databaseId)) header.databaseId = id->toString();
    BLAZE_TRY_VALUE(header.databaseName, State::text(object, kWhat, "databaseName"));
    BLAZE_TRY_VALUE(const std::string exportedAt, State::text(object, kWhat, "exportedAt"));
    const auto time = leadingDate(exportedAt);
    if (!time) return badDump("the header of the dump has no exportedAt that is a date");
    header.exportedAt = *time;
    BLAZE_TRY_VALUE(const auto schema, State::part<simdjson::dom::object>(object, kWhat, "schemaVersion"));
    BLAZE_TRY_VALUE(header.schemaMajor, State::part<std::int64_t>(schema, kWhat, "major"));
    BLAZE_TRY_VALUE(header.schemaMinor, State::part<std::int64_t>(schema, kWhat, "minor"));
    std::string_view tool;
    if (object.at_key("toolVersion").get(tool) == simdjson::SUCCESS) header.toolVersion = std::string(tool);
    return header;
}

Result<DumpManifest> DumpReader::manifest(std::string_view piece)
{
    constexpr const char* kWhat = "the manifest of the dump";
    BLAZE_TRY_VALUE(const auto object, m_state->object(piece, kWhat));
    DumpManifest manifest;
    BLAZE_TRY_VALUE(manifest.headerHash, State::text(object, kWhat, "headerHash"));
    BLAZE_TRY_VALUE(manifest.payloadHash, State::text(object, kWhat, "payloadHash"));
    BLAZE_TRY_VALUE(manifest.combinedHash, State::text(object, kWhat, "combinedHash"));
    BLAZE_TRY_VALUE(manifest.payloadSize, State::part<std::uint64_t>(object, kWhat, "payloadSize"));
    BLAZE_TRY_VALUE(manifest.recordCount, State::part<std::uint64_t>(object, kWhat, "recordCount"));
    return manifest;
}

Result<std::vector<model::Field>> DumpReader::record(std::string_view piece)
{
    BLAZE_TRY_VALUE(const auto object, m_state->object(piece, "the record"));
    BLAZE_TRY_VALUE(const auto storage, State::part<simdjson::dom::object>(object, "the record", "storage"));
    std::vector<model::Field> fields;
    readEntries(storage, fields, [](model::Field& field, std::string name, model::Value value) { field = {std::move(name), std::move(value), 0}; });
    return fields;
}

} // namespace blazedb::codec
