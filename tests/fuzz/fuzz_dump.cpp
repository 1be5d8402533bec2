// A dump from its first byte: structure, header, manifest, records, and what is written of them again.
#include <cstdint>
#include <cstdlib>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/dump_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(codec::looksLikeDump(text.substr(0, 64)));
    static_cast<void>(codec::leadingDate(text));
    const codec::DumpPieces pieces = codec::splitDump(text);
    codec::DumpReader reader;
    if (const auto header = reader.header(pieces.header)) {
        // What is written reads back the same.
        const std::string again = codec::dumpHeaderText(*header);
        const auto second = reader.header(again);
        if (!second || codec::dumpHeaderText(*second) != again) std::abort();
    }
    static_cast<void>(reader.manifest(pieces.manifest));
    for (const std::string_view item : pieces.items) {
        const auto fields = reader.record(item);
        if (!fields) continue;
        std::string written;
        if (!codec::appendDumpRecord(written, *fields)) continue;
        // Written once, a record does not change any more.
        const auto again = reader.record(written);
        std::string rewritten;
        if (!again || !codec::appendDumpRecord(rewritten, *again) || rewritten != written) std::abort();
        const auto encoded = codec::encodeRecord(*fields, codec::RecordForm::InMemory);
        if (encoded && !codec::decodeRecord(*encoded)) std::abort();
    }
    return 0;
}
