#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/opening.h"
#include "app/cli/output_file.h"
#include "app/cli/printable.h"
#include "engine/local/dump_contents.h"
#include "engine/local/dump_export.h"

namespace blazedb::cli {

namespace {

/// The old BlazeDump: writes and verifies dumps; restoring is the rescue's work.
class DumpCommand final : public StandaloneCommand {
public:
    explicit DumpCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        switch (m_invocation.command) {
        case CommandName::DumpWrite: return write(context, terminal);
        case CommandName::DumpVerify: return verify(context, terminal);
        default: break;
        }
        return Error{ErrorCode::Unsupported,
                     fmt::format("nothing is written into an existing database; make a new one of the dump: blazedb rescue {} --to NEW.blazedb", m_invocation.path)};
    }

private:
    Result<ExitCode> write(const api::CallContext& context, Terminal& terminal)
    {
        BLAZE_TRY_VALUE(const auto source, openDatabase(m_invocation, context));
        BLAZE_TRY_VALUE(const local::DumpReport report, local::writeDump(context, localFileSystem(), systemClock(), systemRandom(), *source,
                                                                         {m_invocation.to, std::string("blazedb ") + BLAZEDB_VERSION}));
        terminal.clearProgress();
        std::string text = fmt::format("{} records written to {}", report.written, printable(m_invocation.to));
        if (report.softDeleted > 0) text += fmt::format("; {} soft-deleted ones are not in it", report.softDeleted);
        BLAZE_TRY(say(m_invocation.isJson ? jsonDocument({{"to", m_invocation.to},
                                                          {"written", report.written},
                                                          {"softDeleted", report.softDeleted},
                                                          {"findings", toJson(report.findings)}})
                                          : text + "\n"));
        terminal.sayFindings(report.findings);
        return hasDamage(report.findings) || source->describe().isRescue ? ExitCode::Incomplete : ExitCode::Done;
    }

    /// Format, schema version, name and date, as the old tool prints them; exit 0 or 1.
    Result<ExitCode> verify(const api::CallContext& context, Terminal& terminal)
    {
        BLAZE_TRY_VALUE(const local::DumpContents dump, local::readDump(context, localFileSystem(), systemClock(), m_invocation.path, local::DumpReading::Whole));
        terminal.clearProgress();
        const codec::DumpHeader& header = dump.header;
        const std::string schema = fmt::format("{}.{}", header.schemaMajor, header.schemaMinor);
        const std::string exportedAt = codec::wholeSecondsText(header.exportedAt);
        const bool isValid = dump.report.isSound();
        if (m_invocation.isJson) {
            BLAZE_TRY(say(jsonDocument({{"valid", isValid},
                                        {"formatVersion", header.formatVersion},
                                        {"schemaVersion", schema},
                                        {"databaseName", header.databaseName},
                                        {"databaseId", header.databaseId},
                                        {"exportedAt", exportedAt},
                                        {"recordCount", dump.report.recordsRead},
                                        {"findings", toJson(dump.report.findings)}})));
        } else {
            BLAZE_TRY(say(fmt::format("{}\nformat         {}\nschema         {}\nname           {}\nexported at    {}\nrecords        {}\n", isValid ? "valid" : "not valid",
                                      header.formatVersion, schema, printable(header.databaseName), exportedAt, dump.report.recordsRead)));
        }
        terminal.sayFindings(dump.report.findings);
        return isValid ? ExitCode::Done : ExitCode::Failed;
    }

    static Result<void> say(const std::string& text)
    {
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        return out->write(text);
    }

    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeDumpCommand(const Invocation& invocation)
{
    return std::make_unique<DumpCommand>(invocation);
}

} // namespace blazedb::cli
