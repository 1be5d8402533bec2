#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/output_file.h"
#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/codec/csv.h"
#include "engine/codec/query_text.h"
#include "engine/codec/typed_json.h"
#include "engine/local/target_guard.h"

namespace blazedb::cli {

namespace {

/// Text is handed to the disk in pieces of this size.
constexpr std::size_t kBufferBytes = 256 * 1024;

/// The old grammar asks for at least one condition, and without one a filter says nothing.
Result<model::Query> readFilter(const std::string& text)
{
    codec::ParsedQuery parsed = codec::parseQueryText(text, codec::ConditionRule::Required);
    if (parsed.problem)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("--where: {} (at byte {} of: {})", parsed.problem->message, parsed.problem->offset, text)};
    return std::move(parsed.query);
}

/// Writes the records of a query, sorted by id unless the filter text says otherwise.
class ExportCommand final : public Command {
public:
    explicit ExportCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<void> prepare() override
    {
        if (m_invocation.where) {
            BLAZE_TRY_VALUE(m_query, readFilter(*m_invocation.where));
        }
        if (!m_invocation.collection.empty()) m_query.collection = m_invocation.collection;
        if (m_invocation.withSoftDeleted) m_query.deleted = model::DeletedRecords::Included;
        return {};
    }

    Result<ExitCode> run(api::DataSource& source, const api::CallContext& context, Terminal& terminal) override
    {
        if (!m_invocation.to.empty()) BLAZE_TRY(local::refusePartOfSource(localFileSystem(), source, m_invocation.to));
        BLAZE_TRY_VALUE(m_out, OutputFile::create(localFileSystem(), m_invocation.to));
        const bool isCsv = m_invocation.format == ExportFormat::Csv;
        if (isCsv) {
            BLAZE_TRY_VALUE(m_table.columns, columns(source.records(), context));
            codec::appendTableHeader(m_buffer, m_table);
        }
        auto scanned = source.records().scan(context, m_query, {}, [&](const api::RecordRow& row) -> Result<void> {
            if (isCsv) {
                codec::appendTableRow(m_buffer, row.record, m_table);
            } else {
                codec::appendTypedJson(m_buffer, row.record);
                m_buffer.push_back('\n');
            }
            return m_buffer.size() < kBufferBytes ? Result<void>{} : flush();
        });
        if (!scanned) return std::move(scanned).error();
        BLAZE_TRY(flush());
        BLAZE_TRY(m_out->finish());
        terminal.clearProgress();
        BLAZE_TRY(nameLeftCollections(source, context, scanned->skipped));
        return report(source, std::move(scanned->skipped), scanned->rows, terminal);
    }

private:
    /// `id` first, then by falling frequency, then by name; those the filter text selects, if it does.
    Result<std::vector<std::string>> columns(api::Records& records, const api::CallContext& context)
    {
        if (!m_query.fields.empty()) return m_query.fields;
        std::unordered_map<std::string, std::uint64_t> counts;
        BLAZE_TRY(records.scan(context, m_query, {}, [&](const api::RecordRow& row) -> Result<void> {
            for (const model::Field& field : row.record.fields) ++counts[field.name];
            return {};
        }));
        counts.erase(std::string(model::fieldname::kId));
        std::vector<std::pair<std::string, std::uint64_t>> ordered(counts.begin(), counts.end());
        std::sort(ordered.begin(), ordered.end(), [](const auto& left, const auto& right) {
            return left.second != right.second ? left.second > right.second : left.first < right.first;
        });
        std::vector<std::string> names{std::string(model::fieldname::kId)};
        for (auto& [name, count] : ordered) names.push_back(std::move(name));
        return names;
    }

    /// Nobody must take the records of one collection for the whole database.
    Result<void> nameLeftCollections(api::DataSource& source, const api::CallContext& context, std::vector<model::Finding>& findings) const
    {
        api::Structure* structure = source.structure();
        if (!structure || !m_invocation.collection.empty()) return {};
        constexpr std::uint64_t kNamesAlone = 1; // record to look at
        BLAZE_TRY_VALUE(const auto collections, structure->collections(context, kNamesAlone));
        std::string names;
        for (const model::CollectionSummary& collection : collections) {
            if (!collection.isSeparate) continue;
            if (!names.empty()) names += ", ";
            names += collection.name;
        }
        if (names.empty()) return {};
        findings.push_back({model::FindingSeverity::Remark, model::FindingKind::Other, std::nullopt, std::nullopt,
                            "other collections of this database are not in the export: " + names, "Name one with --collection."});
        return {};
    }

    Result<void> flush()
    {
        BLAZE_TRY(m_out->write(m_buffer));
        m_buffer.clear();
        return {};
    }

    Result<ExitCode> report(api::DataSource& source, std::vector<model::Finding> skipped, std::uint64_t written, Terminal& terminal) const
    {
        std::vector<model::Finding> findings = source.openingFindings();
        for (model::Finding& finding : skipped) {
            const bool isKnown = std::any_of(findings.begin(), findings.end(),
                                             [&](const model::Finding& known) { return known.message == finding.message; });
            if (!isKnown) findings.push_back(std::move(finding));
        }
        if (m_invocation.isJson)
            fmt::print(stderr, "{}", jsonDocument({{"written", written}, {"findings", toJson(findings)}}));
        else
            terminal.sayFindings(findings);
        return hasDamage(findings) || source.describe().isRescue ? ExitCode::Incomplete : ExitCode::Done;
    }

    Invocation m_invocation;
    model::Query m_query;
    codec::TableOptions m_table;
    std::unique_ptr<OutputFile> m_out;
    std::string m_buffer;
};

} // namespace

std::unique_ptr<Command> makeExportCommand(const Invocation& invocation)
{
    return std::make_unique<ExportCommand>(invocation);
}

} // namespace blazedb::cli
