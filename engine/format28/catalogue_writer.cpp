#include "engine/format28/catalogue_writer.h"

#include <algorithm>
#include <cmath>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "engine/codec/base64.h"
#include "engine/crypto/digest.h"
#include "engine/model/text_order.h"

namespace blazedb::format28 {

namespace {

constexpr const char* kEncodingFormat = "blazeBinary";

/// As Foundation writes strings (5.8), the solidus escaped.
void appendJsonText(std::string& out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '/': out += "\\/"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
            else
                out += c;
        }
    }
    out += '"';
}

void appendTexts(std::string& out, const std::vector<std::string>& texts)
{
    out += '[';
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i > 0) out += ',';
        appendJsonText(out, texts[i]);
    }
    out += ']';
}

void appendIds(std::string& out, std::vector<model::Uuid> ids)
{
    std::sort(ids.begin(), ids.end());
    out += '[';
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0) out += ',';
        out += '"' + ids[i].toString() + '"';
    }
    out += ']';
}

void appendNumbers(std::string& out, const std::vector<PageNumber>& pages)
{
    out += '[';
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0) out += ',';
        fmt::format_to(std::back_inserter(out), "{}", pages[i]);
    }
    out += ']';
}

void appendPages(std::string& out, const WrittenRecord& record)
{
    if (!record.listed.empty()) {
        appendNumbers(out, record.listed);
        return;
    }
    out += '[';
    for (std::uint32_t i = 0; i < record.pageCount; ++i) {
        if (i > 0) out += ',';
        fmt::format_to(std::back_inserter(out), "{}", record.firstPage + i);
    }
    out += ']';
}

std::vector<std::string> sorted(std::vector<std::string> texts)
{
    std::sort(texts.begin(), texts.end());
    return texts;
}

std::string plainLayout(const WrittenCatalogue& catalogue)
{
    std::string out = R"({"deletedPages":)";
    appendNumbers(out, catalogue.freePages);
    out += fmt::format(R"(,"encodingFormat":"{}","fieldTypes":{{}},"indexMap":[)", kEncodingFormat);
    for (std::size_t i = 0; i < catalogue.records.size(); ++i) {
        if (i > 0) out += ',';
        out += '"' + catalogue.records[i].id.toString() + "\",";
        appendPages(out, catalogue.records[i]);
    }
    out += R"(],"metaData":{)";
    for (std::size_t i = 0; i < catalogue.metaData.size(); ++i) {
        if (i > 0) out += ',';
        appendJsonText(out, catalogue.metaData[i].first);
        out += ':' + catalogue.metaData[i].second;
    }
    fmt::format_to(std::back_inserter(out), R"(}},"nextPageIndex":{},"searchIndexedFields":[],"secondaryIndexDefinitions":{{)", catalogue.nextPage);
    for (std::size_t i = 0; i < catalogue.indexes.size(); ++i) {
        if (i > 0) out += ',';
        appendJsonText(out, catalogue.indexes[i].name);
        out += ':';
        appendTexts(out, catalogue.indexes[i].fields);
    }
    out += R"(},"secondaryIndexes":{)";
    for (std::size_t i = 0; i < catalogue.indexes.size(); ++i) {
        if (i > 0) out += ',';
        appendJsonText(out, catalogue.indexes[i].name);
        out += ":[";
        bool isFirst = true;
        for (const auto& [components, ids] : catalogue.indexes[i].entries) {
            if (!isFirst) out += ',';
            isFirst = false;
            out += R"({"components":)" + components + "},";
            appendIds(out, ids);
        }
        out += ']';
    }
    out += R"(},"version":1})";
    return out;
}

} // namespace

std::vector<std::pair<std::string, std::string>> currentMetaData()
{
    return {{"formatVersion", "\"1.0.0\""}, {"schemaVersion", "1"}};
}

std::optional<std::string> indexComponent(const model::Value& value)
{
    std::string out;
    const auto appendDouble = [&out](double number) {
        if (!std::isfinite(number)) return false;
        // A whole double comes back as an integer, so both spellings are one key.
        if (number == std::trunc(number) && std::abs(number) < 0x1p63) out = fmt::format("{}", static_cast<std::int64_t>(number));
        else out = fmt::format("{}", number);
        return true;
    };
    switch (value.kind()) {
    case model::ValueKind::Text: appendJsonText(out, *value.as<std::string>()); break;
    case model::ValueKind::Integer: out = fmt::format("{}", *value.as<std::int64_t>()); break;
    case model::ValueKind::Bool: out = *value.as<bool>() ? "true" : "false"; break;
    case model::ValueKind::Uuid: appendJsonText(out, value.as<model::Uuid>()->toString()); break;
    case model::ValueKind::Data: out = fmt::format("{}", value.as<Bytes>()->size()); break;
    case model::ValueKind::Double:
        if (!appendDouble(*value.as<double>())) return std::nullopt;
        break;
    case model::ValueKind::Date:
        if (!appendDouble(value.as<model::Date>()->seconds)) return std::nullopt;
        break;
    default: out = "\"\""; break;
    }
    return out;
}

std::string signedPayload(const WrittenCatalogue& catalogue)
{
    std::vector<const WrittenRecord*> records;
    records.reserve(catalogue.records.size());
    for (const WrittenRecord& record : catalogue.records) records.push_back(&record);
    std::sort(records.begin(), records.end(), [](const WrittenRecord* left, const WrittenRecord* right) { return left->id < right->id; });
    std::vector<const WrittenIndex*> indexes;
    for (const WrittenIndex& index : catalogue.indexes) indexes.push_back(&index);
    std::sort(indexes.begin(), indexes.end(), [](const WrittenIndex* left, const WrittenIndex* right) { return left->name < right->name; });

    std::string out = R"({"deletedPages":)";
    appendNumbers(out, catalogue.freePages);
    out += fmt::format(R"(,"encodingFormat":"{}","fieldTypes":[],"indexMap":[)", kEncodingFormat);
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (i > 0) out += ',';
        out += R"({"id":")" + records[i]->id.toString() + R"(","pages":)";
        appendPages(out, *records[i]);
        out += '}';
    }
    out += R"(],"metaData":[)";
    for (std::size_t i = 0; i < catalogue.metaData.size(); ++i) {
        out += i > 0 ? R"(,{"key":)" : R"({"key":)";
        appendJsonText(out, catalogue.metaData[i].first);
        out += R"(,"value":)" + catalogue.metaData[i].second + '}';
    }
    fmt::format_to(std::back_inserter(out), R"(],"nextPageIndex":{},"searchIndexedFields":[],"secondaryIndexDefinitions":[)", catalogue.nextPage);
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        out += i > 0 ? R"(,{"key":)" : R"({"key":)";
        appendJsonText(out, indexes[i]->name);
        out += R"(,"value":)";
        appendTexts(out, sorted(indexes[i]->fields));
        out += '}';
    }
    out += R"(],"secondaryIndexes":[)";
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        out += i > 0 ? R"(,{"entries":[)" : R"({"entries":[)";
        bool isFirst = true;
        for (const auto& [components, ids] : indexes[i]->entries) {
            if (!isFirst) out += ',';
            isFirst = false;
            out += R"({"ids":)";
            appendIds(out, ids);
            out += R"(,"key":{"components":)" + components + "}}";
        }
        out += R"(],"name":)";
        appendJsonText(out, indexes[i]->name);
        out += '}';
    }
    out += R"(],"version":1})";
    return out;
}

std::string catalogueFile(const WrittenCatalogue& catalogue, ByteView key, std::chrono::system_clock::time_point signedAt)
{
    const std::string payload = signedPayload(catalogue);
    const auto signature = crypto::hmacSha256(key, asBytes(payload));
    std::string payloadText;
    codec::appendBase64(payloadText, asBytes(payload));
    std::string signatureText;
    codec::appendBase64(signatureText, signature);
    std::string out = fmt::format(R"({{"encodingFormat":"{}","layout":)", kEncodingFormat);
    out += plainLayout(catalogue);
    out += R"(,"secureLayoutVersion":2,"signature":)";
    appendJsonText(out, signatureText);
    out += fmt::format(R"(,"signedAt":"{:%Y-%m-%dT%H:%M:%SZ}")", fmt::gmtime(std::chrono::system_clock::to_time_t(signedAt)));
    out += R"(,"signedPayload":)";
    appendJsonText(out, payloadText);
    out += '}';
    return out;
}

} // namespace blazedb::format28
