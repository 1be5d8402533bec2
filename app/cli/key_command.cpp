#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/native_opening.h"
#include "app/cli/output_file.h"
#include "app/cli/printable.h"
#include "engine/codec/typed_json.h"
#include "engine/local/native_keys.h"

namespace blazedb::cli {

namespace {

/// Dates of the product count from 2001, those of the file form from 1970.
constexpr std::int64_t kSecondsFrom1970To2001 = 978'307'200;

std::string madeAt(const storage::KeyArea::SlotFacts& slot)
{
    return codec::dateToText(static_cast<double>(slot.createdAtS - kSecondsFrom1970To2001)).value_or("unknown");
}

/// Lists, adds and removes what opens a native file, and changes its password.
class KeyCommand final : public StandaloneCommand {
public:
    explicit KeyCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        if (m_invocation.command == CommandName::KeyList) return list(terminal);
        BLAZE_TRY_VALUE(local::LockedNative locked, local::lockNative(localFileSystem(), m_invocation.path));
        const storage::KeyArea area = locked.keyArea;
        BLAZE_TRY_VALUE(const storage::Credential old, credentialOf(m_invocation, locked.outline, context));
        // The new key is asked for when the old one is known to fit.
        BLAZE_TRY_VALUE(const auto store, local::openLocked(std::move(locked), old, writingEnvironment()));
        const auto slot = change(*store, area, old, context);
        const auto closed = store->close();
        if (!slot) return slot.error();
        BLAZE_TRY(closed);
        return say(fmt::format("{} slot {} of {}\n", verb(), *slot, printable(m_invocation.path)), {{word(), *slot}});
    }

private:
    Result<std::size_t> change(storage::NativeStore& store, const storage::KeyArea& area, const storage::Credential& old, const api::CallContext& context)
    {
        if (m_invocation.command == CommandName::KeyRemove) {
            BLAZE_TRY(store.removeKey(m_invocation.keySlot));
            return m_invocation.keySlot;
        }
        BLAZE_TRY_VALUE(const storage::Credential fresh, newCredentialOf(m_invocation, context));
        if (context.stop.stop_requested()) return api::cancelled();
        if (m_invocation.command == CommandName::KeyAdd) return store.addKey(fresh, crypto::Argon2Cost{}, m_invocation.label);
        return local::changePassword(store, area, old, fresh);
    }

    [[nodiscard]] const char* verb() const
    {
        if (m_invocation.command == CommandName::KeyRemove) return "removed the key in";
        return m_invocation.command == CommandName::KeyAdd ? "added a key in" : "changed the password; it is in";
    }

    [[nodiscard]] const char* word() const { return m_invocation.command == CommandName::KeyRemove ? "removed" : "slot"; }

    Result<ExitCode> list(Terminal& terminal) const
    {
        BLAZE_TRY_VALUE(const local::NativeOutline outline, local::readNativeOutline(localFileSystem(), m_invocation.path));
        std::string text;
        nlohmann::ordered_json slots = nlohmann::ordered_json::array();
        for (const auto& slot : outline.keys) {
            text += fmt::format("slot {}: {}, made {}{}\n", slot.index, local::slotKind(slot), madeAt(slot),
                                slot.label.empty() ? std::string() : ", " + printable(slot.label));
            slots.push_back({{"slot", slot.index}, {"kind", slot.isKeyFile ? "key file" : "password"}, {"how", local::slotKind(slot)}, {"made", madeAt(slot)},
                             {"label", slot.label}});
        }
        BLAZE_TRY_VALUE(const ExitCode code, say(text, {{"keys", slots}, {"findings", toJson(outline.findings)}}));
        if (!m_invocation.isJson) terminal.sayFindings(outline.findings);
        return code;
    }

    [[nodiscard]] Result<ExitCode> say(const std::string& text, const nlohmann::ordered_json& json) const
    {
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? jsonDocument(json) : text));
        return ExitCode::Done;
    }

    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeKeyCommand(const Invocation& invocation)
{
    return std::make_unique<KeyCommand>(invocation);
}

} // namespace blazedb::cli
