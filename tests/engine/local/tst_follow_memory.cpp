// A day of following, accelerated: what is held afterwards is what was held after the warm-up. The bar is 5 MB.
// Memory is the resident set after malloc_trim, so what the allocator keeps for later is not counted.
#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

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
#include "tests/support/swift_family_writer.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace std::chrono_literals;
using tests::SwiftFamilyWriter;

namespace {

constexpr double kGrownMegabytesMax = 5;
constexpr std::uint64_t kRecords = 1'000;
constexpr std::size_t kTextBytes = 100;

model::Uuid idOf(std::uint64_t number)
{
    std::mt19937_64 random(number);
    model::Uuid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
    return id;
}

std::vector<model::Field> fieldsOf(std::uint64_t revision)
{
    return {{"revision", model::Value(static_cast<std::int64_t>(revision))}, {"text", model::Value(std::string(kTextBytes, 'x'))}};
}

double residentMegabytes()
{
    ::malloc_trim(0);
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long all = 0;
    long resident = 0;
    if (file && std::fscanf(file, "%ld %ld", &all, &resident) != 2) resident = 0;
    if (file) std::fclose(file);
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Points of a curve that is to be flat behind its beginning.
class MemoryCurve {
public:
    void add() { m_points.push_back(residentMegabytes()); }
    /// The highest point after the first `warmUp` of them, above the first that counts.
    [[nodiscard]] double grownAfter(std::size_t warmUp) const
    {
        return *std::max_element(m_points.begin() + static_cast<std::ptrdiff_t>(warmUp), m_points.end()) - m_points[warmUp];
    }
    [[nodiscard]] QString text() const
    {
        QStringList points;
        for (const double point : m_points) points << QString::number(point, 'f', 1);
        return points.join(QLatin1Char(' '));
    }

private:
    std::vector<double> m_points;
};

/// Updates and now and then another record in the place of one. Thread-safety: none; one owner.
class SteadyApp {
public:
    explicit SteadyApp(SwiftFamilyWriter& writer)
        : m_writer(writer)
    {
        SwiftFamilyWriter::Records records;
        for (std::uint64_t i = 0; i < kRecords; ++i) {
            m_ids.push_back(idOf(i));
            records[m_ids.back()] = fieldsOf(i);
        }
        m_writer.insertMany(records);
    }
    void update(int count)
    {
        for (int i = 0; i < count; ++i) m_writer.update(m_ids[m_random() % m_ids.size()], fieldsOf(m_random()));
    }
    void exchangeOne()
    {
        model::Uuid& id = m_ids[m_random() % m_ids.size()];
        m_writer.remove(id);
        id = idOf(m_nextId++);
        m_writer.insert(id, fieldsOf(m_nextId));
    }
    void emptyLog()
    {
        m_writer.begin();
        m_writer.commit();
    }

private:
    SwiftFamilyWriter& m_writer;
    std::mt19937_64 m_random{28};
    std::vector<model::Uuid> m_ids;
    std::uint64_t m_nextId = kRecords;
};

} // namespace

class TestFollowMemory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// 86,400 seconds of an injected clock with a thorough look in each, 25 changes between two looks: 2.2 million changes. Every
    /// ten seconds a record goes and another comes, every minute and a half the log is emptied, every hour there is a vacuum and
    /// the catalogue is away for some seconds.
    void staysFlatOverADayOfAnInjectedClock()
    {
        constexpr int kHours = 24;
        constexpr int kWarmUpHours = 2;
        tests::MemoryFileSystem files;
        tests::FakeClock clock;
        clock.advance(3'600s);
        metrics::CounterSet counters;
        SwiftFamilyWriter writer(files, "/data/flat.blazedb");
        SteadyApp app(writer);
        format28::LiveView view({files, clock, counters, writer.paths(), writer.key(), true});
        QVERIFY(view.open().has_value());
        view.follow();
        MemoryCurve curve;
        std::uint64_t sequence = 0;
        std::uint64_t event = 0;
        std::uint64_t told = 0;
        const auto look = [&] {
            clock.advance(1s);
            view.look(format28::LiveView::Depth::Thorough);
            const storage::RowNews news = view.changes().since(sequence, event, 1'000);
            sequence = news.sequence;
            event = news.lastEvent;
            told += news.changes.size();
        };

        for (int hour = 0; hour < kHours; ++hour) {
            for (int second = 0; second < 3'600; ++second) {
                app.update(25);
                if (second % 10 == 0) app.exchangeOne();
                if (second % 90 == 0) app.emptyLog();
                look();
            }
            writer.vacuum();
            look();
            QVERIFY(files.rename(writer.paths().catalogue(), "/data/aside").has_value());
            for (int second = 0; second < 5; ++second) look();
            QVERIFY(view.condition().isStale);
            QVERIFY(files.rename("/data/aside", writer.paths().catalogue()).has_value());
            look();
            QVERIFY(!view.condition().isStale);
            curve.add();
        }

        qInfo("MB after each hour: %s; changes told: %llu", qPrintable(curve.text()), static_cast<unsigned long long>(told));
        QVERIFY(told > 2'000'000);
        QVERIFY(curve.grownAfter(kWarmUpHours) < kGrownMegabytesMax);
        look();
        QCOMPARE(tests::stateDifference(tests::shownState(*view.current().snapshot)->records, tests::encodedState(writer.committed())), std::string());
    }

    /// The whole source on real files and threads, with a view that reads its rows again with each batch, while the app writes as
    /// fast as the machine lets it: 1.5 million changes, which at 503 a second are 50 minutes. The first 600,000 are the warm-up: they
    /// fill the ring of changes (50,000) and the memory of decoded records (32 MiB).
    void staysFlatWithTheWholeSource()
    {
        constexpr int kPoints = 30;
        constexpr int kWarmUpPoints = 12;
        constexpr int kChangesPerPoint = 50'000;
        QTemporaryDir folder;
        SwiftFamilyWriter writer(localFileSystem(), folder.filePath(QStringLiteral("app.blazedb")).toStdString());
        SteadyApp app(writer);
        local::Opener opener;
        auto source = opener.open({}, {writer.paths().pages, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe});
        QVERIFY(source.has_value());
        std::atomic<std::uint64_t> batches{0};
        const auto subscription = (*source)->changes()->watch({}, [&](const api::ChangeBatch&) { ++batches; });
        QVERIFY(subscription.has_value());
        model::Query sorted;
        sorted.order = {{"revision", true}};
        std::atomic<std::uint64_t> windows{0};
        std::jthread reader([&](const std::stop_token& stop) {
            for (std::uint64_t seen = 0; !stop.stop_requested(); std::this_thread::sleep_for(20ms)) {
                if (batches == seen) continue;
                seen = batches;
                if ((*source)->records().query({}, sorted, {0, 200}) && (*source)->records().query({}, {}, {300, 200})) ++windows;
            }
        });
        MemoryCurve curve;

        for (int point = 0; point < kPoints; ++point) {
            for (int written = 0; written < kChangesPerPoint; written += 1'000) {
                app.update(1'000);
                app.exchangeOne();
                if (written % 10'000 == 0) app.emptyLog();
            }
            curve.add();
        }
        reader = {};

        qInfo("MB after each %d changes: %s; %llu batches, %llu times read", kChangesPerPoint, qPrintable(curve.text()),
              static_cast<unsigned long long>(batches.load()), static_cast<unsigned long long>(windows.load()));
        QVERIFY(windows > 20);
        QVERIFY(curve.grownAfter(kWarmUpPoints) < kGrownMegabytesMax);
    }
};

BLAZEDB_REGISTER_TEST(TestFollowMemory);
#include "tst_follow_memory.moc"
