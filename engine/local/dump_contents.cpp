#include "engine/local/dump_contents.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/codec/blaze_binary.h"
#include "engine/crypto/digest.h"

namespace blazedb::local {

namespace {

using model::FindingKind;
using model::FindingSeverity;

constexpr std::size_t kRecordsBetweenLooks = 64;
constexpr std::uint64_t kDumpFindingsMax = 1000;
constexpr std::chrono::milliseconds kBetweenDumpReports{50};
constexpr const char* kUnsortedAdvice =
    "Exporters up to 2.7.0 hashed another order of keys than they wrote, so this may be all there is to it; a changed value looks the same. Compare with the database if it is there.";
constexpr const char* kAlteredAdvice = "The dump was changed after it was written. Make a new one from the database, or use an earlier one.";

enum class DumpRule { Structure, Records, Ids, HeaderHash, PayloadHash, PayloadSize, RecordCount, CombinedHash };

model::CheckedRule makeRule(const char* name, const char* title, const char* checks, const char* unit)
{
    model::CheckedRule rule;
    rule.name = name;
    rule.suite = "Dump";
    rule.title = title;
    rule.checks = checks;
    rule.unit = unit;
    return rule;
}

std::vector<model::CheckedRule> dumpRules()
{
    return {makeRule("dump-structure", "The dump is whole", "Header, manifest and records are there, and the text ends where it should.", "dumps"),
            makeRule("dump-records", "Every record can be read", "Each record is JSON with an id, and can be held as a record.", "records"),
            makeRule("dump-ids", "Every record is there once", "No two records have one id.", "records"),
            makeRule("header-hash", "The header is unchanged", "The hash of the header in the manifest fits the header.", "hashes"),
            makeRule("payload-hash", "The records are unchanged", "The hash of the records in the manifest fits the records.", "hashes"),
            makeRule("payload-size", "The records have their size", "The manifest's size of the records in bytes fits.", "sizes"),
            makeRule("record-count", "No record is missing", "The manifest counts as many records as there are.", "records"),
            makeRule("combined-hash", "The manifest is unchanged", "The combined hash fits the two hashes beside it.", "hashes")};
}

std::string hexHash(std::string_view text)
{
    return crypto::toHex(crypto::sha256(asBytes(text)));
}

/// Reads one dump. Thread-safety: none; one owner.
class DumpLoader {
public:
    DumpLoader(const api::CallContext& context, const Clock& clock, const std::string& name, DumpReading reading)
        : m_context(context)
        , m_clock(clock)
        , m_name(name)
        , m_reading(reading)
        , m_begin(clock.steadyNow())
    {
        m_contents.report.rules = dumpRules();
    }

    Result<DumpContents> load(std::string_view text)
    {
        const codec::DumpPieces pieces = codec::splitDump(text);
        rule(DumpRule::Structure).lookedAt = 1;
        if (pieces.problem) {
            if (m_reading == DumpReading::Whole)
                return Error{ErrorCode::Corruption,
                             m_name + ": " + *pieces.problem + "; the rescue view shows the " + std::to_string(pieces.items.size()) + " records before it"};
            add(DumpRule::Structure, FindingSeverity::Lost, FindingKind::CatalogueUntrusted, *pieces.problem + "; records behind it are lost",
                "Make a new dump from the database, or use an earlier one.");
        }
        BLAZE_TRY(readHeader(pieces));
        BLAZE_TRY(readRecords(pieces));
        BLAZE_TRY(verify(pieces));
        finish();
        return std::move(m_contents);
    }

private:
    model::CheckedRule& rule(DumpRule which) { return m_contents.report.rules[static_cast<std::size_t>(which)]; }

    void add(DumpRule which, FindingSeverity severity, FindingKind kind, std::string message, std::string advice, std::optional<model::Uuid> id = {})
    {
        model::CheckedRule& checked = rule(which);
        ++(severity == FindingSeverity::Remark ? checked.remarks : checked.problems);
        if (m_contents.report.findings.size() >= kDumpFindingsMax) {
            ++m_contents.report.findingsLeftOut;
            return;
        }
        m_contents.report.findings.push_back({severity, kind, id, std::nullopt, m_name + ": " + message, std::move(advice), checked.name});
    }

    Result<void> readHeader(const codec::DumpPieces& pieces)
    {
        auto header = m_reader.header(pieces.header);
        if (header) {
            m_contents.header = *std::move(header);
            m_hasHeader = true;
            return {};
        }
        if (m_reading == DumpReading::Whole || header.error().code == ErrorCode::Unsupported) return std::move(header).error().in(m_name);
        if (!pieces.problem) add(DumpRule::Structure, FindingSeverity::Damage, FindingKind::DigestMismatch, header.error().message, kAlteredAdvice);
        return {};
    }

    Result<void> step(std::size_t done, std::size_t total)
    {
        if (done % kRecordsBetweenLooks != 0) return {};
        if (m_context.pause) m_context.pause->wait(m_context.stop);
        if (m_context.stop.stop_requested()) return api::cancelled();
        const auto now = m_clock.steadyNow();
        if (m_context.timeout.count() > 0 && now - m_begin >= m_context.timeout)
            return Error{ErrorCode::DeadlineExceeded, "the time for this call ran out"};
        if (!m_context.onProgress || now < m_nextReport) return {};
        m_nextReport = now + kBetweenDumpReports;
        m_context.onProgress({done, total, "records", 0});
        return {};
    }

    Result<void> readRecords(const codec::DumpPieces& pieces)
    {
        m_itemIds.resize(pieces.items.size());
        for (std::size_t i = 0; i < pieces.items.size(); ++i) {
            BLAZE_TRY(step(i, pieces.items.size()));
            if (auto kept = keep(pieces.items[i], i); !kept)
                add(DumpRule::Records, FindingSeverity::Damage, FindingKind::RecordDamaged, "record " + std::to_string(i + 1) + " of the dump: " + kept.error().message,
                    "It is left out; the others are not affected.");
        }
        rule(DumpRule::Records).lookedAt = pieces.items.size();
        rule(DumpRule::Ids).lookedAt = m_contents.rows.size();
        auto& rows = m_contents.rows;
        std::stable_sort(rows.begin(), rows.end(), [](const DumpRow& a, const DumpRow& b) { return a.key < b.key; });
        std::size_t kept = 0;
        for (const DumpRow& row : rows) {
            if (kept > 0 && rows[kept - 1].key == row.key) {
                const model::Uuid id{row.key};
                add(DumpRule::Ids, FindingSeverity::Damage, FindingKind::DuplicateRecord,
                    "record " + id.toString() + " is there more than once; the first is shown", "The Swift library refuses such a dump.", id);
                continue;
            }
            rows[kept++] = row;
        }
        rows.resize(kept);
        return {};
    }

    Result<void> keep(std::string_view item, std::size_t place)
    {
        BLAZE_TRY_VALUE(const auto fields, m_reader.record(item));
        const auto id = std::find_if(fields.begin(), fields.end(), [](const model::Field& field) { return field.name == model::fieldname::kId; });
        if (id == fields.end() || id->value.as<model::Uuid>() == nullptr) return Error{ErrorCode::Corruption, "it has no id"};
        m_itemIds[place] = *id->value.as<model::Uuid>();
        BLAZE_TRY_VALUE(const Bytes encoded, codec::encodeRecord(fields, codec::RecordForm::InMemory));
        if (encoded.size() > UINT32_MAX) return Error{ErrorCode::InvalidArgument, "it is larger than a record can be"};
        m_contents.rows.push_back({m_itemIds[place]->bytes, m_contents.bytes.size(), static_cast<std::uint32_t>(encoded.size())});
        m_contents.bytes.insert(m_contents.bytes.end(), encoded.begin(), encoded.end());
        return {};
    }

    struct Payload {
        std::string hash;
        std::uint64_t size = 0;
    };

    /// The records as the Swift library would encode them again, sorted by the text of their ids; nullopt when one has no place.
    Result<std::optional<Payload>> sortedPayload(const codec::DumpPieces& pieces)
    {
        std::vector<std::size_t> order(pieces.items.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (const auto& id : m_itemIds)
            if (!id) return std::optional<Payload>();
        // Upper-case hex digits sort as the bytes do.
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *m_itemIds[a] < *m_itemIds[b]; });
        crypto::Sha256Stream digest;
        Payload payload;
        std::string text = "[";
        for (std::size_t i = 0; i < order.size(); ++i) {
            BLAZE_TRY(step(i, order.size()));
            if (i > 0) text += ',';
            BLAZE_TRY_VALUE(const auto fields, m_reader.record(pieces.items[order[i]]));
            BLAZE_TRY(codec::appendDumpRecord(text, fields));
            payload.size += text.size();
            digest.add(asBytes(text));
            text.clear();
        }
        text += ']';
        payload.size += text.size();
        digest.add(asBytes(text));
        payload.hash = crypto::toHex(digest.finish());
        return std::optional<Payload>(payload);
    }

    Result<void> verify(const codec::DumpPieces& pieces)
    {
        auto manifest = m_reader.manifest(pieces.manifest);
        if (!manifest) {
            if (m_reading == DumpReading::Whole) return std::move(manifest).error().in(m_name);
            for (const DumpRule which : {DumpRule::HeaderHash, DumpRule::PayloadHash, DumpRule::PayloadSize, DumpRule::RecordCount, DumpRule::CombinedHash})
                rule(which).skippedBecause = "the dump has no manifest";
            return {};
        }
        rule(DumpRule::HeaderHash).lookedAt = rule(DumpRule::PayloadHash).lookedAt = rule(DumpRule::PayloadSize).lookedAt = 1;
        rule(DumpRule::CombinedHash).lookedAt = 1;
        if (m_hasHeader) verifyHeader(pieces, *manifest);
        else rule(DumpRule::HeaderHash).skippedBecause = "the header cannot be read";
        BLAZE_TRY(verifyPayload(pieces, *manifest));
        rule(DumpRule::RecordCount).lookedAt = pieces.items.size();
        if (manifest->recordCount != pieces.items.size())
            add(DumpRule::RecordCount, FindingSeverity::Damage, FindingKind::DigestMismatch,
                "the manifest counts " + std::to_string(manifest->recordCount) + " records, the dump holds " + std::to_string(pieces.items.size()), kAlteredAdvice);
        if (hexHash(manifest->headerHash + manifest->payloadHash) != manifest->combinedHash)
            add(DumpRule::CombinedHash, FindingSeverity::Damage, FindingKind::DigestMismatch,
                "combinedHash does not fit the two hashes beside it: the manifest itself was changed", kAlteredAdvice);
        return {};
    }

    void verifyHeader(const codec::DumpPieces& pieces, const codec::DumpManifest& manifest)
    {
        const std::string sorted = codec::dumpHeaderText(m_contents.header);
        if (hexHash(sorted) == manifest.headerHash) return;
        tellMismatch(DumpRule::HeaderHash, "headerHash", hexHash(pieces.header) == manifest.headerHash, sorted == pieces.header);
    }

    Result<void> verifyPayload(const codec::DumpPieces& pieces, const codec::DumpManifest& manifest)
    {
        BLAZE_TRY_VALUE(const auto sorted, sortedPayload(pieces));
        const bool isSizeKnown = pieces.records.size() == manifest.payloadSize || (sorted && sorted->size == manifest.payloadSize);
        if (!isSizeKnown)
            add(DumpRule::PayloadSize, FindingSeverity::Damage, FindingKind::DigestMismatch,
                "the manifest gives the records " + std::to_string(manifest.payloadSize) + " bytes, they have " + std::to_string(pieces.records.size()), kAlteredAdvice);
        if (sorted && sorted->hash == manifest.payloadHash) return {};
        const std::string written = hexHash(pieces.records);
        tellMismatch(DumpRule::PayloadHash, "payloadHash", written == manifest.payloadHash, !sorted || written == sorted->hash);
        return {};
    }

    /// `fitsAsWritten`: the text in the file has the hash, although encoding it again gives another text. `isSortedText`: the order
    /// of keys is no excuse, since the file holds the sorted form itself (or something in it cannot even be read).
    void tellMismatch(DumpRule which, const char* hashName, bool fitsAsWritten, bool isSortedText)
    {
        if (fitsAsWritten)
            add(which, FindingSeverity::Remark, FindingKind::DigestMismatch,
                std::string(hashName) + " fits the text as it stands, but not what the Swift library makes of it when it reads it",
                "Nothing was changed. The Swift library refuses the dump unless it is told to allow old hashes.");
        else if (isSortedText)
            add(which, FindingSeverity::Damage, FindingKind::DigestMismatch, std::string(hashName) + " does not fit", kAlteredAdvice);
        else
            add(which, FindingSeverity::Remark, FindingKind::DigestMismatch,
                std::string(hashName) + " does not fit, neither with sorted keys nor as the text stands", kUnsortedAdvice);
    }

    void finish()
    {
        model::VerifyReport& report = m_contents.report;
        report.recordsRead = rule(DumpRule::Records).lookedAt;
        report.recordsSound = m_contents.rows.size();
        report.duration = m_clock.steadyNow() - m_begin;
    }

    const api::CallContext& m_context;
    const Clock& m_clock;
    const std::string& m_name;
    const DumpReading m_reading;
    const std::chrono::steady_clock::time_point m_begin;
    std::chrono::steady_clock::time_point m_nextReport{};
    codec::DumpReader m_reader;
    std::vector<std::optional<model::Uuid>> m_itemIds; ///< By place in the dump.
    bool m_hasHeader = false;
    DumpContents m_contents;
};

} // namespace

Result<DumpContents> readDumpText(const api::CallContext& context, const Clock& clock, std::string_view text, const std::string& name, DumpReading reading)
{
    BLAZE_TRY_VALUE(DumpContents contents, DumpLoader(context, clock, name, reading).load(text));
    contents.fileBytes = text.size();
    contents.report.bytesRead = text.size();
    return contents;
}

Result<DumpContents> readDump(const api::CallContext& context, FileSystem& files, const Clock& clock, const std::string& path, DumpReading reading)
{
    BLAZE_TRY_VALUE(const FileStamp stamp, files.stamp(path));
    BLAZE_TRY_VALUE(const Bytes bytes, readWholeFile(files, path, kDumpBytesMax));
    const std::string name = path.substr(path.rfind('/') + 1);
    BLAZE_TRY_VALUE(DumpContents contents, readDumpText(context, clock, asText(bytes), name, reading));
    contents.modifiedNs = stamp.modifiedNs;
    return contents;
}

} // namespace blazedb::local
