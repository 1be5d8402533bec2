// What a native file knows of itself: description, indexes, figures, check.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/local/native_file.h"
#include "engine/local/observed_documents.h"
#include "engine/local/store_facts.h"

namespace blazedb::local {

/// "orders" of "/home/me/orders.blaze".
std::string nativeName(const std::string& path);

/// Any thread.
class NativeFacts final : public StoreFacts {
public:
    /// Borrows all but the outline, which is that of the file when it was opened.
    NativeFacts(ObservedDocuments& documents, FileSystem& files, const Clock& clock, NativeOutline outline);

    api::SourceDescription describe() const override;
    std::vector<model::Finding> openingFindings() const override { return m_outline.findings; }
    std::vector<model::IndexDescription> indexes() const override;
    StoreFigures figures() override;
    Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth depth) override;

private:
    ObservedDocuments& m_documents;
    FileSystem& m_files;
    const Clock& m_clock;
    const NativeOutline m_outline;
};

} // namespace blazedb::local
