// What changed in a source, told as it happens: live refresh, undo history and synchronisation use it.
//
// How to follow a source in a view:
//   1. watch() first, then query. Every window bears a sequence; a change with sequence s is in every window whose sequence is
//      at least s. A change that is told and a window that is older: ask for the window again.
//   2. On each ChangeBatch reload what is shown and touched: the rows whose ids it names, and the visible windows when its
//      changes insert or remove records or may move them. `isEverything` means: reload all that is shown.
//      Records unchanged since the last reload come from memory; unsorted and sorted results are brought up to date, not made
//      anew, as long as the changes in between are known.
//   3. Pause: destroy the subscription and remember the last batch's `sequence` and `event`. Resume: watch() with both in
//      WatchOptions; the first batch tells all that happened meanwhile, or says isEverything.
//   4. A source that cannot be followed has no Changes facet (DataSource::changes() is null): poll instead.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/subscription.h"
#include "engine/model/batch.h"
#include "engine/model/finding.h"

namespace blazedb::api {

/// Something that happened to the source as a whole.
struct SourceEvent {
    enum class Kind {
        TransactionOpened, ///< Another process began an explicit transaction; the state before it is shown until it ends.
        TransactionEnded,  ///< It was committed (its changes are told) or rolled back (nothing changed).
        Rewritten,         ///< A new file with the same records, as by a vacuum. Nothing to reload.
        Replaced,          ///< A new file with other records, as by a restore. What differs is told, or isEverything.
        Removed,           ///< A file is gone. The last good state is served; Recovered follows if it comes back.
        Damaged,           ///< A file became unreadable, untrustworthy or too short. The last good state is served as far as can be.
        Recovered,         ///< What Removed or Damaged told is over.
    };
    Kind kind = Kind::Recovered;
    model::Finding finding; ///< What happened and what to do, in English; kind and severity for the view's own words.
    std::chrono::system_clock::time_point time;
};

/// What happened since the batch before.
struct ChangeBatch {
    /// The state it leads to; goes into WatchOptions::after or since() to go on from here.
    std::uint64_t sequence = 0;
    std::uint64_t event = 0; ///< Number of the last event told; goes along with `sequence`.
    /// Ascending by sequence; each record once, with what its changes come to.
    std::vector<model::Change> changes;
    /// More records may have changed than `changes` names: after a pause that was too long, a replaced file, or over `changesMax`.
    bool isEverything = false;
    std::uint64_t coalesced = 0; ///< Changes that are not listed because a later one of the same record is.
    std::uint64_t dropped = 0;   ///< Changes that are not listed because of changesMax; isEverything is set then.
    std::vector<SourceEvent> events;
};

/// How the served state relates to the source right now.
struct ChangeStatus {
    std::uint64_t sequence = 0;
    /// The source cannot be read at the moment; the last good state, of `goodAt`, is served.
    bool isStale = false;
    std::chrono::system_clock::time_point goodAt;
    /// Why it is stale; also "a transaction is open; the state before it is shown" and other remarks on being in between.
    std::vector<model::Finding> findings;
};

struct WatchOptions {
    /// Where to go on, both from one earlier batch. nullopt: from now on.
    std::optional<std::uint64_t> after;
    std::uint64_t afterEvent = 0;
    /// More changes in one batch are counted in `dropped`, not listed. 1,000 ten times a second is what a view can show.
    std::size_t changesMax = 1'000;
    /// Batches come at most this often; what happens in between is coalesced. At least 50 ms, at most 10 s.
    std::chrono::milliseconds interval{100};
};

/// Any thread.
class Changes {
public:
    /// Runs on a thread of the source, one call at a time, also for several subscriptions: hand over and return. Never called
    /// with an empty batch, but for the first one when `after` was given: it always comes, so that one knows one is up to date.
    /// Must not destroy its own subscription and must not throw.
    using Sink = std::function<void(const ChangeBatch&)>;

    virtual ~Changes() = default;

    /// What happened after a batch or window with this sequence, looking at the source now. At most `changesMax` changes, the
    /// newest; isEverything when the source no longer knows them all (a local file remembers some 50,000) or the sequence is not
    /// of this opening of the source. Events are not repeated here. Errors: Cancelled, DeadlineExceeded, Io, Unavailable.
    virtual Result<ChangeBatch> since(const CallContext& context, std::uint64_t sequence, std::size_t changesMax) = 0;

    /// Delivers until the subscription is destroyed. The first watch of a local file reads the beginning of every record's page
    /// once (on a thread of the source, half a microsecond each) and tells isEverything once, for what changed between the first
    /// query and the watch is not known.
    /// Errors: Unsupported (a rescue view, which never changes), InvalidArgument (an interval or bound that makes no sense).
    virtual Result<std::unique_ptr<Subscription>> watch(WatchOptions options, Sink sink) = 0;

    /// Never blocks on the source. As of the last look that a watcher, a query or since() took.
    virtual ChangeStatus status() = 0;
};

} // namespace blazedb::api
