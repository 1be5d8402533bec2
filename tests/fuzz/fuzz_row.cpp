// What decodes must encode to the same bytes, and its fields must be found one by one.
#include <cstdint>
#include <cstdlib>

#include "engine/codec/row_encoder.h"
#include "engine/codec/row_field_source.h"
#include "engine/codec/row_reader.h"

namespace {

class Numbering final : public blazedb::codec::FieldNumbering {
public:
    Numbering()
    {
        // As many as rows of two-byte numbers need; some of them equivalent.
        for (int i = 0; i < 300; ++i) static_cast<void>(names.add("name" + std::to_string(i)));
        for (const char* name : {"id", "\u00e9", "e\u0301"}) static_cast<void>(names.add(name));
    }
    blazedb::Result<blazedb::codec::FieldNumber> numberOf(std::string_view name) override { return names.add(name); }
    blazedb::codec::FieldNames names;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    static Numbering numbering;
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    const model::Uuid key{};
    const auto view = codec::RowView::open(bytes);
    if (view) {
        codec::RowFieldSource source(numbering.names);
        source.move(key, *view);
        for (const char* name : {"id", "name0", "name1", "name2", "name299"}) static_cast<void>(source.field(name));
    }
    codec::DecodeOptions cut;
    cut.valueBytesMax = 8;
    static_cast<void>(codec::decodeRow(key, bytes, numbering.names, cut));
    const auto fields = codec::decodeRow(key, bytes, numbering.names);
    if (!fields) return 0;
    if (!view) std::abort();
    codec::RowEncoder encoder(numbering);
    const auto again = encoder.encode({key, *fields});
    if (!again || again->size() != size || !std::equal(again->begin(), again->end(), bytes.begin())) std::abort();
    return 0;
}
