#include "engine/format28/family_writer.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "engine/base/checksum.h"
#include "engine/codec/blaze_binary.h"
#include "engine/crypto/key_derivation.h"
#include "engine/crypto/digest.h"
#include "engine/format28/catalogue_writer.h"
#include "engine/format28/family_paths.h"
#include "engine/format28/page_format.h"
#include "engine/model/text_order.h"

namespace blazedb::format28 {

namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kBufferedBytes = 256 * kPageBytes;
constexpr std::size_t kNoncesDrawn = 256;

Result<void> refuseExisting(FileSystem& files, const std::string& path)
{
    const auto stamp = files.stamp(path);
    if (stamp) return Error{ErrorCode::AlreadyExists, path + " is there already; choose another name or move it away"};
    if (stamp.error().code != ErrorCode::NotFound) return stamp.error();
    return {};
}

} // namespace

struct FamilyWriter::State {
    /// A file under a name of its own until it is given its final one.
    struct PendingFile {
        std::string temporary;
        std::string final;
        std::unique_ptr<File> file;
        bool isCreated = false;
        bool isRenamed = false;
    };

    FileSystem& files;
    Clock& clock;
    Random& random;
    FamilyPaths paths;
    SecureBytes key;
    std::unique_ptr<crypto::AesGcm> cipher = {};
    PendingFile salt = {};
    PendingFile log = {};
    PendingFile catalogue = {};
    PendingFile pages = {};
    Bytes buffer = {};               ///< Pages not yet written.
    std::uint64_t writtenBytes = 0;
    Bytes nonces = {};
    std::size_t noncesUsed = 0;
    WrittenCatalogue contents = {};
    std::unordered_set<model::Uuid, model::UuidHash> ids = {};
    bool isFinished = false;

    ~State()
    {
        if (isFinished) return;
        // Nobody is left to tell about a leftover; its suffix names it.
        for (PendingFile* pending : all()) {
            pending->file.reset();
            if (pending->isRenamed) static_cast<void>(files.remove(pending->final));
            else if (pending->isCreated) static_cast<void>(files.remove(pending->temporary));
        }
    }

    /// In the order in which they get their names: the page file last, so that what a crash leaves is never taken for a
    /// database without its catalogue, which the Swift library would empty.
    std::array<PendingFile*, 4> all() { return {&salt, &log, &catalogue, &pages}; }

    Result<void> createFiles()
    {
        Bytes tag(8);
        BLAZE_TRY(random.fill(tag));
        const std::string suffix = ".new-" + crypto::toHex(tag);
        salt.final = paths.salt();
        log.final = paths.log();
        catalogue.final = paths.catalogue();
        pages.final = paths.pages;
        for (PendingFile* pending : all()) BLAZE_TRY(refuseExisting(files, pending->final));
        for (PendingFile* pending : all()) {
            pending->temporary = pending->final + suffix;
            BLAZE_TRY_VALUE(pending->file, files.createNew(pending->temporary));
            pending->isCreated = true;
        }
        return {};
    }

    Result<ByteView> nonce()
    {
        if (noncesUsed * crypto::kNonceBytes == nonces.size()) {
            nonces.resize(kNoncesDrawn * crypto::kNonceBytes);
            BLAZE_TRY(random.fill(nonces));
            noncesUsed = 0;
        }
        return ByteView(nonces).subspan(crypto::kNonceBytes * noncesUsed++, crypto::kNonceBytes);
    }

    Result<void> flushPages()
    {
        BLAZE_TRY(pages.file->writeAt(writtenBytes, buffer));
        writtenBytes += buffer.size();
        buffer.clear();
        return {};
    }

    Result<void> appendPage(const Page& page)
    {
        buffer.insert(buffer.end(), page.begin(), page.end());
        return buffer.size() < kBufferedBytes ? Result<void>{} : flushPages();
    }

    Result<WrittenRecord> appendRecord(const model::Uuid& id, ByteView bytes)
    {
        WrittenRecord written{id, static_cast<PageNumber>(contents.nextPage), 1};
        if (bytes.size() <= kSinglePageRecordMax) {
            BLAZE_TRY_VALUE(const ByteView fresh, nonce());
            BLAZE_TRY(appendPage(sealMainPage(*cipher, fresh, bytes)));
            return written;
        }
        const std::size_t rest = bytes.size() - kFirstPartBytes;
        const auto overflowPages = static_cast<std::uint32_t>((rest + kOverflowPlainMax - 1) / kOverflowPlainMax);
        Bytes first(bytes.begin(), bytes.begin() + kFirstPartBytes);
        appendTrailer(first, {true, written.firstPage + 1, bytes.size(), fnv1a64(bytes), overflowPages});
        BLAZE_TRY_VALUE(const ByteView mainNonce, nonce());
        BLAZE_TRY(appendPage(sealMainPage(*cipher, mainNonce, first)));
        for (std::uint32_t i = 0; i < overflowPages; ++i) {
            const std::size_t at = kFirstPartBytes + i * kOverflowPlainMax;
            const PageNumber next = i + 1 < overflowPages ? written.firstPage + i + 2 : 0;
            BLAZE_TRY_VALUE(const ByteView fresh, nonce());
            BLAZE_TRY(appendPage(sealOverflowPage(*cipher, fresh, next, bytes.subspan(at, std::min(kOverflowPlainMax, bytes.size() - at)))));
        }
        written.pageCount = 1 + overflowPages;
        return written;
    }

    /// The key of a record in an index; empty when it lacks a field. Errors: InvalidArgument.
    static Result<std::string> indexKey(const WrittenIndex& index, const model::Record& record)
    {
        std::string key = "[";
        for (const std::string& name : index.fields) {
            const model::Field* const field = record.find(name);
            if (!field) return std::string();
            // Texts that are canonically equivalent are one key.
            const auto* text = field->value.as<std::string>();
            const auto component = text ? indexComponent(model::Value(model::toNfc(*text))) : indexComponent(field->value);
            if (!component)
                return Error{ErrorCode::InvalidArgument, fmt::format("record {}: the indexed field {} is not a finite number", record.id.toString(), name)};
            if (key.size() > 1) key += ',';
            key += *component;
        }
        return key + "]";
    }
};

FamilyWriter::FamilyWriter(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

FamilyWriter::~FamilyWriter() = default;

Result<std::unique_ptr<FamilyWriter>> FamilyWriter::create(FileSystem& files, Clock& clock, Random& random, NewFamily family)
{
    if (family.path.ends_with(".blaze"))
        return Error{ErrorCode::InvalidArgument, family.path + ": the suffix .blaze is not one of the 2.8 family; use .blazedb"};
    if (const auto problems = passwordProblems(family.password.text()); !problems.empty())
        return Error{ErrorCode::InvalidArgument, "the password is too weak for apps to open the database: " + problems.front()};
    BLAZE_TRY_VALUE(const std::string absolute, files.absolute(family.path));
    auto state = std::unique_ptr<State>(new State{files, clock, random, familyPaths(absolute), {}});
    Bytes salt(kSaltBytes);
    BLAZE_TRY(random.fill(salt));
    BLAZE_TRY(state->createFiles());
    BLAZE_TRY(state->salt.file->writeAt(0, salt));
    state->key = crypto::pbkdf2Sha256(family.password.view(), salt, family.keyRounds);
    state->cipher = std::make_unique<crypto::AesGcm>(state->key.view());
    state->contents.metaData = currentMetaData();
    for (NewIndex& index : family.indexes)
        state->contents.indexes.push_back({fmt::format("{}", fmt::join(index.fields, "+")), std::move(index.fields), {}});
    return std::unique_ptr<FamilyWriter>(new FamilyWriter(std::move(state)));
}

Result<void> FamilyWriter::add(const model::Record& record)
{
    State& state = *m_state;
    if (state.ids.contains(record.id)) return Error{ErrorCode::AlreadyExists, "record " + record.id.toString() + " is there twice"};
    std::vector<model::Field> fields = record.fields;
    const std::string idName(model::fieldname::kId);
    const auto known = std::find_if(fields.begin(), fields.end(), [&](const model::Field& field) { return field.name == idName; });
    if (known == fields.end()) fields.push_back({idName, model::Value(record.id)});
    auto encoded = codec::encodeRecord(fields);
    if (!encoded) return std::move(encoded).error().in("record " + record.id.toString());
    if (encoded->size() > kRecordBytesMax)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("record {}: {} bytes are more than the {} a database can hold in one record", record.id.toString(), encoded->size(), kRecordBytesMax)};
    BLAZE_TRY_VALUE(const auto storedId, codec::decodeRecordId(*encoded));
    if (storedId != record.id)
        return Error{ErrorCode::InvalidArgument, "record " + record.id.toString() + ": its field id names another record"};
    std::vector<std::string> keys;
    for (const WrittenIndex& index : state.contents.indexes) {
        BLAZE_TRY_VALUE(std::string key, State::indexKey(index, record));
        keys.push_back(std::move(key));
    }
    BLAZE_TRY_VALUE(const WrittenRecord written, state.appendRecord(record.id, *encoded));
    state.contents.nextPage += written.pageCount;
    state.contents.records.push_back(written);
    state.ids.insert(record.id);
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (!keys[i].empty()) state.contents.indexes[i].entries[keys[i]].push_back(record.id);
    return {};
}

Result<void> FamilyWriter::finish()
{
    State& state = *m_state;
    BLAZE_TRY(state.flushPages());
    const std::string text = catalogueFile(state.contents, state.key.view(), state.clock.now());
    BLAZE_TRY(state.catalogue.file->writeAt(0, asBytes(text)));
    for (State::PendingFile* pending : state.all()) BLAZE_TRY(pending->file->sync());
    for (State::PendingFile* pending : state.all()) {
        BLAZE_TRY(refuseExisting(state.files, pending->final));
        BLAZE_TRY(state.files.rename(pending->temporary, pending->final));
        pending->isRenamed = true;
    }
    BLAZE_TRY(state.files.syncFolder(state.paths.folder));
    state.isFinished = true;
    return {};
}

} // namespace blazedb::format28
