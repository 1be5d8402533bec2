#include "engine/local/native_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/exclusive_file.h"
#include "engine/base/new_name.h"
#include "engine/codec/number_text.h"
#include "engine/crypto/digest.h"
#include "engine/format28/lock_holders.h"

namespace blazedb::local {

namespace {

using codec::grouped;
using SlotFacts = storage::KeyArea::SlotFacts;

constexpr std::array<unsigned char, 8> kNativeMagic{0x89, 'B', 'L', 'A', 'Z', 'E', 0x0D, 0x0A}; // FORMAT.md, "Key area"
constexpr std::size_t kTemporaryTagBytes = 8;

std::string costText(const storage::PasswordCost& cost)
{
    if (const auto* argon2 = std::get_if<crypto::Argon2Cost>(&cost))
        return "Argon2id with " + grouped(argon2->memoryKib) + " KiB and " + std::to_string(argon2->passes) + " passes";
    return "PBKDF2-HMAC-SHA256 with " + grouped(std::get<storage::Pbkdf2Cost>(cost).rounds) + " rounds";
}

Result<FileStamp> stampOfFile(FileSystem& files, const std::string& path)
{
    BLAZE_TRY_VALUE(const FileStamp stamp, files.stamp(path));
    if (stamp.isFolder) return Error{ErrorCode::InvalidArgument, path + " is a folder; name a .blaze file"};
    if (stamp.sizeBytes == 0) return Error{ErrorCode::InvalidArgument, path + " is empty; it is no database"};
    return stamp;
}

Error notNative(const std::string& path)
{
    return {ErrorCode::InvalidArgument, path + " is not a database of the native form: it does not begin like one"};
}

model::Finding fileRemark(model::FindingKind kind, std::string message, std::string advice = {})
{
    return {model::FindingSeverity::Remark, kind, std::nullopt, std::nullopt, std::move(message), std::move(advice)};
}

/// The lock is the kernel's word; the note in the file says more, but stays behind when a program is killed.
std::string holderText(const std::string& note, const std::vector<std::string>& lockHolders)
{
    if (!note.empty()) return note;
    return lockHolders.empty() ? std::string{} : lockHolders.front();
}

Result<NativeOutline> outlineOf(FileSystem& files, const File& file, const std::string& path)
{
    NativeOutline outline;
    BLAZE_TRY_VALUE(outline.path, files.absolute(path));
    BLAZE_TRY_VALUE(const FileStamp stamp, file.stamp());
    outline.sizeBytes = stamp.sizeBytes;
    outline.modifiedNs = stamp.modifiedNs;
    auto reading = storage::readKeyArea(file);
    if (!reading) return reading.error().code == ErrorCode::InvalidArgument ? notNative(path) : std::move(reading).error().in(path);
    outline.identity = "native-" + crypto::toHex(reading->area.fileId());
    outline.keys = reading->area.takenSlots();
    const std::string note = storage::NativeStore::holderOf(file);
    const auto holders = format28::lockHolders(stamp);
    if (!holders.empty()) {
        outline.holder = holderText(note, holders);
        outline.findings.push_back(fileRemark(model::FindingKind::InUse, "open for writing: " + outline.holder + "; looking does not disturb it"));
    } else if (!note.empty()) {
        outline.findings.push_back(fileRemark(model::FindingKind::InUse, "last opened for writing by " + note + ", which did not close it; every commit that it "
                                                                   "acknowledged is brought back"));
    }
    for (std::size_t i = 0; i < reading->isSound.size(); ++i)
        if (!reading->isSound[i])
            outline.findings.push_back(fileRemark(model::FindingKind::Other, "copy " + std::to_string(i) + " of the key area is damaged; the other one is used",
                                            "Opening it for writing repairs the copy."));
    return outline;
}

Result<void> refuseSlotless(const NativeOutline& outline, bool isByKeyFile)
{
    if (isByKeyFile ? outline.hasKeyFile() : outline.hasPassword()) return {};
    return Error{ErrorCode::FailedPrecondition,
                 outline.path + (isByKeyFile ? " does not open with a key file: it has a password" : " has no password: it opens with a key file")};
}

Result<std::string> temporaryFor(const std::string& path, Random& random)
{
    std::array<std::byte, kTemporaryTagBytes> tag{};
    BLAZE_TRY(random.fill(tag));
    return path + ".part-" + crypto::toHex(tag);
}

/// Removes what it names unless it was given its place.
class Unfinished {
public:
    Unfinished(FileSystem& files, std::string path)
        : m_files(files)
        , m_path(std::move(path))
    {}
    ~Unfinished()
    {
        if (!m_isKept) static_cast<void>(m_files.remove(m_path)); // its suffix names a leftover; there is nobody to tell
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    void keep() { m_isKept = true; }

private:
    FileSystem& m_files;
    const std::string m_path;
    bool m_isKept = false;
};

Error takenName(const std::string& path)
{
    return {ErrorCode::AlreadyExists, path + " is there already; choose another name or move it away"};
}

Result<void> fill(std::unique_ptr<File> file, const NewNative& request, const std::optional<storage::Credential>& keyFile,
                  const storage::NativeStore::Environment& environment)
{
    const bool hasPassword = !request.secret.password.isEmpty();
    const storage::Credential password = storage::Password{request.secret.password.clone()};
    BLAZE_TRY_VALUE(const auto store, storage::NativeStore::create(std::move(file), hasPassword ? password : *keyFile, request.cost, environment));
    if (hasPassword && keyFile) BLAZE_TRY(store->addKey(*keyFile, request.cost, {}));
    return store->close();
}

} // namespace

bool NativeOutline::hasPassword() const
{
    return std::any_of(keys.begin(), keys.end(), [](const SlotFacts& slot) { return !slot.isKeyFile; });
}

bool NativeOutline::hasKeyFile() const
{
    return std::any_of(keys.begin(), keys.end(), [](const SlotFacts& slot) { return slot.isKeyFile; });
}

bool beginsLikeNative(ByteView beginning)
{
    return beginning.size() >= kNativeMagic.size() &&
           std::equal(kNativeMagic.begin(), kNativeMagic.end(), beginning.begin(), [](unsigned char wanted, std::byte there) { return std::byte{wanted} == there; });
}

bool namesNative(std::string_view path)
{
    return path.ends_with(kNativeSuffix);
}

Result<bool> isNativeFile(FileSystem& files, const std::string& path)
{
    BLAZE_TRY_VALUE(const FileStamp stamp, files.stamp(path));
    if (stamp.isFolder) return false;
    if (namesNative(path)) return true;
    BLAZE_TRY_VALUE(const auto file, files.openForReading(path));
    std::array<std::byte, kNativeMagic.size()> beginning{};
    BLAZE_TRY_VALUE(const std::size_t got, file->readAt(0, beginning));
    return beginsLikeNative(ByteView(beginning).first(got));
}

std::string slotKind(const SlotFacts& slot)
{
    return slot.isKeyFile || !slot.cost ? std::string("key file") : "password by " + costText(*slot.cost);
}

std::string nativeEncryption(const std::vector<SlotFacts>& keys)
{
    std::vector<std::string> kinds;
    for (const SlotFacts& slot : keys) {
        std::string kind = slot.cost ? costText(*slot.cost) : std::string("key file");
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(std::move(kind));
    }
    std::string text = "AES-256-GCM";
    for (const std::string& kind : kinds) text += ", " + kind;
    return text;
}

Result<NativeOutline> readNativeOutline(FileSystem& files, const std::string& path)
{
    BLAZE_TRY(stampOfFile(files, path));
    BLAZE_TRY_VALUE(const auto file, files.openForReading(path));
    return outlineOf(files, *file, path);
}

Result<storage::Credential> readKeyFile(FileSystem& files, const std::string& path)
{
    BLAZE_TRY_VALUE(const auto file, files.openForReading(path));
    BLAZE_TRY_VALUE(const FileStamp stamp, file->stamp());
    if (stamp.isFolder) return Error{ErrorCode::InvalidArgument, path + " is a folder; a key file is wanted"};
    if (stamp.sizeBytes > kKeyFileBytesMax)
        return Error{ErrorCode::InvalidArgument, path + " is too long for a key file: " + grouped(stamp.sizeBytes) + " bytes, at most " + grouped(kKeyFileBytesMax)};
    SecureBytes contents(static_cast<std::size_t>(stamp.sizeBytes));
    BLAZE_TRY_VALUE(const std::size_t got, file->readAt(0, contents.writable()));
    if (got < kKeyFileBytesMin)
        return Error{ErrorCode::InvalidArgument, path + " is too short for a key file: " + std::to_string(got) + " bytes, at least " +
                                                     std::to_string(kKeyFileBytesMin)};
    return storage::Credential(storage::KeyFile{SecureBytes(contents.view().first(got))});
}

Result<storage::Credential> credentialFor(FileSystem& files, const NativeOutline& outline, NativeSecret secret)
{
    const bool isByKeyFile = !secret.keyFile.empty();
    BLAZE_TRY(refuseSlotless(outline, isByKeyFile));
    if (isByKeyFile) return readKeyFile(files, secret.keyFile);
    return storage::Credential(storage::Password{std::move(secret.password)});
}

Result<LockedNative> lockNative(FileSystem& files, const std::string& path)
{
    // Before the lock: what is no such file is told so, whoever has it open.
    BLAZE_TRY_VALUE(const NativeOutline before, readNativeOutline(files, path));
    auto file = openExclusive(path, blazedb::OpenMode::Existing);
    if (!file && file.error().code == ErrorCode::Unavailable)
        return Error{ErrorCode::Unavailable, path + " is open for writing elsewhere" + (before.holder.empty() ? "" : ": " + before.holder)};
    if (!file) return std::move(file).error();
    BLAZE_TRY_VALUE(NativeOutline outline, outlineOf(files, **file, path));
    // Our own lock is no remark.
    outline.holder.clear();
    std::erase_if(outline.findings, [](const model::Finding& finding) { return finding.kind == model::FindingKind::InUse; });
    BLAZE_TRY_VALUE(storage::KeyAreaReading reading, storage::readKeyArea(**file));
    return LockedNative{*std::move(file), std::move(outline), std::move(reading.area)};
}

Result<std::unique_ptr<storage::NativeStore>> openLocked(LockedNative locked, const storage::Credential& credential,
                                                         const storage::NativeStore::Environment& environment)
{
    auto store = storage::NativeStore::open(std::move(locked.file), credential, storage::Access::ReadWrite, environment);
    if (!store) return std::move(store).error().in(locked.outline.path);
    return store;
}

Result<void> refuseNewName(FileSystem& files, const std::string& path)
{
    if (!namesNative(path)) return Error{ErrorCode::InvalidArgument, path + ": the name of a database of the native form ends in " + std::string(kNativeSuffix)};
    if (files.stamp(path)) return takenName(path);
    return {};
}

Result<void> createNative(const api::CallContext& context, FileSystem& files, NewNative request, const storage::NativeStore::Environment& environment)
{
    const std::string& path = request.path;
    BLAZE_TRY(refuseNewName(files, path));
    std::optional<storage::Credential> keyFile;
    if (!request.secret.keyFile.empty()) {
        BLAZE_TRY_VALUE(keyFile, readKeyFile(files, request.secret.keyFile));
    }
    if (!keyFile && request.secret.password.isEmpty()) return Error{ErrorCode::InvalidArgument, "the password is empty"};

    BLAZE_TRY_VALUE(const std::string temporary, temporaryFor(path, environment.random));
    BLAZE_TRY_VALUE(auto file, openExclusive(temporary, blazedb::OpenMode::CreateNew));
    Unfinished unfinished(files, temporary);
    if (auto filled = fill(std::move(file), request, keyFile, environment); !filled) return std::move(filled).error().in("create " + path);
    if (context.stop.stop_requested()) return api::cancelled();
    if (auto named = renameToNew(temporary, path); !named) return named.error().code == ErrorCode::AlreadyExists ? takenName(path) : std::move(named).error();
    unfinished.keep();
    BLAZE_TRY_VALUE(const std::string absolute, files.absolute(path));
    return files.syncFolder(absolute.substr(0, std::max<std::size_t>(absolute.rfind('/'), 1)));
}

} // namespace blazedb::local
