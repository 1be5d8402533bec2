#include "engine/local/dump_store.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/crypto/digest.h"
#include "engine/local/local_source.h"
#include "engine/local/sample_list.h"

namespace blazedb::local {

namespace {

using SharedContents = std::shared_ptr<const DumpContents>;

constexpr std::string_view kDumpSuffix = ".blazedump";
constexpr std::size_t kSniffedBytes = 4096;
constexpr std::size_t kRowsBetweenStops = 256;

std::string baseName(const std::string& path)
{
    std::string name = path.substr(path.rfind('/') + 1);
    if (name.ends_with(kDumpSuffix) && name.size() > kDumpSuffix.size()) name.resize(name.size() - kDumpSuffix.size());
    return name;
}

class DumpCursor final : public storage::RowCursor {
public:
    DumpCursor(SharedContents contents, std::size_t first, std::stop_token stop)
        : m_contents(std::move(contents))
        , m_next(first)
        , m_stop(std::move(stop))
    {}

    Result<bool> next(storage::RowView& view) override
    {
        if (m_next % kRowsBetweenStops == 0 && m_stop.stop_requested()) return api::cancelled();
        if (m_next >= m_contents->rows.size()) return false;
        const DumpRow& row = m_contents->rows[m_next++];
        view = {.key = row.key, .bytes = ByteView(m_contents->bytes).subspan(row.offset, row.size), .marks = {}, .problem = nullptr, .place = {}};
        return true;
    }

private:
    SharedContents m_contents;
    std::size_t m_next;
    std::stop_token m_stop;
};

/// Tree and snapshot in one: a dump has one state. Any thread.
class DumpSnapshot final : public storage::RowSnapshot, public storage::RowTree {
public:
    explicit DumpSnapshot(SharedContents contents)
        : m_contents(std::move(contents))
    {}

    [[nodiscard]] std::uint64_t sequence() const override { return 1; }
    [[nodiscard]] const storage::RowTree* tree(std::string_view name) const override { return name == storage::kRecordTree ? this : nullptr; }
    [[nodiscard]] std::uint64_t rowCount() const override { return m_contents->rows.size(); }

    Result<std::unique_ptr<storage::RowCursor>> scan(storage::ScanOrder order, std::optional<storage::RowKey> from, std::stop_token stop) const override
    {
        const std::size_t first = order == storage::ScanOrder::Key && from ? placeOf(*from) : 0;
        return std::unique_ptr<storage::RowCursor>(std::make_unique<DumpCursor>(m_contents, first, std::move(stop)));
    }

    Result<storage::Row> read(const storage::RowKey& key) const override
    {
        const std::size_t place = placeOf(key);
        if (place == m_contents->rows.size() || m_contents->rows[place].key != key)
            return Error{ErrorCode::NotFound, "there is no record " + model::Uuid{key}.toString()};
        const DumpRow& row = m_contents->rows[place];
        const ByteView bytes = ByteView(m_contents->bytes).subspan(row.offset, row.size);
        return storage::Row{Bytes(bytes.begin(), bytes.end()), {}};
    }

private:
    [[nodiscard]] std::size_t placeOf(const storage::RowKey& key) const
    {
        const auto found = std::lower_bound(m_contents->rows.begin(), m_contents->rows.end(), key,
                                            [](const DumpRow& row, const storage::RowKey& wanted) { return row.key < wanted; });
        return static_cast<std::size_t>(found - m_contents->rows.begin());
    }

    SharedContents m_contents;
};

/// Any thread.
class DumpStore final : public storage::RowStore {
public:
    explicit DumpStore(const SharedContents& contents)
        : m_snapshot(std::make_shared<const DumpSnapshot>(contents))
    {}
    Result<std::shared_ptr<const storage::RowSnapshot>> snapshot() override { return std::shared_ptr<const storage::RowSnapshot>(m_snapshot); }

private:
    std::shared_ptr<const DumpSnapshot> m_snapshot;
};

/// Any thread.
class DumpFacts final : public StoreFacts {
public:
    DumpFacts(FileSystem& files, const Clock& clock, std::string path, OpenMode mode, SharedContents contents)
        : m_files(files)
        , m_clock(clock)
        , m_path(std::move(path))
        , m_mode(mode)
        , m_contents(std::move(contents))
    {}

    api::SourceDescription describe() const override
    {
        const codec::DumpHeader& header = m_contents->header;
        api::SourceDescription description;
        description.name = baseName(m_path);
        description.place = m_path;
        description.identity = header.databaseId.empty() ? m_path : "dump-" + header.databaseId;
        description.format = kDumpFormat;
        description.encryption = "none: a dump is plain text";
        description.isReadOnly = true;
        description.isRescue = m_mode == OpenMode::Rescue;
        description.readOnlyReason = description.isRescue ? "this is a rescue view: it shows the records that the dump still holds and changes nothing"
                                                          : "a dump is a copy to look at; rescue it into a new database to change it";
        description.parts = {{"dump", m_path, m_contents->fileBytes}};
        return description;
    }

    std::vector<model::Finding> openingFindings() const override
    {
        std::vector<model::Finding> findings;
        if (!m_contents->header.databaseName.empty())
            findings.push_back({model::FindingSeverity::Remark, model::FindingKind::Other, std::nullopt, std::nullopt,
                                "a dump of " + m_contents->header.databaseName + ", made at " + codec::wholeSecondsText(m_contents->header.exportedAt)
                                    + "; kinds are guessed from the text, and soft-deleted records are not in it",
                                {}});
        findings.insert(findings.end(), m_contents->report.findings.begin(), m_contents->report.findings.end());
        return findings;
    }

    std::vector<model::IndexDescription> indexes() const override { return {}; }

    StoreFigures figures() override
    {
        namespace unit = model::metricunit;
        constexpr const char* kNoPages = "a dump is one text; it has no pages";
        StoreFigures figures;
        figures.databaseBytes = m_contents->fileBytes;
        SampleList list;
        list.add("storage.bytes", unit::kBytes, m_contents->fileBytes, "Size of the dump.");
        list.add("storage.records_named", unit::kRecords, std::uint64_t{m_contents->rows.size()}, "Records in the dump.");
        list.miss("storage.pages", unit::kPages, kNoPages, "Pages in the page file.");
        list.miss("storage.pages_free", unit::kPages, kNoPages, "Pages that no record uses.");
        list.miss("storage.bytes_log", unit::kBytes, "a dump has no log", "Size of the log.");
        figures.samples = list.take();
        return figures;
    }

    /// Quick: what opening found. Full: reads the file again.
    Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth depth) override
    {
        if (depth == api::VerifyDepth::Quick) return m_contents->report;
        BLAZE_TRY_VALUE(DumpContents now, readDump(context, m_files, m_clock, m_path, m_mode == OpenMode::Rescue ? DumpReading::Salvage : DumpReading::Whole));
        if (now.modifiedNs != m_contents->modifiedNs)
            now.report.findings.push_back({model::FindingSeverity::Remark, model::FindingKind::FileChanged, std::nullopt, std::nullopt,
                                           "the dump was changed since it was opened; this is what it holds now", "Open it again to see its records."});
        return std::move(now.report);
    }

private:
    FileSystem& m_files;
    const Clock& m_clock;
    const std::string m_path;
    const OpenMode m_mode;
    const SharedContents m_contents;
};

} // namespace

Result<bool> isDumpFile(FileSystem& files, const std::string& path)
{
    BLAZE_TRY_VALUE(const FileStamp stamp, files.stamp(path));
    if (stamp.isFolder) return false;
    if (path.ends_with(kDumpSuffix)) return true;
    BLAZE_TRY_VALUE(const auto file, files.openForReading(path));
    std::array<std::byte, kSniffedBytes> beginning{};
    BLAZE_TRY_VALUE(const std::size_t got, file->readAt(0, beginning));
    return codec::looksLikeDump(asText(ByteView(beginning).first(got)));
}

Result<FilePreview> previewDump(FileSystem& files, const std::string& path)
{
    FilePreview preview;
    BLAZE_TRY_VALUE(preview.path, files.absolute(path));
    BLAZE_TRY_VALUE(const FileStamp stamp, files.stamp(path));
    preview.name = baseName(preview.path);
    preview.format = kDumpFormat;
    preview.needsPassword = false;
    preview.totalBytes = stamp.sizeBytes;
    preview.modifiedNs = stamp.modifiedNs;
    preview.parts = {{"dump", preview.path, stamp.sizeBytes}};
    return preview;
}

Result<std::unique_ptr<api::DataSource>> openDump(const api::CallContext& context, FileSystem& files, const Clock& clock, const std::string& path,
                                                  OpenMode mode)
{
    BLAZE_TRY_VALUE(std::string absolute, files.absolute(path));
    BLAZE_TRY_VALUE(DumpContents read, readDump(context, files, clock, absolute, mode == OpenMode::Rescue ? DumpReading::Salvage : DumpReading::Whole));
    const auto contents = std::make_shared<const DumpContents>(std::move(read));
    Database::Parts parts;
    parts.counters = std::make_unique<metrics::CounterSet>();
    parts.store = std::make_unique<DumpStore>(contents);
    parts.facts = std::make_unique<DumpFacts>(files, clock, std::move(absolute), mode, contents);
    return std::unique_ptr<api::DataSource>(std::make_unique<LocalSource>(std::make_unique<Database>(std::move(parts), clock)));
}

} // namespace blazedb::local
