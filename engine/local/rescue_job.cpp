#include "engine/local/rescue_job.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/base/replaced_file.h"
#include "engine/codec/typed_json.h"
#include "engine/format28/family_writer.h"
#include "engine/local/target_guard.h"

namespace blazedb::local {

namespace {

using model::FindingKind;
using model::FindingSeverity;

constexpr std::size_t kLinesBufferBytes = 256 * 1024;
constexpr std::uint32_t kLowHalf = 0xFFFF'FFFF;

/// Where the records go. Thread-safety: none; one owner.
class RescueSink {
public:
    virtual ~RescueSink() = default;
    virtual Result<void> add(const model::Record& record) = 0;
    virtual Result<void> finish() = 0;
};

class LinesSink final : public RescueSink {
public:
    explicit LinesSink(std::unique_ptr<ReplacedFile> file)
        : m_file(std::move(file))
    {}
    Result<void> add(const model::Record& record) override
    {
        codec::appendTypedJson(m_buffer, record);
        m_buffer += '\n';
        return m_buffer.size() < kLinesBufferBytes ? Result<void>{} : flush();
    }
    Result<void> finish() override
    {
        BLAZE_TRY(flush());
        return m_file->finish();
    }

private:
    Result<void> flush()
    {
        BLAZE_TRY(m_file->write(m_buffer));
        m_buffer.clear();
        return {};
    }
    std::unique_ptr<ReplacedFile> m_file;
    std::string m_buffer;
};

class FamilySink final : public RescueSink {
public:
    explicit FamilySink(std::unique_ptr<format28::FamilyWriter> writer)
        : m_writer(std::move(writer))
    {}
    Result<void> add(const model::Record& record) override { return m_writer->add(record); }
    Result<void> finish() override { return m_writer->finish(); }

private:
    std::unique_ptr<format28::FamilyWriter> m_writer;
};

/// True when a value holds something that a family's vectors cannot: they keep the high half of each double.
bool losesDigits(const model::Value& value)
{
    if (const auto* vector = value.as<model::Vector>())
        return std::any_of(vector->elements.begin(), vector->elements.end(),
                           [](double element) { return (std::bit_cast<std::uint64_t>(element) & kLowHalf) != 0; });
    if (const auto* array = value.as<model::Array>()) return std::any_of(array->begin(), array->end(), losesDigits);
    if (const auto* dictionary = value.as<model::Dictionary>())
        return std::any_of(dictionary->begin(), dictionary->end(), [](const model::DictionaryEntry& entry) { return losesDigits(entry.value); });
    return false;
}

bool isNotFinite(const model::Value& value)
{
    const auto* real = value.as<double>();
    const auto* date = value.as<model::Date>();
    return (real != nullptr && !std::isfinite(*real)) || (date != nullptr && !std::isfinite(date->seconds));
}

/// One rescue. Thread-safety: none; one owner.
class Rescue {
public:
    Rescue(const api::CallContext& context, FileSystem& files, Clock& clock, Random& random, api::DataSource& source, RescueRequest& request)
        : m_context(context)
        , m_files(files)
        , m_clock(clock)
        , m_random(random)
        , m_source(source)
        , m_request(request)
    {}

    Result<RescueReport> run()
    {
        BLAZE_TRY(refusePartOfSource(m_files, m_source, m_request.to));
        m_report.isFamily = namesFamily(m_request.to);
        if (m_report.isFamily) BLAZE_TRY(chooseIndexes());
        BLAZE_TRY_VALUE(bool isWritten, writeAll());
        if (!isWritten) {
            // Rare, and the records count for more than an index that no family can hold.
            m_indexes.clear();
            BLAZE_TRY_VALUE(isWritten, writeAll());
        }
        for (const format28::NewIndex& index : m_indexes) m_report.indexes.push_back(nameOf(index));
        return std::move(m_report);
    }

private:
    static std::string nameOf(const format28::NewIndex& index)
    {
        std::string name;
        for (const std::string& field : index.fields) name += (name.empty() ? "" : "+") + field;
        return name;
    }

    void remark(FindingSeverity severity, FindingKind kind, std::optional<model::Uuid> id, std::string message, std::string advice)
    {
        m_report.findings.push_back({severity, kind, id, std::nullopt, std::move(message), std::move(advice)});
    }

    Result<void> chooseIndexes()
    {
        api::Structure* structure = m_source.structure();
        if (structure == nullptr) return {};
        BLAZE_TRY_VALUE(const auto indexes, structure->indexes(m_context));
        for (const model::IndexDescription& index : indexes)
            if (index.kind == "secondary") m_indexes.push_back({index.fields});
        return {};
    }

    Result<std::unique_ptr<RescueSink>> makeSink()
    {
        if (!m_report.isFamily) {
            BLAZE_TRY_VALUE(auto file, ReplacedFile::create(m_files, m_request.to));
            return std::unique_ptr<RescueSink>(std::make_unique<LinesSink>(std::move(file)));
        }
        BLAZE_TRY_VALUE(auto writer, format28::FamilyWriter::create(m_files, m_clock, m_random,
                                                                    {m_request.to, m_request.password.clone(), m_indexes, m_request.keyRounds}));
        return std::unique_ptr<RescueSink>(std::make_unique<FamilySink>(std::move(writer)));
    }

    /// False when an index stands in the way of a record.
    Result<bool> writeAll()
    {
        BLAZE_TRY_VALUE(const auto sink, makeSink());
        m_report.written = m_report.softDeleted = m_shortened = 0;
        bool isInTheWay = false;
        model::Query everything;
        everything.deleted = model::DeletedRecords::Included;
        std::vector<model::Finding> refused;
        auto scanned = m_source.records().scan(m_context, everything, {}, [&](const api::RecordRow& row) -> Result<void> {
            if (m_context.pause) m_context.pause->wait(m_context.stop);
            if (m_context.stop.stop_requested()) return api::cancelled();
            if (const std::string index = indexInTheWay(row.record); !index.empty()) {
                isInTheWay = true;
                remark(FindingSeverity::Remark, FindingKind::IndexStale, row.record.id,
                       "the new database has no indexes: record " + row.record.id.toString() + " has no finite number in a field of the index " + index,
                       "Make the indexes again with the app.");
                return api::cancelled();
            }
            return addTo(*sink, row, refused);
        });
        if (isInTheWay) return false;
        if (!scanned) return std::move(scanned).error();
        BLAZE_TRY(sink->finish());
        tell(scanned->skipped, refused);
        return true;
    }

    [[nodiscard]] std::string indexInTheWay(const model::Record& record) const
    {
        for (const format28::NewIndex& index : m_indexes)
            for (const std::string& name : index.fields)
                if (const model::Field* field = record.find(name); field != nullptr && isNotFinite(field->value)) return nameOf(index);
        return {};
    }

    Result<void> addTo(RescueSink& sink, const api::RecordRow& row, std::vector<model::Finding>& refused)
    {
        const auto added = sink.add(row.record);
        if (!added && added.error().code != ErrorCode::InvalidArgument) return added.error();
        if (!added) {
            refused.push_back({FindingSeverity::Lost, FindingKind::RecordRefused, row.record.id, std::nullopt,
                               "not written, the new database cannot hold it: " + added.error().message, "Rescue into typed JSON lines, which hold it."});
            return {};
        }
        ++m_report.written;
        if (row.marks.isSoftDeleted) ++m_report.softDeleted;
        const auto& fields = row.record.fields;
        if (m_report.isFamily && std::any_of(fields.begin(), fields.end(), [](const model::Field& field) { return losesDigits(field.value); })) ++m_shortened;
        return {};
    }

    void tell(std::vector<model::Finding>& skipped, std::vector<model::Finding>& refused)
    {
        std::vector<model::Finding> findings = m_source.openingFindings();
        for (model::Finding& finding : skipped) {
            const bool isKnown = std::any_of(findings.begin(), findings.end(), [&](const model::Finding& known) { return known.message == finding.message; });
            if (!isKnown) findings.push_back(std::move(finding));
        }
        std::move(refused.begin(), refused.end(), std::back_inserter(findings));
        m_report.findings.insert(m_report.findings.begin(), findings.begin(), findings.end());
        if (m_shortened > 0)
            remark(FindingSeverity::Remark, FindingKind::ValueChanged, {},
                   std::to_string(m_shortened) + " records hold vectors whose elements were shortened to the 20 bits of mantissa that a family keeps",
                   "Rescue into typed JSON lines to keep all digits.");
    }

    const api::CallContext& m_context;
    FileSystem& m_files;
    Clock& m_clock;
    Random& m_random;
    api::DataSource& m_source;
    RescueRequest& m_request;
    std::vector<format28::NewIndex> m_indexes;
    std::uint64_t m_shortened = 0;
    RescueReport m_report;
};

} // namespace

bool namesFamily(const std::string& path)
{
    return path.ends_with(".blazedb");
}

std::vector<std::string> newPasswordProblems(std::string_view password)
{
    return format28::passwordProblems(password);
}

std::uint64_t RescueReport::lost() const
{
    return static_cast<std::uint64_t>(std::count_if(findings.begin(), findings.end(), [](const model::Finding& finding) {
        return finding.record.has_value() && finding.severity != FindingSeverity::Remark;
    }));
}

Result<RescueReport> rescueInto(const api::CallContext& context, FileSystem& files, Clock& clock, Random& random, api::DataSource& source,
                                RescueRequest request)
{
    return Rescue(context, files, clock, random, source, request).run();
}

} // namespace blazedb::local
