#include <simdjson.h>

#include "engine/codec/base64.h"
#include "engine/format28/catalogue.h"

namespace blazedb::format28 {

namespace {

Error badWrapper(const char* why)
{
    return {ErrorCode::Corruption, why};
}

/// The base64 text under `key`; empty when absent.
Result<Bytes> base64Under(const simdjson::dom::object& object, std::string_view key)
{
    std::string_view text;
    simdjson::dom::element value;
    if (object.at_key(key).get(value) != simdjson::SUCCESS) return Bytes();
    if (value.get(text) != simdjson::SUCCESS) return badWrapper("a part of the wrapper is not text");
    auto bytes = codec::decodeBase64(text);
    if (!bytes) return badWrapper("a part of the wrapper is not base64");
    return *std::move(bytes);
}

} // namespace

Result<CatalogueWrapper> parseCatalogueWrapper(ByteView file)
{
    if (file.empty()) return badWrapper("the catalogue is empty");
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::object object;
    const std::string_view text = asText(file);
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return badWrapper("the catalogue is not JSON");
    if (root.get(object) != simdjson::SUCCESS) return badWrapper("the catalogue is not a JSON object");

    CatalogueWrapper wrapper;
    simdjson::dom::element layout;
    const bool hasLayout = object.at_key("layout").get(layout) == simdjson::SUCCESS;
    simdjson::dom::element version;
    if (object.at_key("secureLayoutVersion").get(version) == simdjson::SUCCESS) {
        if (version.get(wrapper.version) != simdjson::SUCCESS) return badWrapper("the catalogue's version is not a number");
    } else {
        wrapper.version = hasLayout ? 1 : 0;
    }
    BLAZE_TRY_VALUE(wrapper.signature, base64Under(object, "signature"));
    if (wrapper.version >= 2) {
        BLAZE_TRY_VALUE(wrapper.signedPayload, base64Under(object, "signedPayload"));
        if (wrapper.signedPayload.empty() || wrapper.signature.empty()) return badWrapper("the catalogue's signature is missing");
    } else if (hasLayout) {
        wrapper.layout = simdjson::minify(layout);
    } else {
        simdjson::dom::element map;
        if (object.at_key("indexMap").get(map) != simdjson::SUCCESS) return badWrapper("the catalogue names no records");
        wrapper.layout = std::string(text);
    }
    return wrapper;
}

} // namespace blazedb::format28
