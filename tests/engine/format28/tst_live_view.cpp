// A family followed while another process changes it: looked at between any two steps of the writer, by a view that follows, by
// one that only looks when asked, and by ones opened there and then.
#include <random>

#include "engine/format28/live_view.h"
#include "tests/support/fake_clock.h"
#include "tests/support/family_state.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/random_records.h"
#include "tests/support/swift_family_writer.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::format28;
using namespace std::chrono_literals;
using storage::RowChangeKind;
using storage::StoreEventKind;
using tests::stateDifference;
using tests::SwiftFamilyWriter;

namespace {

constexpr const char* kPath = "/data/live.blazedb";

model::Uuid idOf(std::uint8_t number)
{
    model::Uuid id;
    id.bytes[0] = number;
    return id;
}

std::vector<model::Field> fieldsOf(std::size_t textBytes, int revision = 0)
{
    return {{"revision", model::Value(std::int64_t{revision})},
            {"text", model::Value(std::string(textBytes, static_cast<char>('a' + revision % 26)))}};
}

constexpr std::size_t kShort = 100;
constexpr std::size_t kLong = 15'000;   // a chain of three
constexpr std::size_t kLonger = 30'000; // a chain of seven

/// A writer and its disk, with ten records: 1 to 5 short, 6 to 10 long unless told otherwise.
struct Bench {
    tests::MemoryFileSystem files;
    tests::FakeClock clock;
    metrics::CounterSet counters;
    std::unique_ptr<SwiftFamilyWriter> writer;

    explicit Bench(bool hasLongOnes = true)
    {
        clock.advance(3'600s); // the disk's times are those of its first second
        writer = std::make_unique<SwiftFamilyWriter>(files, kPath);
        for (std::uint8_t i = 1; i <= 10; ++i) writer->insert(idOf(i), fieldsOf(i > 5 && hasLongOnes ? kLong : kShort));
    }

    [[nodiscard]] std::unique_ptr<LiveView> view(bool isInUse)
    {
        auto made = std::make_unique<LiveView>(LiveView::Origin{files, clock, counters, writer->paths(), writer->key(), isInUse});
        const auto opened = made->open();
        if (!opened) {
            qWarning("%s", opened.error().message.c_str());
            return nullptr;
        }
        made->follow();
        return made;
    }

    /// Looks as a follower does, a second after the last time.
    LiveView::State look(LiveView& view)
    {
        clock.advance(1s);
        return view.look(LiveView::Depth::Thorough);
    }
};

/// One change to the family, and which rows it changes.
struct Operation {
    const char* name;
    std::function<void(SwiftFamilyWriter&)> prepare; ///< Not looked at step by step.
    std::function<void(SwiftFamilyWriter&)> run;
    std::map<model::Uuid, RowChangeKind> changes;
    bool hasLongOnes = true;
};

std::vector<Operation> operations()
{
    const auto nothing = [](SwiftFamilyWriter&) {};
    const auto inTransaction = [](SwiftFamilyWriter& writer) {
        writer.begin();
        writer.insert(idOf(50), fieldsOf(kShort));
        writer.update(idOf(1), fieldsOf(kShort, 1));
        writer.remove(idOf(2));
        writer.softDelete(idOf(3));
    };
    return {
        {"insert", nothing, [](auto& w) { w.insert(idOf(50), fieldsOf(kShort)); }, {{idOf(50), RowChangeKind::Inserted}}},
        {"insert a long one", nothing, [](auto& w) { w.insert(idOf(50), fieldsOf(kLong)); }, {{idOf(50), RowChangeKind::Inserted}}},
        {"insert into freed pages", [](auto& w) { w.remove(idOf(7)), w.persist(); }, [](auto& w) { w.insert(idOf(50), fieldsOf(kLong)); },
         {{idOf(50), RowChangeKind::Inserted}}},
        {"insert a deleted one again", [](auto& w) { w.remove(idOf(7)); }, [](auto& w) { w.insert(idOf(7), fieldsOf(kShort, 3)); },
         {{idOf(7), RowChangeKind::Inserted}}},
        {"update", nothing, [](auto& w) { w.update(idOf(1), fieldsOf(kShort, 1)); }, {{idOf(1), RowChangeKind::Updated}}},
        {"update to a long one", nothing, [](auto& w) { w.update(idOf(1), fieldsOf(kLong, 1)); }, {{idOf(1), RowChangeKind::Updated}}},
        {"update a long one", nothing, [](auto& w) { w.update(idOf(6), fieldsOf(kLonger, 1)); }, {{idOf(6), RowChangeKind::Updated}}},
        {"update a long one to a short one", nothing, [](auto& w) { w.update(idOf(6), fieldsOf(kShort, 1)); }, {{idOf(6), RowChangeKind::Updated}}},
        {"delete", nothing, [](auto& w) { w.remove(idOf(2)); }, {{idOf(2), RowChangeKind::Removed}}},
        {"delete a long one", nothing, [](auto& w) { w.remove(idOf(8)); }, {{idOf(8), RowChangeKind::Removed}}},
        {"soft delete", nothing, [](auto& w) { w.softDelete(idOf(4)); }, {{idOf(4), RowChangeKind::Updated}}},
        {"persist what was deleted", [](auto& w) { w.remove(idOf(2)); }, [](auto& w) { w.persist(); }, {}},
        {"begin a transaction", nothing, [](auto& w) { w.begin(); }, {}},
        {"change in a transaction", [](auto& w) { w.begin(); },
         [](auto& w) {
             w.insert(idOf(50), fieldsOf(kLong));
             w.update(idOf(1), fieldsOf(kLong, 1));
             w.remove(idOf(8));
         },
         {}},
        {"commit a transaction", inTransaction, [](auto& w) { w.commit(); },
         {{idOf(50), RowChangeKind::Inserted}, {idOf(1), RowChangeKind::Updated}, {idOf(2), RowChangeKind::Removed}, {idOf(3), RowChangeKind::Updated}}},
        {"a whole transaction", nothing,
         [=](auto& w) {
             inTransaction(w);
             w.commit();
         },
         {{idOf(50), RowChangeKind::Inserted}, {idOf(1), RowChangeKind::Updated}, {idOf(2), RowChangeKind::Removed}, {idOf(3), RowChangeKind::Updated}}},
        {"roll a transaction back", inTransaction, [](auto& w) { w.rollback(); }, {}, false},
        {"a whole transaction rolled back", nothing,
         [=](auto& w) {
             inTransaction(w);
             w.rollback();
         },
         {}, false},
        {"vacuum", [](auto& w) { w.remove(idOf(2)); }, [](auto& w) { w.vacuum(); }, {}},
        {"close", nothing, [](auto& w) { w.close(); }, {}},
    };
}

std::map<model::Uuid, RowChangeKind> changesSince(LiveView& view, std::uint64_t sequence)
{
    std::map<model::Uuid, RowChangeKind> changes;
    for (const storage::RowChange& change : view.changes().since(sequence, 0, 1'000).changes) changes[model::Uuid{change.key}] = change.kind;
    return changes;
}

std::vector<StoreEventKind> eventsOf(LiveView& view)
{
    std::vector<StoreEventKind> kinds;
    for (const storage::StoreEvent& event : view.changes().since(0, 0, 0).events) kinds.push_back(event.kind);
    return kinds;
}

bool has(const std::vector<StoreEventKind>& kinds, StoreEventKind kind)
{
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

} // namespace

class TestLiveView final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void betweenAnyTwoStepsACommittedStateIsShown_data()
    {
        QTest::addColumn<int>("operation");
        int number = 0;
        for (const Operation& operation : operations()) QTest::newRow(operation.name) << number++;
    }

    void betweenAnyTwoStepsACommittedStateIsShown()
    {
        QFETCH(int, operation);
        const Operation chosen = operations()[static_cast<std::size_t>(operation)];
        Bench bench(chosen.hasLongOnes);
        chosen.prepare(*bench.writer);
        const auto follower = bench.view(true);
        const auto reader = bench.view(true);
        QVERIFY(follower && reader);
        const std::uint64_t begin = bench.look(*follower).snapshot->sequence();
        const tests::FamilyState before = tests::encodedState(bench.writer->committed());

        struct Seen {
            std::string where;
            tests::ShownState state;
            bool isMarked = false; ///< As being in between.
        };
        // After a crash the Swift library replays its log blindly: deleted records whose pages it logged come back (6.5).
        const auto withoutReturned = [&](tests::FamilyState state) {
            std::erase_if(state, [&](const auto& record) { return record.first < idOf(11) && !before.contains(record.first); });
            return state;
        };
        std::vector<Seen> seen;
        QString failure;
        const auto note = [&](const std::string& where, const storage::RowSnapshot& snapshot, bool isMarked = false) {
            auto shown = tests::shownState(snapshot);
            if (shown && !snapshot.confirm()) failure = QString::fromStdString(where + ": not confirmed");
            if (shown) seen.push_back({where, *std::move(shown), isMarked});
            else failure = QString::fromStdString(where + ": " + shown.error().message);
        };
        bench.writer->setAfterStep([&](std::string_view step) {
            const std::string where(step);
            note(where + ", followed", *bench.look(*follower).snapshot);
            note(where + ", looked at", *reader->look(LiveView::Depth::Glance).snapshot);
            for (const bool isInUse : {true, false}) {
                const auto opened = bench.view(isInUse);
                if (!opened) {
                    failure = QString::fromStdString(where + ": cannot be opened");
                    continue;
                }
                const LiveView::State state = opened->current();
                const auto& findings = state.snapshot->parts().committed.findings;
                note(where + (isInUse ? ", opened" : ", opened after a crash"), *state.snapshot, !isInUse && !findings.empty());
                if (!isInUse && !seen.empty()) seen.back().state.records = withoutReturned(std::move(seen.back().state.records));
            }
            return true;
        });
        chosen.run(*bench.writer);
        bench.writer->setAfterStep({});

        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        QVERIFY(seen.size() >= 4);
        const tests::FamilyState after = tests::encodedState(bench.writer->committed());
        // Several changes one after the other, outside of a transaction, have states in between; none of the operations does that.
        for (const Seen& look : seen) {
            if (look.isMarked) continue;
            QVERIFY2(look.state.problems.empty(), (look.where + ": " + (look.state.problems.empty() ? "" : look.state.problems.front())).c_str());
            const bool isBefore = stateDifference(look.state.records, before).empty();
            const std::string difference = stateDifference(look.state.records, after);
            QVERIFY2(isBefore || difference.empty(), (look.where + ": " + difference).c_str());
        }
        const auto last = tests::shownState(*bench.look(*follower).snapshot);
        QCOMPARE(stateDifference(last->records, after), std::string());
        QVERIFY(changesSince(*follower, begin) == chosen.changes);
        QVERIFY(follower->changes().since(begin, 0, 1'000).isComplete);
        QVERIFY(!follower->condition().isStale);
    }

    void tellsTransactionsAndVacuums()
    {
        Bench bench;
        const auto view = bench.view(true);
        bench.look(*view);

        bench.writer->begin();
        bench.look(*view);
        QVERIFY(has(eventsOf(*view), StoreEventKind::TransactionOpened));
        QCOMPARE(view->condition().findings.size(), std::size_t{1});
        QCOMPARE(view->condition().findings[0].kind, model::FindingKind::TransactionInterrupted);
        bench.writer->update(idOf(1), fieldsOf(kShort, 1));
        bench.writer->commit();
        bench.look(*view);
        QVERIFY(has(eventsOf(*view), StoreEventKind::TransactionEnded));
        QVERIFY(view->condition().findings.empty());
        QVERIFY(!has(eventsOf(*view), StoreEventKind::Rewritten));

        bench.writer->vacuum();
        bench.look(*view);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Rewritten));
        QVERIFY(!has(eventsOf(*view), StoreEventKind::Replaced));
    }

    void aRestoreNamesWhatDiffers()
    {
        Bench bench;
        const auto view = bench.view(true);
        const std::string pages = kPath;
        const std::string catalogue = bench.writer->paths().catalogue();
        const Bytes oldPages = bench.files.content(pages);
        const Bytes oldCatalogue = bench.files.content(catalogue);
        const tests::FamilyState old = tests::encodedState(bench.writer->committed());
        bench.writer->update(idOf(1), fieldsOf(kShort, 1));
        bench.writer->insert(idOf(50), fieldsOf(kShort));
        bench.writer->remove(idOf(2));
        bench.writer->close();
        const std::uint64_t begin = bench.look(*view).snapshot->sequence();

        bench.files.setContent("/data/copy", oldPages);
        bench.files.setContent("/data/copy.meta", oldCatalogue);
        QVERIFY(bench.files.rename("/data/copy.meta", catalogue).has_value());
        QVERIFY(bench.files.rename("/data/copy", pages).has_value());
        const auto shown = tests::shownState(*bench.look(*view).snapshot);

        QCOMPARE(stateDifference(shown->records, old), std::string());
        const std::map<model::Uuid, RowChangeKind> expected{
            {idOf(1), RowChangeKind::Updated}, {idOf(2), RowChangeKind::Inserted}, {idOf(50), RowChangeKind::Removed}};
        QVERIFY(changesSince(*view, begin) == expected);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Replaced));
    }

    void removedFilesLeaveTheLastGoodState()
    {
        Bench bench;
        const auto view = bench.view(true);
        bench.look(*view);
        const tests::FamilyState good = tests::encodedState(bench.writer->committed());

        QVERIFY(bench.files.rename(kPath, "/data/away.blazedb").has_value());
        QVERIFY(bench.files.rename(bench.writer->paths().catalogue(), "/data/away.meta").has_value());
        bench.look(*view);
        const auto state = bench.look(*view);

        QCOMPARE(stateDifference(tests::shownState(*state.snapshot)->records, good), std::string());
        QVERIFY(state.snapshot->confirm().has_value());
        QVERIFY(view->condition().isStale);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Removed));

        QVERIFY(bench.files.rename("/data/away.blazedb", kPath).has_value());
        QVERIFY(bench.files.rename("/data/away.meta", bench.writer->paths().catalogue()).has_value());
        bench.look(*view);
        QVERIFY(!view->condition().isStale);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Recovered));
        QVERIFY(!has(eventsOf(*view), StoreEventKind::Replaced));
    }

    void aMomentWithoutAFileIsNotTold()
    {
        Bench bench;
        const auto view = bench.view(true);
        bench.look(*view);

        const std::string catalogue = bench.writer->paths().catalogue();
        QVERIFY(bench.files.rename(catalogue, "/data/away.meta").has_value());
        view->look(LiveView::Depth::Thorough);
        QVERIFY(view->hasUnfinished());
        QVERIFY(bench.files.rename("/data/away.meta", catalogue).has_value());
        bench.look(*view);

        QVERIFY(eventsOf(*view).empty());
        QVERIFY(!view->condition().isStale);
    }

    void garbageInPlaceOfTheCatalogueIsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("garbage");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("garbage garbage");
        QTest::newRow("another's signature")
            << QByteArray(R"({"encodingFormat":"blazeBinary","layout":{},"secureLayoutVersion":2,"signature":"AAAA","signedPayload":"e30="})");
    }

    void garbageInPlaceOfTheCatalogueIsNotBelieved()
    {
        QFETCH(QByteArray, garbage);
        Bench bench;
        const auto view = bench.view(true);
        const std::uint64_t begin = bench.look(*view).snapshot->sequence();
        const std::string catalogue = bench.writer->paths().catalogue();
        const Bytes sound = bench.files.content(catalogue);

        const ByteView bytes = asBytes(std::string_view(garbage.data(), static_cast<std::size_t>(garbage.size())));
        bench.files.setContent(catalogue, Bytes(bytes.begin(), bytes.end()));
        bench.look(*view);
        // Changes in place are followed all the same.
        bench.writer->update(idOf(1), fieldsOf(kShort, 1));
        const auto state = bench.look(*view);
        const tests::FamilyState expected = tests::encodedState(bench.writer->committed());
        QCOMPARE(stateDifference(tests::shownState(*state.snapshot)->records, expected), std::string());
        QVERIFY(view->condition().isStale);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Damaged));
        QVERIFY(changesSince(*view, begin) == (std::map<model::Uuid, RowChangeKind>{{idOf(1), RowChangeKind::Updated}}));

        bench.files.setContent(catalogue, sound);
        bench.look(*view);
        QVERIFY(!view->condition().isStale);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Recovered));
    }

    void garbageBehindTheLogIsToldAndPassedBy()
    {
        Bench bench;
        const auto view = bench.view(true);
        const std::uint64_t begin = bench.look(*view).snapshot->sequence();
        const std::string log = bench.writer->paths().log();
        Bytes garbled = bench.files.content(log);
        const std::string noise(9'000, '?');
        const ByteView noiseBytes = asBytes(noise);
        garbled.insert(garbled.end(), noiseBytes.begin(), noiseBytes.end());
        bench.files.setContent(log, garbled);
        bench.look(*view);
        QVERIFY(!view->condition().isStale);
        bench.look(*view);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Damaged));

        // The writer appends where it believes the end to be; what it overwrites is whole again, what follows is not.
        bench.writer->update(idOf(1), fieldsOf(kShort, 1));
        bench.writer->update(idOf(2), fieldsOf(kShort, 1));
        const auto state = bench.look(*view);

        const tests::FamilyState expected = tests::encodedState(bench.writer->committed());
        QCOMPARE(stateDifference(tests::shownState(*state.snapshot)->records, expected), std::string());
        const std::map<model::Uuid, RowChangeKind> both{{idOf(1), RowChangeKind::Updated}, {idOf(2), RowChangeKind::Updated}};
        QVERIFY(changesSince(*view, begin) == both);
    }

    void aLogOfGarbageLeavesTheSweep()
    {
        Bench bench;
        const auto view = bench.view(true);
        const std::uint64_t begin = bench.look(*view).snapshot->sequence();
        bench.files.setContent(bench.writer->paths().log(), Bytes(50'000, std::byte{0x55}));
        bench.look(*view);

        bench.writer->update(idOf(1), fieldsOf(kShort, 1)); // logged behind the garbage
        const auto state = bench.look(*view);

        const tests::FamilyState expected = tests::encodedState(bench.writer->committed());
        QCOMPARE(stateDifference(tests::shownState(*state.snapshot)->records, expected), std::string());
        QVERIFY(changesSince(*view, begin) == (std::map<model::Uuid, RowChangeKind>{{idOf(1), RowChangeKind::Updated}}));
    }

    void aLogBegunAnewIsNoticedAtTheSameSize()
    {
        Bench bench(false);
        const auto view = bench.view(true);
        const std::uint64_t begin = bench.look(*view).snapshot->sequence();
        const std::string log = bench.writer->paths().log();
        const std::size_t size = bench.files.content(log).size();

        bench.writer->begin(); // empties the log
        bench.writer->commit();
        std::map<model::Uuid, RowChangeKind> updates;
        for (std::uint8_t i = 1; i <= 10; ++i) {
            bench.writer->update(idOf(i), fieldsOf(kShort, 1));
            updates[idOf(i)] = RowChangeKind::Updated;
        }
        QCOMPARE(bench.files.content(log).size(), size);
        bench.look(*view);

        QVERIFY(changesSince(*view, begin) == updates);
    }

    void whoComesBackHearsOfDeletesMeanwhile()
    {
        Bench bench;
        const auto view = bench.view(true);
        const std::uint64_t begin = bench.look(*view).snapshot->sequence();
        view->unfollow();

        bench.writer->remove(idOf(2));
        // A reader's glance, with no time for a pause between sweeps: cached rows must not outlive their record.
        const auto state = view->look(LiveView::Depth::Glance);

        QVERIFY(changesSince(*view, begin) == (std::map<model::Uuid, RowChangeKind>{{idOf(2), RowChangeKind::Removed}}));
        QCOMPARE(state.snapshot->rowVersion(idOf(2).bytes), state.snapshot->sequence());
    }

    void aCutPageFileIsToldAndTheRestServed()
    {
        Bench bench;
        const auto view = bench.view(true);
        bench.look(*view);
        Bytes pages = bench.files.content(kPath);
        pages.resize(3 * kPageBytes);
        bench.files.setContent(kPath, pages);
        bench.look(*view);
        const auto shown = tests::shownState(*bench.look(*view).snapshot);

        QVERIFY(has(eventsOf(*view), StoreEventKind::Damaged));
        QCOMPARE(shown->records.size(), std::size_t{3}); // records 1 to 3 lie on pages 0 to 2
        QCOMPARE(shown->problems.size(), std::size_t{7});
    }

    void anotherDatabaseUnderTheNameIsNotShown()
    {
        Bench bench;
        const auto view = bench.view(true);
        bench.look(*view);
        const tests::FamilyState good = tests::encodedState(bench.writer->committed());
        SwiftFamilyWriter other(bench.files, "/data/other.blazedb");
        other.insert(idOf(99), fieldsOf(kShort));
        for (const char* extension : {".blazedb", ".meta", ".salt", ".wal"})
            QVERIFY(bench.files.rename(std::string("/data/other") + extension, std::string("/data/live") + extension).has_value());

        bench.look(*view);
        const auto shown = tests::shownState(*bench.look(*view).snapshot);

        QCOMPARE(stateDifference(shown->records, good), std::string());
        QVERIFY(view->condition().isStale);
        QVERIFY(has(eventsOf(*view), StoreEventKind::Damaged));
    }

    void nothingIsReadWhileNothingMoves()
    {
        Bench bench;
        const auto view = bench.view(true);
        const LiveView::State first = bench.look(*view);
        bench.look(*view);
        const LiveView::State second = bench.look(*view);

        QCOMPARE(second.snapshot->sequence(), first.snapshot->sequence());
        QCOMPARE(second.snapshot->parts().catalogue, first.snapshot->parts().catalogue);
        bench.writer->update(idOf(1), fieldsOf(kShort, 1));
        const LiveView::State third = bench.look(*view);
        QVERIFY(third.snapshot->sequence() > first.snapshot->sequence());
        // An update in place does not parse the catalogue, and leaves the versions of the other rows.
        QCOMPARE(third.snapshot->parts().catalogue, first.snapshot->parts().catalogue);
        QCOMPARE(third.snapshot->rowVersion(idOf(2).bytes), first.snapshot->rowVersion(idOf(2).bytes));
        QCOMPARE(third.snapshot->rowVersion(idOf(1).bytes), third.snapshot->sequence());
    }

    /// A writer that does anything in any order: what is told is enough to keep a copy, and equal versions are equal records.
    void whatIsToldKeepsACopyTrue()
    {
        const std::uint64_t seed = tests::testSeed();
        std::mt19937_64 random(seed);
        const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
        Bench bench(false);
        const auto view = bench.view(true);
        tests::FamilyState copy = tests::shownState(*bench.look(*view).snapshot)->records;
        std::uint64_t sequence = view->current().snapshot->sequence();
        std::map<model::Uuid, std::pair<std::uint64_t, Bytes>> versions;
        std::uint8_t next = 20;
        SwiftFamilyWriter& writer = *bench.writer;

        for (int turn = 0; turn < 600; ++turn) {
            const auto anyId = [&] {
                auto record = writer.working().begin();
                std::advance(record, static_cast<std::ptrdiff_t>(below(writer.working().size())));
                return record->first;
            };
            const std::size_t size = writer.isInTransaction() ? kShort : below(8) == 0 ? kLong : kShort;
            const bool isEmpty = writer.working().empty();
            switch (below(14)) {
            case 0:
            case 1:
            case 2:
                while (writer.working().contains(idOf(next))) ++next;
                if (writer.working().size() < 200) writer.insert(idOf(next++), fieldsOf(size, turn));
                break;
            case 3:
                if (!isEmpty) writer.remove(anyId());
                break;
            case 4:
                if (!isEmpty) writer.softDelete(anyId());
                break;
            case 5:
                if (below(4) == 0) writer.persist();
                break;
            case 6: {
                const bool allShort = std::all_of(writer.working().begin(), writer.working().end(),
                                                  [](const auto& record) { return record.second.size() < 2 || record.second[1].value.template as<std::string>()->size() == kShort; });
                if (writer.isInTransaction()) below(2) == 0 ? writer.commit() : writer.rollback();
                else if (allShort && below(3) == 0) writer.begin();
                break;
            }
            case 7:
                if (below(10) == 0 && !writer.isInTransaction()) writer.vacuum();
                break;
            default:
                if (!isEmpty) writer.update(anyId(), fieldsOf(size, turn));
                break;
            }
            if (below(3) != 0) continue;

            const auto snapshot = bench.look(*view).snapshot;
            const auto shown = tests::shownState(*snapshot);
            const storage::RowNews news = view->changes().since(sequence, 0, 100'000);
            QVERIFY2(shown && shown->problems.empty(), qPrintable(QStringLiteral("seed %1, turn %2").arg(seed).arg(turn)));
            QVERIFY(news.isComplete);
            for (const storage::RowChange& change : news.changes) {
                const auto row = shown->records.find(model::Uuid{change.key});
                if (row == shown->records.end()) copy.erase(model::Uuid{change.key});
                else copy[row->first] = row->second;
            }
            sequence = news.sequence;
            const tests::FamilyState expected = tests::encodedState(writer.committed());
            const std::string where = " with seed " + std::to_string(seed) + " at turn " + std::to_string(turn);
            const std::string difference = stateDifference(shown->records, expected);
            QVERIFY2(difference.empty(), ("shown: " + difference + where).c_str());
            const std::string lag = stateDifference(copy, expected);
            QVERIFY2(lag.empty(), ("copy: " + lag + where).c_str());
            for (const auto& [id, bytes] : shown->records) {
                const std::uint64_t version = snapshot->rowVersion(id.bytes);
                const auto [known, isNew] = versions.try_emplace(id, version, bytes);
                QVERIFY2(isNew || known->second.first != version || known->second.second == bytes, where.c_str());
                known->second = {version, bytes};
            }
        }
    }
};

BLAZEDB_REGISTER_TEST(TestLiveView);
#include "tst_live_view.moc"
