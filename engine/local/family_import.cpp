#include "engine/local/family_import.h"

#include "engine/base/random.h"
#include "engine/codec/typed_json.h"
#include "engine/format28/family_writer.h"

namespace blazedb::local {

namespace {

constexpr std::uint64_t kLinesBetweenLooks = 64;
constexpr std::size_t kReadBytes = std::size_t{1} << 20;

/// Adds lines to a family that is being written. Thread-safety: none; one owner.
class LineImport {
public:
    LineImport(const api::CallContext& context, std::unique_ptr<format28::FamilyWriter> writer, std::uint64_t totalBytes)
        : m_context(context)
        , m_writer(std::move(writer))
        , m_totalBytes(totalBytes)
    {}

    Result<void> line(std::string_view text)
    {
        m_bytesDone += text.size() + 1;
        if (++m_lines % kLinesBetweenLooks == 0) {
            if (m_context.stop.stop_requested()) return api::cancelled();
            if (m_context.onProgress) m_context.onProgress({std::min(m_bytesDone, m_totalBytes), m_totalBytes, "bytes", m_bytesDone});
        }
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) return {};
        const std::string place = "record " + std::to_string(m_records + 1) + " (line " + std::to_string(m_lines) + ")";
        auto record = codec::parseTypedJsonRecord(text);
        if (!record) return std::move(record).error().in(place);
        if (auto added = m_writer->add(*record); !added) return std::move(added).error().in(place);
        ++m_records;
        return {};
    }

    Result<std::uint64_t> finish()
    {
        if (m_context.stop.stop_requested()) return api::cancelled();
        BLAZE_TRY(m_writer->finish());
        return m_records;
    }

private:
    const api::CallContext& m_context;
    std::unique_ptr<format28::FamilyWriter> m_writer;
    const std::uint64_t m_totalBytes;
    std::uint64_t m_bytesDone = 0;
    std::uint64_t m_lines = 0;
    std::uint64_t m_records = 0;
};

Result<std::unique_ptr<format28::FamilyWriter>> makeWriter(FileSystem& files, Clock& clock, FamilyImport& request)
{
    format28::NewFamily family{std::move(request.path), std::move(request.password), {}, request.keyRounds};
    for (auto& fields : request.indexes) family.indexes.push_back({std::move(fields)});
    return format28::FamilyWriter::create(files, clock, systemRandom(), std::move(family));
}

} // namespace

Result<std::uint64_t> importFamily(const api::CallContext& context, FileSystem& files, Clock& clock, std::string_view jsonLines, FamilyImport request)
{
    BLAZE_TRY_VALUE(auto writer, makeWriter(files, clock, request));
    LineImport import(context, std::move(writer), jsonLines.size());
    while (!jsonLines.empty()) {
        const std::size_t end = jsonLines.find('\n');
        BLAZE_TRY(import.line(jsonLines.substr(0, end)));
        jsonLines.remove_prefix(end == std::string_view::npos ? jsonLines.size() : end + 1);
    }
    return import.finish();
}

Result<std::uint64_t> importFamilyFile(const api::CallContext& context, FileSystem& files, Clock& clock, const std::string& from, FamilyImport request)
{
    BLAZE_TRY_VALUE(const auto file, files.openForReading(from));
    BLAZE_TRY_VALUE(const FileStamp stamp, file->stamp());
    if (stamp.isFolder) return Error{ErrorCode::InvalidArgument, from + " is a folder; name a file of typed JSON lines"};
    BLAZE_TRY_VALUE(auto writer, makeWriter(files, clock, request));
    LineImport import(context, std::move(writer), stamp.sizeBytes);
    std::string pending;
    Bytes piece(kReadBytes);
    for (std::uint64_t offset = 0;;) {
        if (context.stop.stop_requested()) return api::cancelled();
        BLAZE_TRY_VALUE(const std::size_t got, file->readAt(offset, piece));
        offset += got;
        std::string_view text = asText(ByteView(piece).first(got));
        for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            pending += text.substr(0, end);
            BLAZE_TRY(import.line(pending));
            pending.clear();
            text.remove_prefix(end + 1);
        }
        pending += text;
        if (pending.size() > kImportLineBytesMax)
            return Error{ErrorCode::InvalidArgument, from + " holds a line of more than " + std::to_string(kImportLineBytesMax) + " bytes: no record is that long"};
        if (got < piece.size()) break;
    }
    if (!pending.empty()) BLAZE_TRY(import.line(pending));
    return import.finish();
}

} // namespace blazedb::local
