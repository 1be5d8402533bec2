// A LocalSource over rows in memory: the whole path from facet to row without a file.
#pragma once

#include <memory>
#include <vector>

#include "engine/api/data_source.h"
#include "engine/base/clock.h"
#include "engine/local/store_facts.h"
#include "tests/support/memory_row_store.h"

namespace blazedb::tests {

/// What the store of such a source says of itself; tests set it before they hand it over.
struct MemoryFacts {
    std::vector<model::Finding> openingFindings;
    std::vector<model::IndexDescription> indexes;
    local::StoreFigures figures;
    api::VerifyReport report;
};

/// Facts that say just this.
std::unique_ptr<local::StoreFacts> fixedFacts(MemoryFacts facts);

/// A source with the store it reads from; the store stays valid as long as the source.
struct MemoryDatabase {
    std::unique_ptr<api::DataSource> source;
    MemoryRowStore* store = nullptr;
};

MemoryDatabase openInMemory(std::vector<StoredRow> rows, MemoryFacts facts = {},
                            const Clock& clock = systemClock());
MemoryDatabase openInMemory(const std::vector<model::Record>& records);

} // namespace blazedb::tests
