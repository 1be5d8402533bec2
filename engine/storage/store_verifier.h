// Reads everything a header names and says what does not fit.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/storage/store_core.h"

namespace blazedb::storage {

/// What is wrong with a file, and where.
struct StoreFinding {
    ErrorCode code = ErrorCode::Corruption;
    std::string text;
};

/// Pages looked at so far. Called on the verifying thread, for each page: must be quick.
using VerifyProgress = std::function<void(std::uint64_t pages)>;

/// One look at one header of a file. Thread-safety: none; one owner. Keeps nothing in the cache.
class StoreVerifier {
public:
    StoreVerifier(const StoreCore& core, const Header& header, VerifyProgress onProgress = {});
    /// Errors: Cancelled, Io; all else is a finding.
    Result<std::vector<StoreFinding>> run(const std::stop_token& stop);

private:
    Result<void> checkRoots(const std::stop_token& stop);
    Result<std::uint64_t> checkNode(const TreeState& tree, const PageRef& ref, std::uint8_t level, ByteView low, ByteView high, const std::stop_token& stop);
    Result<void> checkValue(const RunRef& run, const std::stop_token& stop);
    Result<Bytes> readOwned(const RunRef& run, const std::string& what);
    [[nodiscard]] Result<Bytes> readWholeFreeList() const;
    void own(PageNumber page, const std::string& what);
    void find(ErrorCode code, std::string text) { m_findings.push_back({code, std::move(text)}); }
    /// Errors that end the look pass; others become findings and `false`.
    Result<bool> settle(const Result<void>& outcome, const std::string& what);

    const StoreCore& m_core;
    Header m_header;
    VerifyProgress m_onProgress;
    std::uint64_t m_pages = 0;
    PageBits m_owned;
    std::vector<StoreFinding> m_findings;
};

/// Both copies of the key area, both header slots, the witness. Errors: Corruption (no header can be used), Io.
Result<std::vector<StoreFinding>> findInFixedPlaces(const StoreCore& core);

} // namespace blazedb::storage
