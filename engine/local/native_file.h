// Files of the native form, `.blaze`, from outside: what can be told without a key, how they are opened to look at, and - under the lock -
// to write, and how a new one comes into being.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/base/file_system.h"
#include "engine/base/secure_bytes.h"
#include "engine/model/finding.h"
#include "engine/storage/native_store.h"

namespace blazedb::local {

inline constexpr const char* kNativeFormat = "BlazeDB native file";
inline constexpr std::string_view kNativeSuffix = ".blaze";
inline constexpr std::uint64_t kKeyFileBytesMin = 32;
inline constexpr std::uint64_t kKeyFileBytesMax = std::uint64_t{1} << 20;

/// What somebody has to open a native file with. A key file, where one is named, goes before the password.
struct NativeSecret {
    SecureBytes password;
    std::string keyFile; ///< A path.
};

/// What stands in a native file as plain text.
struct NativeOutline {
    std::string path;     ///< Absolute.
    std::string identity; ///< Moves with the file: from its id, which is no secret.
    std::vector<storage::KeyArea::SlotFacts> keys;
    std::string holder;   ///< Who has it open for writing, in words; empty: nobody.
    std::uint64_t sizeBytes = 0;
    std::int64_t modifiedNs = 0; ///< Since 1970.
    std::vector<model::Finding> findings; ///< Who has it open; that it was not closed; a damaged copy of the key area.

    [[nodiscard]] bool hasPassword() const;
    [[nodiscard]] bool hasKeyFile() const;
};

/// True when the path ends in `.blaze`.
bool namesNative(std::string_view path);
/// By the first bytes of a file, 8 or more.
bool beginsLikeNative(ByteView beginning);
/// True when the file begins like one of the native form, or its name says that it is one. Errors: those of FileSystem.
Result<bool> isNativeFile(FileSystem& files, const std::string& path);
/// "AES-256-GCM, Argon2id with 65,536 KiB and 3 passes"
std::string nativeEncryption(const std::vector<storage::KeyArea::SlotFacts>& keys);
/// "password by Argon2id with 65,536 KiB and 3 passes", "key file"
std::string slotKind(const storage::KeyArea::SlotFacts& slot);

/// Errors, each a sentence that names the file: those of FileSystem, InvalidArgument (a folder, empty, another kind of file), Unsupported
/// (newer), Corruption (both copies of the key area).
Result<NativeOutline> readNativeOutline(FileSystem& files, const std::string& path);

/// Of an existing file. Errors: FailedPrecondition (no slot of that kind of key: the message says what it opens with), those of FileSystem for the
/// key file, InvalidArgument (a key file that is a folder, or too short or long).
Result<storage::Credential> credentialFor(FileSystem& files, const NativeOutline& outline, NativeSecret secret);
/// Errors: as above.
Result<storage::Credential> readKeyFile(FileSystem& files, const std::string& path);

/// A native file that nobody else can write as long as this lives.
struct LockedNative {
    std::unique_ptr<File> file;
    NativeOutline outline;
    storage::KeyArea keyArea;
};
/// Errors: those of readNativeOutline, Unavailable (open for writing elsewhere: by whom, if that is known), PermissionDenied. Needs no key.
Result<LockedNative> lockNative(FileSystem& files, const std::string& path);

/// Errors: as NativeStore::open, with the file's name.
Result<std::unique_ptr<storage::NativeStore>> openLocked(LockedNative locked, const storage::Credential& credential,
                                                         const storage::NativeStore::Environment& environment);

struct NewNative {
    std::string path;    ///< Ends in `.blaze`; nothing bears that name.
    NativeSecret secret; ///< Both given: each opens it.
    storage::PasswordCost cost = crypto::Argon2Cost{}; ///< Others only for tests.
};
/// Errors: InvalidArgument (suffix), AlreadyExists. To be asked before a person is asked for a password.
Result<void> refuseNewName(FileSystem& files, const std::string& path);
/// Makes an empty database, mode 0600. It bears its name only when it is whole, and both are durable. Any thread; blocks on disk and key
/// derivation. Errors: those of refuseNewName, InvalidArgument (no secret, or an impossible one), Cancelled, those of FileSystem; nothing is left then.
Result<void> createNative(const api::CallContext& context, FileSystem& files, NewNative request, const storage::NativeStore::Environment& environment = {});

} // namespace blazedb::local
