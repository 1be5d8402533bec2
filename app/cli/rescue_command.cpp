#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/opening.h"
#include "app/cli/output_file.h"
#include "app/cli/password_source.h"
#include "engine/local/opener.h"
#include "engine/local/rescue_job.h"

namespace blazedb::cli {

namespace {

/// Saves what a database still holds into a new file, and names what is lost.
class RescueCommand final : public StandaloneCommand {
public:
    explicit RescueCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        BLAZE_TRY_VALUE(SecureBytes password, passwordFor(m_invocation, context));
        BLAZE_TRY_VALUE(SecureBytes newPassword, passwordOfTarget(password, context));
        BLAZE_TRY_VALUE(const auto source, openSource(std::move(password), context));
        auto report = local::rescueInto(context, localFileSystem(), systemClock(), systemRandom(), *source, {m_invocation.to, std::move(newPassword)});
        terminal.clearProgress();
        if (!report) return explained(std::move(report).error());
        const bool isRescueView = source->describe().isRescue;
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? asJson(*report, isRescueView) : asText(*report)));
        terminal.sayFindings(report->findings);
        return hasDamage(report->findings) || isRescueView ? ExitCode::Incomplete : ExitCode::Done;
    }

private:
    Result<SecureBytes> passwordOfTarget(const SecureBytes& password, const api::CallContext& context) const
    {
        if (!local::namesFamily(m_invocation.to)) return SecureBytes();
        if (m_invocation.newPasswordDescriptor) return readPassword(m_invocation.newPasswordDescriptor, m_invocation.to, context.stop);
        // A dump has no password that the new database could share.
        if (password.isEmpty()) return readNewPassword(m_invocation.passwordDescriptor, m_invocation.to, context.stop);
        return password.clone();
    }

    /// By its catalogue when that can be trusted: a scan of the pages may bring deleted records back.
    Result<std::unique_ptr<api::DataSource>> openSource(SecureBytes password, const api::CallContext& context) const
    {
        local::Opener opener;
        SecureBytes again = password.clone();
        if (!m_invocation.isRescue) {
            auto source = opener.open(context, {m_invocation.path, std::move(password), local::OpenMode::Observe});
            if (source || source.error().code != ErrorCode::Corruption) return source;
        }
        return opener.open(context, {m_invocation.path, std::move(again), local::OpenMode::Rescue});
    }

    Error explained(Error error) const
    {
        if (error.code == ErrorCode::InvalidArgument && error.message.find("password is too weak") != std::string::npos && !m_invocation.newPasswordDescriptor)
            error.message += "; give the new database another one with --to-password-fd";
        return error;
    }

    std::string asText(const local::RescueReport& report) const
    {
        std::string text = fmt::format("{} records written to {}", report.written, m_invocation.to);
        if (report.softDeleted > 0) text += fmt::format(", {} of them soft-deleted", report.softDeleted);
        if (report.lost() > 0) text += fmt::format("; {} {} lost", report.lost(), report.lost() == 1 ? "is" : "are");
        return text + "\n";
    }

    std::string asJson(const local::RescueReport& report, bool isRescueView) const
    {
        return jsonDocument({{"to", m_invocation.to},
                             {"isFamily", report.isFamily},
                             {"isRescueView", isRescueView},
                             {"written", report.written},
                             {"softDeleted", report.softDeleted},
                             {"lost", report.lost()},
                             {"indexes", report.indexes},
                             {"findings", toJson(report.findings)}});
    }

    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeRescueCommand(const Invocation& invocation)
{
    return std::make_unique<RescueCommand>(invocation);
}

} // namespace blazedb::cli
