#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/native_opening.h"
#include "app/cli/output_file.h"
#include "app/cli/password_source.h"
#include "app/cli/printable.h"
#include "engine/local/native_rewrite.h"

namespace blazedb::cli {

namespace {

/// Writes a native file anew: without free space, or under another data key. It is the old or the new one at every moment.
class RewriteCommand final : public StandaloneCommand {
public:
    explicit RewriteCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        BLAZE_TRY_VALUE(std::vector<storage::Credential> credentials, askForKeys(context));
        auto report = rewrite(credentials, context);
        terminal.clearProgress();
        if (!report) return explained(std::move(report).error());
        for (const auto& key : report->droppedKeys)
            terminal.say(fmt::format("remark: slot {} opens it no more: {}{}", key.index, local::slotKind(key), key.label.empty() ? std::string() : ", " + key.label));
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? asJson(*report) : asText(*report)));
        return ExitCode::Done;
    }

private:
    [[nodiscard]] bool isRekey() const { return m_invocation.command == CommandName::Rekey; }

    /// The lock is let go again while a person types; the rewriting takes it for itself.
    Result<std::vector<storage::Credential>> askForKeys(const api::CallContext& context) const
    {
        BLAZE_TRY_VALUE(const local::LockedNative locked, local::lockNative(localFileSystem(), m_invocation.path));
        std::vector<storage::Credential> credentials;
        BLAZE_TRY_VALUE(credentials.emplace_back(), credentialOf(m_invocation, locked.outline, context));
        // With a key file named, a password that is given too keeps its slot.
        if (isRekey() && !m_invocation.keyFile.empty() && locked.outline.hasPassword() && isPasswordGiven(m_invocation.passwordDescriptor)) {
            BLAZE_TRY_VALUE(SecureBytes password, readPassword(m_invocation.passwordDescriptor, m_invocation.path, context.stop));
            credentials.emplace_back(storage::Password{std::move(password)});
        }
        return credentials;
    }

    Result<storage::RewriteReport> rewrite(const std::vector<storage::Credential>& credentials, const api::CallContext& context) const
    {
        if (isRekey()) return local::rekeyNative(localFileSystem(), m_invocation.path, credentials, writingEnvironment(), context);
        return local::compactNative(localFileSystem(), m_invocation.path, credentials.front(), writingEnvironment(), context);
    }

    [[nodiscard]] Error explained(Error error) const
    {
        // Somebody was faster: say who.
        if (error.code == ErrorCode::Unavailable)
            if (auto locked = local::lockNative(localFileSystem(), m_invocation.path); !locked) return std::move(locked).error();
        if (error.message.find(m_invocation.path) == std::string::npos) error = std::move(error).in(m_invocation.path);
        error.message += "; the file is as it was";
        return error;
    }

    [[nodiscard]] std::string asText(const storage::RewriteReport& report) const
    {
        return fmt::format("{}: {} bytes, before {}{}\n", printable(m_invocation.path), report.bytesAfter, report.bytesBefore,
                           isRekey() ? ", under another data key" : "");
    }

    [[nodiscard]] static std::string asJson(const storage::RewriteReport& report)
    {
        nlohmann::ordered_json dropped = nlohmann::ordered_json::array();
        for (const auto& key : report.droppedKeys) dropped.push_back({{"slot", key.index}, {"how", local::slotKind(key)}, {"label", key.label}});
        return jsonDocument({{"bytesBefore", report.bytesBefore}, {"bytesAfter", report.bytesAfter}, {"droppedKeys", dropped}});
    }

    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeRewriteCommand(const Invocation& invocation)
{
    return std::make_unique<RewriteCommand>(invocation);
}

} // namespace blazedb::cli
