#include "engine/local/family_import.h"

#include "engine/base/random.h"
#include "engine/codec/typed_json.h"
#include "engine/format28/family_writer.h"

namespace blazedb::local {

namespace {
constexpr std::uint64_t kLinesBetweenLooks = 64;
} // namespace

Result<std::uint64_t> importFamily(const api::CallContext& context, FileSystem& files, Clock& clock, std::string_view jsonLines, FamilyImport request)
{
    format28::NewFamily family{std::move(request.path), std::move(request.password), {}, request.keyRounds};
    for (auto& fields : request.indexes) family.indexes.push_back({std::move(fields)});
    BLAZE_TRY_VALUE(const auto writer, format28::FamilyWriter::create(files, clock, systemRandom(), std::move(family)));
    std::uint64_t written = 0;
    const std::size_t total = jsonLines.size();
    for (std::uint64_t line = 1; !jsonLines.empty(); ++line) {
        if (line % kLinesBetweenLooks == 0) {
            if (context.stop.stop_requested()) return api::cancelled();
            if (context.onProgress) context.onProgress({total - jsonLines.size(), total, "bytes"});
        }
        const std::size_t end = jsonLines.find('\n');
        const std::string_view text = jsonLines.substr(0, end);
        jsonLines.remove_prefix(end == std::string_view::npos ? jsonLines.size() : end + 1);
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto record = codec::parseTypedJsonRecord(text);
        if (!record) return std::move(record).error().in("line " + std::to_string(line));
        if (auto added = writer->add(*record); !added) return std::move(added).error().in("line " + std::to_string(line));
        ++written;
    }
    if (context.stop.stop_requested()) return api::cancelled();
    BLAZE_TRY(writer->finish());
    return written;
}

} // namespace blazedb::local
