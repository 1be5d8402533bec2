// Lines into a native file: what is committed when, what is reported, what a bad line leaves.
#include <set>

#include "engine/local/native_import.h"
#include "tests/engine/local/native_folder.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::local;
using tests::NativeFolder;

namespace {

constexpr const char* kFirst = "{\"id\":\"00000000-0000-4000-8000-000000000001\",\"n\":1}";
constexpr const char* kFirstInAnotherOrder = "{\"n\":1,\"id\":{\"$uuid\":\"00000000-0000-4000-8000-000000000001\"}}";
constexpr const char* kFirstChanged = "{\"id\":\"00000000-0000-4000-8000-000000000001\",\"n\":1.5}";
constexpr const char* kSecond = "{\"id\":\"00000000-0000-4000-8000-000000000002\"}";

std::uint64_t countOf(NativeDocuments& documents)
{
    const auto view = documents.documents().view();
    const auto* collection = view ? (*view)->collection(model::kDefaultCollection) : nullptr;
    return collection == nullptr ? 0 : collection->count();
}

} // namespace

class TestNativeImport final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commitsAllAtOnceUnlessAskedOtherwise()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        NativeImport import((*file)->documents(), systemRandom(), {});

        for (int i = 0; i < 10; ++i) QVERIFY(import.line("{\"n\":1}").has_value());
        QCOMPARE(countOf(**file), std::uint64_t{0});
        QCOMPARE(import.committed().total(), std::uint64_t{0});
        QVERIFY(import.finish().has_value());

        QCOMPARE(countOf(**file), std::uint64_t{10});
        QCOMPARE(import.committed().inserted, std::uint64_t{10});
    }

    void reportsEachCommitOnceItIsThere()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        std::vector<std::size_t> reports;
        std::set<model::Uuid> ids;
        NativeImport import((*file)->documents(), systemRandom(), {.commitEvery = 3}, [&](const std::vector<model::Uuid>& committed) -> Result<void> {
            reports.push_back(committed.size());
            ids.insert(committed.begin(), committed.end());
            if (countOf(**file) != ids.size()) return Error{ErrorCode::Internal, "reported before it was there"};
            return {};
        });

        for (int i = 0; i < 8; ++i) QVERIFY(import.line("{\"n\":1}").has_value());
        QVERIFY(import.finish().has_value());

        QCOMPARE(reports, (std::vector<std::size_t>{3, 3, 2}));
        QCOMPARE(ids.size(), std::size_t{8});
    }

    void aBadLineLeavesWhatWasCommittedAndNothingElse()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        NativeImport import((*file)->documents(), systemRandom(), {.commitEvery = 2});
        for (int i = 0; i < 3; ++i) QVERIFY(import.line("{\"n\":1}").has_value());

        const auto bad = import.line("{");

        QCOMPARE(bad.error().code, ErrorCode::InvalidArgument);
        QVERIFY(bad.error().message.starts_with("line 4: "));
        QCOMPARE(countOf(**file), std::uint64_t{2});
    }

    void sameContentIsNoConflictWhateverItsOrder()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        NativeImport import((*file)->documents(), systemRandom(), {});

        QVERIFY(import.line(kFirst).has_value());
        QVERIFY(import.line(kFirstInAnotherOrder).has_value());
        QVERIFY(import.line(kSecond).has_value());
        QVERIFY(import.finish().has_value());

        QCOMPARE(import.committed().inserted, std::uint64_t{2});
        QCOMPARE(import.committed().unchanged, std::uint64_t{1});
    }

    void otherContentIsOneUnlessItReplaces()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        {
            NativeImport import((*file)->documents(), systemRandom(), {});
            QVERIFY(import.line(kFirst).has_value());
            QCOMPARE(import.line(kFirstChanged).error().code, ErrorCode::AlreadyExists);
        }
        QCOMPARE(countOf(**file), std::uint64_t{0});
        NativeImport import((*file)->documents(), systemRandom(), {.isReplacing = true});

        QVERIFY(import.line(kFirst).has_value());
        QVERIFY(import.line(kFirstChanged).has_value());
        QVERIFY(import.finish().has_value());

        const auto record = (*file)->documents().get(model::kDefaultCollection, *model::Uuid::parse("00000000-0000-4000-8000-000000000001"));
        QVERIFY(record.has_value());
        QVERIFY(record->find("n")->value.isIdenticalTo(model::Value(1.5)));
        QCOMPARE(import.committed().replaced, std::uint64_t{1});
    }

    void anErrorOfWhoListensEndsItAfterTheCommit()
    {
        const NativeFolder folder;
        const auto file = folder.open();
        NativeImport import((*file)->documents(), systemRandom(), {.commitEvery = 1},
                            [](const std::vector<model::Uuid>&) -> Result<void> { return Error{ErrorCode::Io, "nobody reads"}; });

        QCOMPARE(import.line(kFirst).error().code, ErrorCode::Io);

        QCOMPARE(import.committed().inserted, std::uint64_t{1});
        QCOMPARE(countOf(**file), std::uint64_t{1});
    }

    void newIdsAreRandomOfVersionFour()
    {
        std::set<model::Uuid> ids;
        for (int i = 0; i < 1000; ++i) {
            const auto id = newRecordId(systemRandom());
            QVERIFY(id.has_value());
            QCOMPARE(id->toString()[14], '4');
            QVERIFY(std::string("89AB").find(id->toString()[19]) != std::string::npos);
            ids.insert(*id);
        }
        QCOMPARE(ids.size(), std::size_t{1000});
    }
};

BLAZEDB_REGISTER_TEST(TestNativeImport);
#include "tst_native_import.moc"
