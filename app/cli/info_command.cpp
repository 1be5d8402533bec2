#include <algorithm>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/output_file.h"
#include "app/cli/printable.h"
#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/model/query.h"

namespace blazedb::cli {

namespace {

/// What a database is and holds; counts are exact, so every record is looked at once.
class InfoCommand final : public Command {
public:
    explicit InfoCommand(const Invocation& invocation)
        : m_isJson(invocation.isJson)
    {}

    Result<ExitCode> run(api::DataSource& source, const api::CallContext& context, Terminal& terminal) override
    {
        const api::SourceDescription about = source.describe();
        std::vector<model::CollectionSummary> collections;
        std::vector<model::IndexDescription> indexes;
        if (api::Structure* structure = source.structure()) {
            BLAZE_TRY_VALUE(collections, structure->collections(context, 0));
            BLAZE_TRY_VALUE(indexes, structure->indexes(context));
        }
        std::vector<model::Finding> findings = source.openingFindings();
        BLAZE_TRY(addUnreadable(source.records(), context, findings));
        terminal.clearProgress();
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_isJson ? asJson(about, collections, indexes, findings) : asText(about, collections, indexes)));
        if (!m_isJson || hasDamage(findings)) terminal.sayFindings(findings);
        return hasDamage(findings) || about.isRescue ? ExitCode::Incomplete : ExitCode::Done;
    }

private:
    /// The counts leave out what cannot be read; whoever sees them must see that too.
    static Result<void> addUnreadable(api::Records& records, const api::CallContext& context, std::vector<model::Finding>& findings)
    {
        model::Query all;
        all.deleted = model::DeletedRecords::Included;
        BLAZE_TRY_VALUE(const api::CountAnswer counted, records.count(context, all));
        for (const model::Finding& finding : counted.skipped) {
            const auto isSame = [&](const model::Finding& known) { return known.message == finding.message; };
            if (std::none_of(findings.begin(), findings.end(), isSame)) findings.push_back(finding);
        }
        return {};
    }

    static std::string asText(const api::SourceDescription& about, const std::vector<model::CollectionSummary>& collections,
                              const std::vector<model::IndexDescription>& indexes)
    {
        std::string text;
        const auto line = [&text](std::string_view label, std::string_view value) {
            text += fmt::format("{:<13}{}\n", label, printable(value));
        };
        line("name", about.name);
        line("place", about.place);
        line("format", about.format);
        line("encryption", about.encryption);
        if (about.isRescue) line("view", "rescue: what a scan of the pages found");
        for (const api::SourcePart& part : about.parts) line(part.role, fmt::format("{} bytes, {}", part.sizeBytes, part.path));
        for (const model::CollectionSummary& collection : collections) {
            const bool isAll = collection.name == model::kDefaultCollection;
            std::string counts = fmt::format("{} records", collection.records.value);
            if (collection.softDeleted.value > 0) counts += fmt::format(", {} soft-deleted", collection.softDeleted.value);
            line(isAll ? "records" : collection.isSeparate ? "collection" : "kind", isAll ? counts : fmt::format("{}: {}", collection.name, counts));
        }
        for (const model::IndexDescription& index : indexes) line("index", index.name);
        return text;
    }

    static std::string asJson(const api::SourceDescription& about, const std::vector<model::CollectionSummary>& collections,
                              const std::vector<model::IndexDescription>& indexes, const std::vector<model::Finding>& findings)
    {
        nlohmann::ordered_json json{{"name", about.name},           {"place", about.place},
                                    {"identity", about.identity},   {"format", about.format},
                                    {"encryption", about.encryption}, {"isReadOnly", about.isReadOnly},
                                    {"isRescue", about.isRescue}};
        json["parts"] = nlohmann::ordered_json::array();
        for (const api::SourcePart& part : about.parts)
            json["parts"].push_back({{"role", part.role}, {"path", part.path}, {"bytes", part.sizeBytes}});
        json["kinds"] = nlohmann::ordered_json::array();
        for (const model::CollectionSummary& collection : collections) {
            const nlohmann::ordered_json counts{{"records", collection.records.value}, {"softDeleted", collection.softDeleted.value}};
            if (collection.name == model::kDefaultCollection) {
                json.update(counts);
            } else {
                nlohmann::ordered_json kind{{"name", collection.name}};
                kind.update(counts);
                json["kinds"].push_back(kind);
            }
        }
        json["indexes"] = nlohmann::ordered_json::array();
        for (const model::IndexDescription& index : indexes) {
            nlohmann::ordered_json entry{{"name", index.name}, {"fields", index.fields}};
            if (index.keys) entry["keys"] = *index.keys;
            json["indexes"].push_back(entry);
        }
        json["findings"] = toJson(findings);
        return jsonDocument(json);
    }

    bool m_isJson;
};

} // namespace

std::unique_ptr<Command> makeInfoCommand(const Invocation& invocation)
{
    return std::make_unique<InfoCommand>(invocation);
}

} // namespace blazedb::cli
