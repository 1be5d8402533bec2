#include <algorithm>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/line_input.h"
#include "app/cli/native_opening.h"
#include "app/cli/output_file.h"
#include "app/cli/printable.h"
#include "engine/api/records.h"
#include "engine/codec/typed_json.h"
#include "engine/local/native_documents.h"

namespace blazedb::cli {

namespace {

Result<std::vector<model::Uuid>> readIds(const std::vector<std::string>& texts)
{
    std::vector<model::Uuid> ids;
    for (const std::string& text : texts) {
        const auto id = model::Uuid::parse(text);
        if (!id) return Error{ErrorCode::InvalidArgument, text + " is no id; one reads like 6FC4CF08-4F8B-4B9E-B831-CD261E59ED49"};
        ids.push_back(*id);
    }
    return ids;
}

Result<ExitCode> sayOnStandardOutput(const std::string& text)
{
    BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
    BLAZE_TRY(out->write(text));
    return ExitCode::Done;
}

/// Prints one record, of any form of database.
class GetCommand final : public Command {
public:
    explicit GetCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<void> prepare() override
    {
        BLAZE_TRY_VALUE(const auto ids, readIds(m_invocation.ids));
        m_id = ids.front();
        return {};
    }

    Result<ExitCode> run(api::DataSource& source, const api::CallContext& context, Terminal& terminal) override
    {
        if (!m_invocation.collection.empty()) BLAZE_TRY(refuseOther(source.records(), context));
        BLAZE_TRY_VALUE(const api::RecordRow row, source.records().record(context, m_id));
        terminal.clearProgress();
        std::string text;
        codec::appendTypedJson(text, row.record);
        return sayOnStandardOutput(text + "\n");
    }

private:
    /// An id says enough to find a record; a collection is a condition on it.
    Result<void> refuseOther(api::Records& records, const api::CallContext& context) const
    {
        model::Query query;
        query.collection = m_invocation.collection;
        query.deleted = model::DeletedRecords::Included;
        const auto position = records.positionOf(context, query, m_id);
        if (!position && position.error().code == ErrorCode::NotFound)
            return Error{ErrorCode::NotFound, "there is no record " + m_id.toString() + " in the collection " + m_invocation.collection};
        return position ? Result<void>{} : Result<void>(position.error());
    }

    Invocation m_invocation;
    model::Uuid m_id;
};

/// Inserts or replaces one record of a native file.
class PutCommand final : public StandaloneCommand {
public:
    explicit PutCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal&) override
    {
        BLAZE_TRY_VALUE(LineInput input, LineInput::open(m_invocation.from.empty() ? "-" : m_invocation.from));
        BLAZE_TRY_VALUE(const std::string text, input.rest(context.stop));
        auto parsed = codec::parseTypedJsonNewRecord(text);
        if (!parsed) return std::move(parsed).error().in(input.name());
        if (!parsed->hasId) {
            BLAZE_TRY_VALUE(parsed->record.id, local::newRecordId(systemRandom()));
        }
        BLAZE_TRY_VALUE(auto store, openToWrite(m_invocation, context));
        BLAZE_TRY_VALUE(const auto documents, local::NativeDocuments::open(std::move(store)));
        const std::string& collection = m_invocation.collection;
        const auto isNew = documents->put(collection.empty() ? std::string(model::kDefaultCollection) : collection, parsed->record);
        const auto closed = documents->close();
        if (!isNew) return isNew.error();
        BLAZE_TRY(closed);
        const std::string id = parsed->record.id.toString();
        return sayOnStandardOutput(m_invocation.isJson ? jsonDocument({{"id", id}, {"isNew", *isNew}}) : id + "\n");
    }

private:
    Invocation m_invocation;
};

/// Deletes records of a native file, all of those named or none.
class DeleteCommand final : public StandaloneCommand {
public:
    explicit DeleteCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<void> prepare() override
    {
        BLAZE_TRY_VALUE(m_ids, readIds(m_invocation.ids));
        std::sort(m_ids.begin(), m_ids.end());
        m_ids.erase(std::unique(m_ids.begin(), m_ids.end()), m_ids.end());
        return {};
    }

    Result<ExitCode> run(const api::CallContext& context, Terminal&) override
    {
        BLAZE_TRY_VALUE(auto store, openToWrite(m_invocation, context));
        BLAZE_TRY_VALUE(const auto documents, local::NativeDocuments::open(std::move(store)));
        auto erased = documents->erase(m_invocation.collection, m_ids);
        const auto closed = documents->close();
        if (!erased) {
            erased.error().message += "; nothing was deleted";
            return erased.error();
        }
        BLAZE_TRY(closed);
        return sayOnStandardOutput(m_invocation.isJson ? jsonDocument({{"deleted", m_ids.size()}})
                                                       : fmt::format("{} deleted from {}\n", m_ids.size(), printable(m_invocation.path)));
    }

private:
    Invocation m_invocation;
    std::vector<model::Uuid> m_ids;
};

} // namespace

std::unique_ptr<Command> makeGetCommand(const Invocation& invocation)
{
    return std::make_unique<GetCommand>(invocation);
}

std::unique_ptr<StandaloneCommand> makePutCommand(const Invocation& invocation)
{
    return std::make_unique<PutCommand>(invocation);
}

std::unique_ptr<StandaloneCommand> makeDeleteCommand(const Invocation& invocation)
{
    return std::make_unique<DeleteCommand>(invocation);
}

} // namespace blazedb::cli
