// What a commit says in the log: its number and its row operations, so that replaying them on the trees of the checkpoint gives
// the same rows. Source: FORMAT.md, "Log", operations.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "engine/base/result.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

struct PutOperation {
    std::uint32_t tree = 0;
    ByteView key;
    ByteView value;
};
struct PutRunOperation {
    std::uint32_t tree = 0;
    ByteView key;
    RunRef run;
    /// Its pages were durable before this entry was written; otherwise they became so with it, and after a crash must be looked at.
    bool wasDurable = false;
};
struct EraseOperation {
    std::uint32_t tree = 0;
    ByteView key;
};
struct CreateTreeOperation {
    std::uint32_t tree = 0;
    std::string_view name;
};
struct DropTreeOperation {
    std::uint32_t tree = 0;
};
using LogOperation = std::variant<PutOperation, PutRunOperation, EraseOperation, CreateTreeOperation, DropTreeOperation>;

void appendOperation(Bytes& into, const PutOperation& operation);
void appendOperation(Bytes& into, const PutRunOperation& operation);
void appendOperation(Bytes& into, const EraseOperation& operation);
void appendOperation(Bytes& into, const CreateTreeOperation& operation);
void appendOperation(Bytes& into, const DropTreeOperation& operation);

/// A PutRunOperation in its bytes, from `at` on: from now on its pages were durable before.
void markDurable(Bytes& operations, std::size_t at);
/// Whether a commit has a value whose pages became durable only with it. Errors: Corruption.
Result<bool> hasFreshValues(ByteView commit);

/// Reads a commit's operations one by one; what it gives borrows from the commit.
class OperationReader {
public:
    /// Errors: Corruption.
    static Result<OperationReader> open(ByteView commit);
    [[nodiscard]] std::uint64_t sequence() const { return m_sequence; }
    /// Nullopt at the end. Errors: Corruption.
    Result<std::optional<LogOperation>> next();

private:
    OperationReader(ByteReader from, std::uint64_t sequence)
        : m_from(from)
        , m_sequence(sequence)
    {
    }
    ByteReader m_from;
    std::uint64_t m_sequence;
};

} // namespace blazedb::storage
