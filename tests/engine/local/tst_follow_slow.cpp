// Long runs of following: a writer that does anything for 20 seconds, and memory over 100,000 changes.
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <malloc.h>
#include <unistd.h>

#include "engine/api/changes.h"
#include "engine/api/records.h"
#include "engine/format28/live_view.h"
#include "engine/local/opener.h"
#include "tests/support/fake_clock.h"
#include "tests/support/family_state.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/random_records.h"
#include "tests/support/swift_family_writer.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace std::chrono_literals;
using tests::SwiftFamilyWriter;

namespace {

constexpr std::size_t kShort = 100;

model::Uuid idOf(std::uint64_t number)
{
    std::mt19937_64 random(number);
    model::Uuid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
    return id;
}

std::vector<model::Field> fieldsOf(std::size_t textBytes, std::uint64_t revision)
{
    return {{"revision", model::Value(static_cast<std::int64_t>(revision))}, {"text", model::Value(std::string(textBytes, 'x'))}};
}

/// A copy of the records that is kept by what is told, as a view would.
class Copy {
public:
    explicit Copy(api::DataSource& source)
        : m_source(source)
    {
    }
    api::Changes::Sink sink()
    {
        return [this](const api::ChangeBatch& batch) {
            {
                const std::lock_guard lock(m_mutex);
                m_isEverything = m_isEverything || batch.isEverything;
                for (const model::Change& change : batch.changes) m_touched.push_back(change.id);
                ++m_batches;
            }
            m_arrived.notify_all();
        };
    }
    /// Takes over what was told until the copy is `expected`; what differs after the time is out.
    std::string differenceAfter(const tests::FamilyState& expected, std::chrono::milliseconds atMost)
    {
        const auto end = std::chrono::steady_clock::now() + atMost;
        for (;;) {
            const std::uint64_t seen = takeOver();
            std::string difference = tests::stateDifference(m_records, expected);
            if (difference.empty()) return difference;
            std::unique_lock lock(m_mutex);
            if (!m_arrived.wait_until(lock, end, [&] { return m_batches != seen; })) return difference;
        }
    }

private:
    std::uint64_t takeOver()
    {
        std::vector<model::Uuid> touched;
        bool isEverything = false;
        std::uint64_t batches = 0;
        {
            const std::lock_guard lock(m_mutex);
            touched.swap(m_touched);
            isEverything = std::exchange(m_isEverything, false);
            batches = m_batches;
        }
        if (isEverything) {
            m_records.clear();
            model::Query all;
            all.deleted = model::DeletedRecords::Included;
            const auto window = m_source.records().query({}, all, {0, 100'000, api::kWholeValues});
            if (window)
                for (const api::RecordRow& row : window->rows) put(row.record);
        }
        for (const model::Uuid& id : touched) {
            const auto row = m_source.records().record({}, id);
            if (row) put(row->record);
            else m_records.erase(id);
        }
        return batches;
    }
    void put(const model::Record& record)
    {
        std::vector<model::Field> fields = record.fields;
        std::erase_if(fields, [](const model::Field& field) { return field.name == "id"; });
        m_records[record.id] = tests::encodedState({{record.id, fields}}).begin()->second;
    }

    api::DataSource& m_source;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<model::Uuid> m_touched;
    bool m_isEverything = true;
    std::uint64_t m_batches = 0;
    tests::FamilyState m_records;
};

/// Does anything, in any order. Thread-safety: none; one owner.
class RandomWriter {
public:
    RandomWriter(SwiftFamilyWriter& writer, std::uint64_t seed)
        : m_writer(writer)
        , m_random(seed)
    {
    }
    void write()
    {
        const std::size_t size = !m_writer.isInTransaction() && below(50) == 0 ? 15'000 : kShort;
        switch (below(20)) {
        case 0:
        case 1:
        case 2:
            ++m_last;
            m_writer.insert(idOf(m_last), fieldsOf(size, m_last));
            break;
        case 3: m_writer.remove(anyId()); break;
        case 4: m_writer.softDelete(anyId()); break;
        case 5:
            if (m_writer.isInTransaction()) m_writer.commit();
            else if (below(10) == 0) m_writer.begin();
            break;
        case 6:
            if (below(100) == 0 && !m_writer.isInTransaction()) m_writer.vacuum();
            break;
        default: m_writer.update(anyId(), fieldsOf(size, ++m_last)); break;
        }
    }

private:
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(m_random() % end); }
    model::Uuid anyId()
    {
        auto record = m_writer.working().begin();
        std::advance(record, static_cast<std::ptrdiff_t>(below(m_writer.working().size())));
        return record->first;
    }

    SwiftFamilyWriter& m_writer;
    std::mt19937_64 m_random;
    std::uint64_t m_last = 1'000'000;
};

double residentMegabytes()
{
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long all = 0;
    long resident = 0;
    if (file && std::fscanf(file, "%ld %ld", &all, &resident) != 2) resident = 0;
    if (file) std::fclose(file);
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE)) / 1e6;
}

} // namespace

class TestFollowSlow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCopyIsTrueAtEveryQuietMoment()
    {
        const std::uint64_t seed = tests::testSeed();
        QTemporaryDir folder;
        SwiftFamilyWriter writer(localFileSystem(), folder.filePath(QStringLiteral("app.blazedb")).toStdString());
        SwiftFamilyWriter::Records records;
        for (std::uint64_t i = 0; i < 2'000; ++i) records[idOf(i)] = fieldsOf(kShort, i);
        QVERIFY(writer.insertMany(records));
        local::Opener opener;
        auto source = opener.open({}, {writer.paths().pages, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe});
        QVERIFY(source.has_value());
        Copy copy(**source);
        const auto subscription = (*source)->changes()->watch({}, copy.sink());
        QVERIFY(subscription.has_value());
        std::atomic<int> failures{0};
        std::jthread reader([&](const std::stop_token& stop) { // a view that reads all the while
            model::Query sorted;
            sorted.order = {{"revision", true}};
            while (!stop.stop_requested()) {
                const auto window = (*source)->records().query({}, sorted, {0, 200});
                if (!window && window.error().code != ErrorCode::Unavailable) ++failures;
            }
        });

        int quietMoments = 0;
        QElapsedTimer timer;
        timer.start();
        RandomWriter random(writer, seed);
        while (!timer.hasExpired(20'000)) {
            QElapsedTimer busy;
            busy.start();
            while (!busy.hasExpired(300)) random.write();
            const std::string difference = copy.differenceAfter(tests::encodedState(writer.committed()), 5s);
            QVERIFY2(difference.empty(), (difference + " with seed " + std::to_string(seed)).c_str());
            ++quietMoments;
        }
        reader = {};
        QVERIFY(quietMoments >= 10);
        QCOMPARE(failures.load(), 0);
    }

    void memoryStaysFlatOverManyChanges()
    {
        tests::MemoryFileSystem files;
        tests::FakeClock clock;
        clock.advance(3'600s);
        metrics::CounterSet counters;
        SwiftFamilyWriter writer(files, "/data/flat.blazedb");
        SwiftFamilyWriter::Records records;
        for (std::uint64_t i = 0; i < 1'000; ++i) records[idOf(i)] = fieldsOf(kShort, i);
        QVERIFY(writer.insertMany(records));
        format28::LiveView view({files, clock, counters, writer.paths(), writer.key(), true});
        QVERIFY(view.open().has_value());
        view.follow();
        std::mt19937_64 random(28);
        std::uint64_t sequence = 0;
        const auto change = [&](int count) {
            for (int i = 1; i <= count; ++i) {
                writer.update(idOf(random() % 1'000), fieldsOf(kShort, random()));
                if (i % 2'000 == 0) { // the log is emptied, as the app does it
                    writer.begin();
                    writer.commit();
                }
                if (i % 25 != 0) continue;
                clock.advance(100ms);
                view.look(format28::LiveView::Depth::Thorough);
                sequence = view.changes().since(sequence, 0, 1'000).sequence;
            }
            ::malloc_trim(0);
        };
        change(60'000); // fills the ring of changes
        const double before = residentMegabytes();

        change(100'000);

        const double grown = residentMegabytes() - before;
        qInfo("grown by %.1f MB", grown);
        QVERIFY(grown < 5);
        QCOMPARE(tests::stateDifference(tests::shownState(*view.current().snapshot)->records, tests::encodedState(writer.committed())), std::string());
    }
};

BLAZEDB_REGISTER_TEST(TestFollowSlow);
#include "tst_follow_slow.moc"
