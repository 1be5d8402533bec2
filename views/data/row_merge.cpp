#include "views/data/row_merge.h"

#include <algorithm>
#include <unordered_map>

namespace blazedb::views {
namespace {

struct Pair {
    int before = -1;
    int after = -1;
};

/// Rows of both states with the same record, in an order that ascends on both sides: the longest such run.
std::vector<Pair> keptRows(const KnownRows& before, const KnownRows& after)
{
    std::unordered_map<model::Uuid, int, model::UuidHash> places;
    for (const KnownRow& known : after.rows) places.emplace(known.id, known.row);
    std::vector<Pair> pairs;
    for (const KnownRow& known : before.rows) {
        if (const auto place = places.find(known.id); place != places.end()) pairs.push_back({known.row, place->second});
    }
    // Longest ascending subsequence: `ends[n]` is the pair with the least end of all runs of n + 1 pairs.
    std::vector<std::size_t> ends;
    std::vector<std::size_t> previous(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto end = std::lower_bound(ends.begin(), ends.end(), pairs[i].after, [&](std::size_t e, int row) { return pairs[e].after < row; });
        previous[i] = end == ends.begin() ? pairs.size() : *std::prev(end);
        if (end == ends.end()) ends.push_back(i);
        else *end = i;
    }
    std::vector<Pair> kept;
    for (std::size_t i = ends.empty() ? pairs.size() : ends.back(); i < pairs.size(); i = previous[i]) kept.push_back(pairs[i]);
    std::reverse(kept.begin(), kept.end());
    return kept;
}

/// The known rows strictly between two rows.
std::vector<KnownRow> between(const std::vector<KnownRow>& rows, int from, int to)
{
    const auto isBefore = [](const KnownRow& known, int row) { return known.row < row; };
    return {std::lower_bound(rows.begin(), rows.end(), from + 1, isBefore), std::lower_bound(rows.begin(), rows.end(), to, isBefore)};
}

} // namespace

RowMerge mergeRows(const KnownRows& before, const KnownRows& after)
{
    RowMerge merge;
    std::vector<Pair> kept = keptRows(before, after);
    kept.push_back({before.count, after.count});
    Pair last;
    const auto step = [&merge](RowStep::Kind kind, int first, int count) {
        if (count > 0) merge.steps.push_back({kind, first, count});
    };
    for (const Pair& next : kept) {
        const int oldGap = next.before - last.before - 1;
        const int newGap = next.after - last.after - 1;
        const std::vector<KnownRow> oldKnown = between(before.rows, last.before, next.before);
        const std::vector<KnownRow> newKnown = between(after.rows, last.after, next.after);
        const int first = last.after + 1;
        if (static_cast<int>(oldKnown.size()) == oldGap && static_cast<int>(newKnown.size()) == newGap) {
            step(RowStep::Kind::Remove, first, oldGap);
            step(RowStep::Kind::Insert, first, newGap);
            for (const KnownRow& known : oldKnown) merge.removed.insert(known.id);
            for (const KnownRow& known : newKnown) merge.inserted.insert(known.id);
        } else if (newGap > oldGap) {
            step(RowStep::Kind::Insert, first + oldGap, newGap - oldGap);
        } else {
            step(RowStep::Kind::Remove, first + newGap, oldGap - newGap);
        }
        last = next;
    }
    // A record that only changed its place is neither new nor gone.
    for (auto id = merge.inserted.begin(); id != merge.inserted.end();) {
        if (merge.removed.erase(*id) > 0) id = merge.inserted.erase(id);
        else ++id;
    }
    return merge;
}

} // namespace blazedb::views
