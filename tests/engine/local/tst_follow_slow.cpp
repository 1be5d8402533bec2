// A writer that does anything as fast as it can for 20 seconds, and who follows it is true at every quiet moment.
#include <atomic>
#include <random>
#include <thread>

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "engine/local/opener.h"
#include "tests/engine/local/followed_copy.h"
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
        tests::FollowedCopy copy(**source);
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
};

BLAZEDB_REGISTER_TEST(TestFollowSlow);
#include "tst_follow_slow.moc"
