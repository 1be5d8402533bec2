#include "engine/storage/log_operations.h"

#include "engine/base/assert.h"
#include "engine/storage/page_space.h"

namespace blazedb::storage {

namespace {

constexpr std::uint8_t kPut = 1;
constexpr std::uint8_t kPutRun = 2;
constexpr std::uint8_t kErase = 3;
constexpr std::uint8_t kCreateTree = 4;
constexpr std::uint8_t kDropTree = 5;
constexpr std::uint8_t kPutFreshRun = 6;

void appendHead(Bytes& into, std::uint8_t code, std::uint32_t tree)
{
    into.push_back(std::byte{code});
    appendVarint(into, tree);
}

void appendBlob(Bytes& into, ByteView bytes)
{
    appendVarint(into, bytes.size());
    into.insert(into.end(), bytes.begin(), bytes.end());
}

std::optional<ByteView> readBlob(ByteReader& from, std::size_t maxBytes)
{
    const auto size = readVarint(from);
    if (!size || *size > maxBytes) return std::nullopt;
    return from.bytes(static_cast<std::size_t>(*size));
}

std::optional<LogOperation> readOperation(ByteReader& from)
{
    const auto code = from.le<std::uint8_t>();
    const auto tree = readVarint(from);
    if (!code || !tree || *tree == 0 || *tree > 0xFFFFFFFFU) return std::nullopt;
    const auto id = static_cast<std::uint32_t>(*tree);
    if (*code == kDropTree) return DropTreeOperation{id};
    const auto key = readBlob(from, kMaxKeyBytes);
    if (!key) return std::nullopt;
    if (*code == kErase) return EraseOperation{id, *key};
    if (*code == kCreateTree) return CreateTreeOperation{id, asText(*key)};
    if (*code == kPut) {
        const auto value = readBlob(from, kMaxInlineValueBytes);
        if (!value) return std::nullopt;
        return PutOperation{id, *key, *value};
    }
    if (*code != kPutRun && *code != kPutFreshRun) return std::nullopt;
    const auto run = from.bytes(RunRef::kBytes);
    if (!run) return std::nullopt;
    return PutRunOperation{id, *key, loadRun(run->data()), *code == kPutRun};
}

} // namespace

void appendOperation(Bytes& into, const PutOperation& operation)
{
    appendHead(into, kPut, operation.tree);
    appendBlob(into, operation.key);
    appendBlob(into, operation.value);
}

void appendOperation(Bytes& into, const PutRunOperation& operation)
{
    appendHead(into, operation.wasDurable ? kPutRun : kPutFreshRun, operation.tree);
    appendBlob(into, operation.key);
    into.resize(into.size() + RunRef::kBytes);
    storeRun(into.data() + into.size() - RunRef::kBytes, operation.run);
}

void appendOperation(Bytes& into, const EraseOperation& operation)
{
    appendHead(into, kErase, operation.tree);
    appendBlob(into, operation.key);
}

void appendOperation(Bytes& into, const CreateTreeOperation& operation)
{
    appendHead(into, kCreateTree, operation.tree);
    appendBlob(into, asBytes(operation.name));
}

void appendOperation(Bytes& into, const DropTreeOperation& operation)
{
    appendHead(into, kDropTree, operation.tree);
}

void markDurable(Bytes& operations, std::size_t at)
{
    BLAZE_ASSERT(operations.at(at) == std::byte{kPutFreshRun});
    operations[at] = std::byte{kPutRun};
}

Result<bool> hasFreshValues(ByteView commit)
{
    BLAZE_TRY_VALUE(OperationReader operations, OperationReader::open(commit));
    while (true) {
        BLAZE_TRY_VALUE(const auto operation, operations.next());
        if (!operation) return false;
        const auto* run = std::get_if<PutRunOperation>(&*operation);
        if (run != nullptr && !run->wasDurable) return true;
    }
}

Result<OperationReader> OperationReader::open(ByteView commit)
{
    ByteReader from(commit);
    const auto sequence = from.le<std::uint64_t>();
    if (!sequence) return Error{ErrorCode::Corruption, "a commit in the log is too short"};
    return OperationReader(from, *sequence);
}

Result<std::optional<LogOperation>> OperationReader::next()
{
    if (m_from.remaining() == 0) return std::optional<LogOperation>{};
    auto operation = readOperation(m_from);
    if (!operation) return Error{ErrorCode::Corruption, "commit " + std::to_string(m_sequence) + " in the log is malformed"};
    return std::optional<LogOperation>(*std::move(operation));
}

} // namespace blazedb::storage
