// An app's ordinary pattern followed for ten minutes: updates in place, inserts that rewrite a whole catalogue of 1 MB,
// transactions with their backup files, vacuums, the log emptied, and other processes that damage the files between the app's
// steps. No row that is served is ever one the app did not write, and at every quiet moment the copy that is kept by what is
// told, and an export, equal the app's own record.
// BLAZEDB_TEST_SECONDS shortens it. The load is an app's, not a benchmark's: most of the time everybody sleeps.
#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "engine/codec/typed_json.h"
#include "engine/local/opener.h"
#include "tests/engine/local/file_tampering.h"
#include "tests/engine/local/followed_copy.h"
#include "tests/support/random_records.h"
#include "tests/support/swift_family_writer.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace std::chrono_literals;
using tests::FileTampering;
using tests::SwiftFamilyWriter;
using tests::Tampering;

namespace {

constexpr int kSeconds = 600;
constexpr std::uint64_t kRecords = 7'900; ///< With some 128 bytes each in the catalogue: it passes 1 MB on the way.
constexpr std::size_t kShortText = 100;
constexpr std::size_t kLongText = 15'000; ///< Four pages.
constexpr auto kBetweenWrites = 20ms;
constexpr auto kBusyTime = 3s;
constexpr auto kSettling = 20s; ///< How long a quiet moment may take on a machine that is busy otherwise.
constexpr auto kBetweenReads = 150ms;
constexpr std::uint64_t kRowsShown = 200;

model::Uuid idOf(std::uint64_t number)
{
    std::mt19937_64 random(number);
    model::Uuid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
    return id;
}

/// Says which record and which revision it is of, all over: a mixture of two is no text at all.
std::string textOf(const model::Uuid& id, std::uint64_t revision, std::size_t bytes)
{
    const std::string piece = id.toString() + "/" + std::to_string(revision) + " ";
    std::string text;
    while (text.size() < bytes) text += piece;
    text.resize(bytes);
    return text;
}

std::vector<model::Field> fieldsOf(const model::Uuid& id, std::uint64_t revision, std::size_t textBytes)
{
    return {{"revision", model::Value(static_cast<std::int64_t>(revision))}, {"text", model::Value(textOf(id, revision, textBytes))}};
}

/// Whether the app wrote this row, at any time.
bool isOfTheApp(const model::Record& record)
{
    const model::Field* revision = record.find("revision");
    const model::Field* text = record.find("text");
    if (revision == nullptr || text == nullptr) return false;
    const auto* number = revision->value.as<std::int64_t>();
    const auto* content = text->value.as<std::string>();
    return number != nullptr && content != nullptr && *content == textOf(record.id, static_cast<std::uint64_t>(*number), content->size());
}

using Lines = std::vector<std::string>;

/// An export of the app's own record: one line of typed JSON each, sorted.
Lines exportOf(const SwiftFamilyWriter::Records& records)
{
    Lines lines;
    for (const auto& [id, fields] : records) {
        model::Record record{id, fields};
        std::sort(record.fields.begin(), record.fields.end(), [](const model::Field& a, const model::Field& b) { return a.name < b.name; });
        codec::appendTypedJson(lines.emplace_back(), record);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

Result<Lines> exportOf(api::DataSource& source)
{
    Lines lines;
    model::Query all;
    all.deleted = model::DeletedRecords::Included;
    const auto summary = source.records().scan({}, all, {}, [&](const api::RecordRow& row) {
        codec::appendTypedJson(lines.emplace_back(), row.record);
        return Result<void>();
    });
    if (!summary) return summary.error();
    for (const model::Finding& finding : summary->skipped) // a record deleted before the catalogue was saved is a remark
        if (finding.severity != model::FindingSeverity::Remark) return Error{ErrorCode::Corruption, finding.message};
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::string differenceOf(const Lines& shown, const Lines& expected)
{
    const auto [left, right] = std::mismatch(shown.begin(), shown.end(), expected.begin(), expected.end());
    if (left == shown.end() && right == expected.end()) return {};
    return "exported " + (left == shown.end() ? "nothing" : left->substr(0, 200)) + " instead of " + (right == expected.end() ? "nothing" : right->substr(0, 200));
}

/// The app: one thing every 20 ms. Thread-safety: none; one owner.
class App {
public:
    App(SwiftFamilyWriter& writer, std::uint64_t seed)
        : m_writer(writer)
        , m_random(seed)
    {
    }

    void fill()
    {
        SwiftFamilyWriter::Records records;
        for (std::uint64_t i = 0; i < kRecords; ++i) records[idOf(i)] = fieldsOf(idOf(i), ++m_revision, kShortText);
        m_writer.insertMany(records);
        for (const auto& [id, fields] : records) m_ids.push_back(id);
        m_nextId = kRecords;
    }

    void workFor(std::chrono::milliseconds duration)
    {
        const auto end = std::chrono::steady_clock::now() + duration;
        for (auto next = std::chrono::steady_clock::now(); next < end; next += kBetweenWrites) {
            std::this_thread::sleep_until(next);
            workOnce();
        }
    }

    void workOnce()
    {
        const std::size_t what = below(100);
        if (what < 2) insert();
        else if (what < 4) remove();
        else if (what < 8) m_writer.softDelete(anyId());
        else update(anyId(), !m_writer.isInTransaction() && below(40) == 0 ? kLongText : kShortText);
    }

    void commitTransaction()
    {
        m_writer.begin();
        workFor(1s);
        m_writer.commit();
    }

    /// The Swift library cannot roll long records back.
    void rollBackTransaction()
    {
        for (const model::Uuid& id : std::set<model::Uuid>(m_long)) update(id, kShortText);
        const std::vector<model::Uuid> before = m_ids;
        m_writer.begin();
        workFor(1s);
        m_writer.rollback();
        m_ids = before;
    }

    std::size_t below(std::size_t end) { return static_cast<std::size_t>(m_random() % end); }

private:
    void insert()
    {
        const model::Uuid id = idOf(m_nextId++);
        m_writer.insert(id, fieldsOf(id, ++m_revision, kShortText));
        m_ids.push_back(id);
    }
    void remove()
    {
        const std::size_t place = below(m_ids.size());
        m_writer.remove(m_ids[place]);
        m_long.erase(m_ids[place]);
        m_ids[place] = m_ids.back();
        m_ids.pop_back();
    }
    void update(const model::Uuid& id, std::size_t textBytes)
    {
        if (textBytes == kLongText) m_long.insert(id);
        else m_long.erase(id);
        m_writer.update(id, fieldsOf(id, ++m_revision, textBytes));
    }
    model::Uuid anyId() { return m_ids[below(m_ids.size())]; }

    SwiftFamilyWriter& m_writer;
    std::mt19937_64 m_random;
    std::vector<model::Uuid> m_ids; ///< Of the records that are there.
    std::set<model::Uuid> m_long;
    std::uint64_t m_nextId = 0;
    std::uint64_t m_revision = 0;
};

/// A view that shows the newest 200 rows all the while. Counts what must not happen.
class Reader {
public:
    explicit Reader(api::DataSource& source)
        : m_source(source)
        , m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }
    /// While files are damaged a window may fail; it may never hold a wrong row.
    void setDisturbed(bool isDisturbed) { m_isDisturbed = isDisturbed; }

    std::atomic<std::uint64_t> rowsRead{0};
    std::atomic<std::uint64_t> wrongRows{0};
    std::atomic<std::uint64_t> failures{0};

private:
    void run(const std::stop_token& stop)
    {
        model::Query newest;
        newest.order = {{"revision", true}};
        while (!stop.stop_requested()) {
            const bool wasDisturbed = m_isDisturbed;
            const auto window = m_source.records().query({}, newest, {0, kRowsShown, api::kWholeValues});
            if (window) {
                for (const api::RecordRow& row : window->rows) wrongRows += isOfTheApp(row.record) ? 0U : 1U;
                rowsRead += window->rows.size();
            } else if (!stop.stop_requested() && !wasDisturbed && !m_isDisturbed && window.error().code != ErrorCode::Unavailable) {
                qWarning("a window failed: %s", window.error().message.c_str());
                ++failures;
            }
            std::this_thread::sleep_for(kBetweenReads);
        }
    }

    api::DataSource& m_source;
    std::atomic<bool> m_isDisturbed{false};
    std::jthread m_thread;
};

struct Tally {
    int quietMoments = 0;
    int transactions = 0;
    int rollbacks = 0;
    int vacuums = 0;
    int tamperings = 0;
    std::uint64_t catalogueBytesMax = 0;
};

} // namespace

class TestFollowApp final : public QObject {
    Q_OBJECT

private:
    /// Lets the source look at the damage for some time, until it says that it cannot read when the damage is such.
    static bool hold(api::DataSource& source, Tampering what, std::chrono::milliseconds atLeast)
    {
        std::this_thread::sleep_for(atLeast);
        if (!FileTampering::makesStale(what) || atLeast < 500ms) return true;
        QElapsedTimer waited;
        waited.start();
        while (!waited.hasExpired(10'000)) {
            if (source.changes()->status().isStale) return true;
            std::this_thread::sleep_for(50ms);
        }
        return false;
    }

private Q_SLOTS:
    void neverShowsAWrongRow()
    {
        const std::uint64_t seed = tests::testSeed();
        const int seconds = qEnvironmentVariableIsSet("BLAZEDB_TEST_SECONDS") ? qEnvironmentVariableIntValue("BLAZEDB_TEST_SECONDS") : kSeconds;
        QTemporaryDir folder;
        SwiftFamilyWriter writer(localFileSystem(), folder.filePath(QStringLiteral("app.blazedb")).toStdString());
        App app(writer, seed);
        app.fill();
        local::Opener opener;
        auto source = opener.open({}, {writer.paths().pages, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe});
        QVERIFY(source.has_value());
        tests::FollowedCopy copy(**source);
        const auto subscription = (*source)->changes()->watch({}, copy.sink());
        QVERIFY(subscription.has_value());
        Reader reader(**source);
        FileTampering tampering(writer.paths());
        Tally tally;
        bool hasSaidStale = true;
        std::string where;

        /// At one of the next steps of the writer, whichever it takes, somebody else comes in between.
        const auto tamperSoon = [&] {
            const auto what = static_cast<Tampering>(tally.tamperings++ % tests::kTamperings);
            const auto duration = std::array{10ms, 100ms, 600ms}[app.below(3)];
            int stepsLeft = static_cast<int>(app.below(7));
            where = "tampering " + std::to_string(static_cast<int>(what)) + " for " + std::to_string(duration.count()) + " ms";
            writer.setAfterStep([&, what, duration, stepsLeft](std::string_view step) mutable {
                if (stepsLeft-- != 0) return true;
                where += std::string(" after: ") + std::string(step);
                copy.setDisturbed(true);
                reader.setDisturbed(true);
                tampering.begin(what);
                hasSaidStale = hasSaidStale && hold(**source, what, duration);
                tampering.undo();
                return true;
            });
        };

        QElapsedTimer timer;
        timer.start();
        for (int round = 0; !timer.hasExpired(seconds * 1'000LL); ++round) {
            where.clear();
            switch (round % 8) {
            case 1:
                where = "a transaction";
                app.commitTransaction();
                ++tally.transactions;
                break;
            case 3:
                where = "a vacuum";
                writer.vacuum();
                ++tally.vacuums;
                break;
            case 5:
                where = "a transaction rolled back";
                app.rollBackTransaction();
                ++tally.rollbacks;
                break;
            case 7:
                where = "the log emptied";
                writer.close();
                break;
            default: tamperSoon(); break;
            }
            app.workFor(kBusyTime);
            writer.setAfterStep({});
            tally.catalogueBytesMax = std::max(tally.catalogueBytesMax, writer.catalogueBytes());

            const QString context = QStringLiteral("%1, round %2, seed %3").arg(QString::fromStdString(where)).arg(round).arg(seed);
            QVERIFY2(hasSaidStale, qPrintable(context));
            const std::string difference = copy.differenceAfter(tests::encodedState(writer.committed()), kSettling);
            QVERIFY2(difference.empty(), qPrintable(QString::fromStdString(difference) + QLatin1String(" after ") + context));
            copy.setDisturbed(false);
            reader.setDisturbed(false);
            const auto exported = exportOf(**source);
            QVERIFY2(exported.has_value(), qPrintable(exported ? QString() : QString::fromStdString(exported.error().message) + QLatin1String(" after ") + context));
            const std::string wrongLine = differenceOf(*exported, exportOf(writer.committed()));
            QVERIFY2(wrongLine.empty(), qPrintable(QString::fromStdString(wrongLine) + QLatin1String(" after ") + context));
            QVERIFY2(!(*source)->changes()->status().isStale, qPrintable(context));
            QCOMPARE(reader.wrongRows.load(), std::uint64_t{0});
            QCOMPARE(reader.failures.load(), std::uint64_t{0});
            ++tally.quietMoments;
        }

        qInfo("%d s: %d quiet moments, %llu changes told, %llu rows read, %d transactions, %d rolled back, %d vacuums, %d tamperings, catalogue up to %.2f MB",
              seconds, tally.quietMoments, static_cast<unsigned long long>(copy.changesTold()), static_cast<unsigned long long>(reader.rowsRead.load()),
              tally.transactions, tally.rollbacks, tally.vacuums, tally.tamperings, static_cast<double>(tally.catalogueBytesMax) / 1e6);
        QVERIFY(tally.quietMoments > 0);
        QVERIFY(reader.rowsRead > 0);
        if (seconds >= kSeconds) QVERIFY(tally.catalogueBytesMax >= 1'000'000);
    }
};

BLAZEDB_REGISTER_TEST(TestFollowApp);
#include "tst_follow_app.moc"
