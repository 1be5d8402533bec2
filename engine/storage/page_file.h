// Sealed pages: AES-256-GCM under the key of the epoch that wrote them, bound to their page number, opened only with the tag
// that their parent holds. Source: FORMAT.md, "Pages".
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/file_system.h"
#include "engine/base/result.h"
#include "engine/storage/epoch_ciphers.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

/// Reads and seals pages of one file. Any thread; two writers of one page are the caller's mistake.
class PageFile {
public:
    /// Borrows all; the store that owns them outlives it.
    PageFile(File& file, EpochCiphers& ciphers);

    /// Who reads a file that somebody else writes: asked when a page is not the one meant; what it gives is the error then.
    using Explain = std::function<std::optional<Error>()>;
    /// Before the first read.
    void explainMismatchBy(Explain explain) { m_explain = std::move(explain); }

    /// Reads the page into `body` (kPageBodyBytes). Errors: Corruption (not the page its parent names; says which), Io.
    Result<void> read(const PageRef& ref, std::span<std::byte> body) const;

    /// Seals `body` (kPageBodyBytes) for `page` into `sealed` (kPageBytes) and gives its tag. Writes nothing.
    Tag seal(WriteEpoch& epoch, PageNumber page, ByteView body, std::span<std::byte> sealed) const;

    /// Errors: ResourceExhausted, Io.
    Result<void> write(PageNumber firstPage, ByteView sealedPages) const;

private:
    [[nodiscard]] Error mismatch(std::string what) const;

    File& m_file;
    EpochCiphers& m_ciphers;
    Explain m_explain;
};

} // namespace blazedb::storage
