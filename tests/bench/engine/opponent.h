// One database in the comparison, as the works see it. Each opponent is one small class in a file of its own, and one program with it alone, so that
// nobody's libraries, threads and memory weigh on another, and SQLite and SQLCipher, which have the same symbols, never meet.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/engine/document.h"

namespace blazedb::bench {

inline constexpr std::size_t kCacheBytes = std::size_t{64} << 20;

/// Ends the program: a figure beside an error says nothing.
[[noreturn]] inline void fail(const std::string& why)
{
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

/// Reads; used by one thread, which has its own connection where the opponent has such a thing. Every read copies the stored document out, as it is
/// stored, and decodes `number`; it sees the newest commit, or that of beginView().
class Reader {
public:
    virtual ~Reader() = default;
    virtual void beginView() = 0;
    virtual void endView() = 0;
    /// The document's `number`; the program ends when there is no such document.
    virtual std::int64_t read(const Id& id) = 0;
    virtual Answer scan() = 0;
    /// By the index.
    virtual Answer byAssignee(const std::string& assignee) = 0;
    /// Without an index; only what fits is copied out.
    virtual Answer filter() = 0;
};

/// Any failure ends the program. stage() and insert() are for one thread; readers may be at work in others.
class Opponent {
public:
    virtual ~Opponent() = default;
    [[nodiscard]] virtual std::string version() const = 0;
    [[nodiscard]] virtual std::string settings() const = 0; ///< For the legend: all that differs from its defaults.

    virtual void create(const std::string& folder) = 0; ///< In an empty folder; open afterwards.
    virtual void open(const std::string& folder) = 0;
    virtual void close() = 0;

    /// Takes documents in the form in which a program would hold them before it stores them: JSON text for the peers. Not measured.
    virtual void stage(std::vector<Document> documents) = 0;
    /// Stores staged documents in one transaction, durable when this returns.
    virtual void insert(std::size_t first, std::size_t count) = 0;
    virtual std::unique_ptr<Reader> reader() = 0;
};

/// Variants that this program knows, the default first; defined beside the opponent.
std::vector<std::string> opponentNames();
std::unique_ptr<Opponent> makeOpponent(const std::string& name);

} // namespace blazedb::bench
