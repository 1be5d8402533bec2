// The figures of a 2.8 family as typed samples, each with what it means; and for what this form of file cannot tell,
// the reason. Which of the Swift library's figures are wrong, and why ours differ: semantics specification, HM-1 to HM-5.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/format28/family_snapshot.h"
#include "engine/format28/family_store.h"
#include "engine/local/family_facts.h"
#include "engine/model/metric_sample.h"

namespace blazedb::local {

/// What one look at a family saw.
struct FamilyMeasure {
    const format28::ViewParts& view;
    CataloguePages pages;
    std::vector<format28::FamilyPart> parts;
    std::uint64_t logEntriesSeen = 0;
    std::uint64_t catalogueSavesSeen = 0;

    [[nodiscard]] const format28::FamilyPart* part(std::string_view role) const;
    [[nodiscard]] std::uint64_t bytesOf(std::string_view role) const; ///< 0 when there is no such part.
    [[nodiscard]] std::uint64_t totalBytes() const;
};

/// Pure, but for asking the system who holds the lock.
std::vector<model::MetricSample> familySamples(const FamilyMeasure& measure, const StoreFigures& figures);

} // namespace blazedb::local
