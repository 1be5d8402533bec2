// What the window asks of the program to open something; implemented in app/visualizer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::views {

/// What can be known without the password.
struct SourcePreview {
    std::string name;
    std::string place;
    std::string format;
    std::uint64_t totalBytes = 0;
    std::int64_t modifiedUnixMs = 0;
    std::vector<model::Finding> findings;
};

struct SourceRequest {
    std::string place;
    SecureBytes password;
    bool isRescue = false; ///< Show what a page scan finds instead of trusting the catalogue.
};

/// Any thread; blocks. Errors as local::Opener says: each code is a distinct outcome of the unlock page.
class SourceOpener {
public:
    virtual ~SourceOpener() = default;
    virtual Result<SourcePreview> preview(const api::CallContext& context, const std::string& place) = 0;
    virtual Result<std::unique_ptr<api::DataSource>> open(const api::CallContext& context, SourceRequest request) = 0;
};

} // namespace blazedb::views
