// A power cut leaves whole transactions: rows, their names and their keys together, and nothing acknowledged is missing.
#include <map>
#include <random>

#include "tests/support/document_fixture.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::tests;
using model::Value;

namespace {

/// What was acknowledged, and when.
struct Acknowledged {
    std::size_t operations = 0; ///< Of the disk, when it was.
    std::map<model::Uuid, std::int64_t> content;
};

std::map<model::Uuid, std::int64_t> contentOf(const documents::DocumentView& view)
{
    std::map<model::Uuid, std::int64_t> content;
    const documents::CollectionView* collection = view.collection("c");
    if (collection == nullptr) return content;
    const auto version = collection->names().find("version");
    documents::DocumentCursor cursor = collection->cursor();
    for (bool isOn = *cursor.first(); isOn; isOn = *cursor.next()) {
        auto found = *collection->find(cursor.id());
        content[cursor.id()] = (*found->value(*version))->integer();
    }
    return content;
}

} // namespace

class TestDocumentCrash final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesWholeTransactions()
    {
        const std::uint64_t seed = testSeed();
        std::mt19937_64 random(seed);
        DocumentFixture fixture({}, tightOptions());
        QVERIFY(fixture.documents->createIndex("c", "version"));
        std::vector<Acknowledged> history{{fixture.disk.operationCount(), {}}};
        for (int round = 0; round < 25; ++round) {
            const auto transaction = *fixture.documents->begin(round % 6 == 5 ? txn::Isolation::Bulk : txn::Isolation::Snapshot);
            auto content = history.back().content;
            for (std::size_t i = 1 + random() % 4; i > 0; --i) {
                const auto number = static_cast<std::uint32_t>(random() % 12);
                if (random() % 5 == 0) {
                    QVERIFY(transaction->erase("c", documentId(number)));
                    content.erase(documentId(number));
                    continue;
                }
                // A new name every time: it must be there whenever the row is.
                const auto version = static_cast<std::int64_t>(random() % 1'000);
                QVERIFY(transaction->put("c", document(number, {{"version", Value(version)}, {"name" + std::to_string(random() % 40), Value(std::string(random() % 200, 'x'))}})));
                content[documentId(number)] = version;
            }
            const auto committed = transaction->commit();
            // With so little memory the commit of new names may go to the pages, which ends older transactions: nothing of this one may show.
            if (!committed && committed.error().code == ErrorCode::Conflict) continue;
            QVERIFY2(committed, qPrintable(QStringLiteral("seed %1").arg(seed)));
            history.push_back({fixture.disk.operationCount(), std::move(content)});
        }
        QVERIFY(history.size() > 15);

        int cuts = 0;
        for (std::size_t cut = history.front().operations; cut <= fixture.disk.operationCount(); ++cut) {
            for (const CutMode mode : kCutModes) {
                SimulatedDisk left(fixture.disk.afterCut(cut, mode, random));
                SeededRandom fresh(seed + cut);
                const QString place = QStringLiteral("seed %1, cut after operation %2, mode %3").arg(seed).arg(cut).arg(static_cast<int>(mode));
                const auto store = openOn(left, fresh);
                QVERIFY2(store.has_value(), qPrintable(place));
                txn::Transactions transactions(**store, systemClock());
                const auto documents = documents::DocumentStore::open(**store, transactions);
                QVERIFY2(documents.has_value(), qPrintable(place));
                const auto view = *(*documents)->view();
                QVERIFY2(faultOf(*view).empty(), qPrintable(place + QStringLiteral(": ") + QString::fromStdString(faultOf(*view))));
                std::size_t acknowledged = 0;
                while (acknowledged + 1 < history.size() && history[acknowledged + 1].operations <= cut) ++acknowledged;
                const auto content = contentOf(*view);
                // The next one may have become durable without having been acknowledged.
                const bool isNext = acknowledged + 1 < history.size() && content == history[acknowledged + 1].content;
                QVERIFY2(content == history[acknowledged].content || isNext, qPrintable(place));
                ++cuts;
            }
        }
        QVERIFY(cuts > 200);
    }
};
BLAZEDB_REGISTER_TEST(TestDocumentCrash);
#include "tst_document_crash.moc"
