#include "engine/local/dump_export.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/api/records.h"
#include "engine/base/replaced_file.h"
#include "engine/codec/dump_text.h"
#include "engine/crypto/digest.h"
#include "engine/local/target_guard.h"

namespace blazedb::local {

namespace {

constexpr std::size_t kDumpBufferBytes = 256 * 1024;
constexpr std::uint8_t kUuidVersion4 = 0x40;
constexpr std::uint8_t kUuidVariant = 0x80;

Result<std::string> freshUuid(Random& random)
{
    model::Uuid id;
    BLAZE_TRY(random.fill(std::as_writable_bytes(std::span(id.bytes))));
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | kUuidVersion4);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | kUuidVariant);
    return id.toString();
}

bool holdsTheSame(std::vector<model::Field> left, std::vector<model::Field> right)
{
    const auto byName = [](const model::Field& a, const model::Field& b) { return a.name < b.name; };
    std::sort(left.begin(), left.end(), byName);
    std::sort(right.begin(), right.end(), byName);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](const model::Field& a, const model::Field& b) {
        return a.name == b.name && a.value.isIdenticalTo(b.value);
    });
}

/// One dump being written. Thread-safety: none; one owner.
class DumpExport {
public:
    DumpExport(const api::CallContext& context, api::DataSource& source)
        : m_context(context)
        , m_source(source)
    {}

    /// Hands the array of records to `use`, piece by piece, counting as it goes.
    Result<void> walk(const std::function<Result<void>(std::string_view)>& use)
    {
        m_report = {};
        m_changed = 0;
        std::string buffer = "[";
        model::Query everything;
        everything.deleted = model::DeletedRecords::Included;
        auto scanned = m_source.records().scan(m_context, everything, {}, [&](const api::RecordRow& row) -> Result<void> {
            if (m_context.stop.stop_requested()) return api::cancelled();
            if (row.marks.isSoftDeleted) {
                ++m_report.softDeleted;
                return {};
            }
            append(buffer, row.record);
            if (buffer.size() < kDumpBufferBytes) return {};
            BLAZE_TRY(use(buffer));
            buffer.clear();
            return {};
        });
        if (!scanned) return std::move(scanned).error();
        buffer += ']';
        BLAZE_TRY(use(buffer));
        tell(scanned->skipped);
        return {};
    }

    [[nodiscard]] DumpReport& report() { return m_report; }

private:
    void append(std::string& buffer, const model::Record& record)
    {
        std::vector<model::Field> fields = record.fields;
        const std::string idName(model::fieldname::kId);
        const auto id = std::find_if(fields.begin(), fields.end(), [&](const model::Field& field) { return field.name == idName; });
        if (id == fields.end()) fields.push_back({idName, model::Value(record.id), 0});
        std::string text;
        auto written = codec::appendDumpRecord(text, fields);
        auto readBack = written ? m_reader.record(text) : Result<std::vector<model::Field>>(written.error());
        if (!readBack) {
            m_refused.push_back({model::FindingSeverity::Lost, model::FindingKind::RecordRefused, record.id, std::nullopt,
                                 "record " + record.id.toString() + " is not in the dump: " + readBack.error().message,
                                 "blazedb export writes it as it is."});
            return;
        }
        if (!holdsTheSame(fields, *readBack)) ++m_changed;
        if (m_report.written++ > 0) buffer += ',';
        // What was read back is written again: the form that does not change any more.
        static_cast<void>(codec::appendDumpRecord(buffer, *readBack));
    }

    void tell(const std::vector<model::Finding>& skipped)
    {
        m_report.findings = m_source.openingFindings();
        for (const model::Finding& finding : skipped) {
            const auto& known = m_report.findings;
            if (std::none_of(known.begin(), known.end(), [&](const model::Finding& other) { return other.message == finding.message; }))
                m_report.findings.push_back(finding);
        }
        std::move(m_refused.begin(), m_refused.end(), std::back_inserter(m_report.findings));
        m_refused.clear();
        if (m_changed > 0)
            m_report.findings.push_back({model::FindingSeverity::Remark, model::FindingKind::ValueChanged, std::nullopt, std::nullopt,
                                         std::to_string(m_changed) + " records hold values that a dump cannot keep as they are: bytes become text, whole doubles integers, "
                                                                     "lists of numbers vectors, and dates lose their fraction",
                                         "blazedb export keeps every kind and digit."});
    }

    const api::CallContext& m_context;
    api::DataSource& m_source;
    codec::DumpReader m_reader;
    std::vector<model::Finding> m_refused;
    std::uint64_t m_changed = 0;
    DumpReport m_report;
};

std::string manifestText(const codec::DumpManifest& manifest)
{
    return "{\"combinedHash\":\"" + manifest.combinedHash + "\",\"headerHash\":\"" + manifest.headerHash + "\",\"payloadHash\":\"" + manifest.payloadHash
        + "\",\"payloadSize\":" + std::to_string(manifest.payloadSize) + ",\"recordCount\":" + std::to_string(manifest.recordCount) + "}";
}

} // namespace

Result<DumpReport> writeDump(const api::CallContext& context, FileSystem& files, Clock& clock, Random& random, api::DataSource& source,
                             const DumpRequest& request)
{
    BLAZE_TRY(refusePartOfSource(files, source, request.to));
    BLAZE_TRY_VALUE(const auto file, ReplacedFile::create(files, request.to));
    codec::DumpHeader header;
    BLAZE_TRY_VALUE(header.databaseId, freshUuid(random));
    header.databaseName = source.describe().name;
    header.exportedAt = std::chrono::duration<double>(clock.now().time_since_epoch()).count() - model::Date::kUnixSecondsAtReference;
    if (!request.toolVersion.empty()) header.toolVersion = request.toolVersion;
    const std::string headerText = codec::dumpHeaderText(header);

    DumpExport exporting(context, source);
    codec::DumpManifest manifest;
    crypto::Sha256Stream planned;
    BLAZE_TRY(exporting.walk([&](std::string_view piece) -> Result<void> {
        planned.add(asBytes(piece));
        manifest.payloadSize += piece.size();
        return {};
    }));
    manifest.headerHash = crypto::toHex(crypto::sha256(asBytes(headerText)));
    manifest.payloadHash = crypto::toHex(planned.finish());
    manifest.combinedHash = crypto::toHex(crypto::sha256(asBytes(manifest.headerHash + manifest.payloadHash)));
    manifest.recordCount = exporting.report().written;

    BLAZE_TRY(file->write("{\"header\":" + headerText + ",\"manifest\":" + manifestText(manifest) + ",\"records\":"));
    crypto::Sha256Stream written;
    BLAZE_TRY(exporting.walk([&](std::string_view piece) -> Result<void> {
        written.add(asBytes(piece));
        return file->write(piece);
    }));
    if (crypto::toHex(written.finish()) != manifest.payloadHash)
        return Error{ErrorCode::Conflict, "the database changed while it was read: run the command again"};
    BLAZE_TRY(file->write("}"));
    BLAZE_TRY(file->finish());
    return std::move(exporting.report());
}

} // namespace blazedb::local
