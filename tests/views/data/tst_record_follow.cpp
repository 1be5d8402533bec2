// Following in the Data tab: another writer changes the family in the Swift order, and the window shows it without losing its place.
#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>

#include "engine/local/opener.h"
#include "tests/support/gui_guard.h"
#include "tests/support/swift_family_writer.h"
#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"
#include "views/data/record_table_model.h"
#include "views/session/change_feed.h"

using namespace blazedb;
using namespace std::chrono_literals;
using tests::SwiftFamilyWriter;
using views::LiveMark;
using views::RecordTableModel;

namespace {

/// Room is left between the numbers: odd ones come later.
model::Uuid idOf(int number)
{
    model::Uuid id;
    id.bytes[13] = static_cast<std::uint8_t>(number >> 16);
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number & 0xff);
    return id;
}

std::vector<model::Field> fieldsOf(int revision)
{
    return {{"revision", model::Value(std::int64_t{revision})}, {"text", model::Value(std::string(50, 'x'))}};
}

/// A family with its writer; the records bear even numbers.
struct Family {
    QTemporaryDir folder;
    SwiftFamilyWriter writer{localFileSystem(), folder.filePath(QStringLiteral("app.blazedb")).toStdString()};

    explicit Family(int records)
    {
        SwiftFamilyWriter::Records first;
        for (int i = 0; i < records; ++i) first[idOf(2 * i)] = fieldsOf(0);
        writer.insertMany(first);
    }
    std::unique_ptr<api::DataSource> open()
    {
        local::Opener opener;
        auto source = opener.open({}, {writer.paths().pages, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe});
        if (!source) qFatal("%s", source.error().message.c_str());
        return *std::move(source);
    }
};

/// A source that nobody can follow.
class StillSource final : public api::DataSource {
public:
    explicit StillSource(std::unique_ptr<api::DataSource> inner)
        : m_inner(std::move(inner))
    {
    }
    api::SourceDescription describe() const override { return m_inner->describe(); }
    std::vector<model::Finding> openingFindings() const override { return m_inner->openingFindings(); }
    api::Records& records() override { return m_inner->records(); }
    api::Structure* structure() override { return m_inner->structure(); }

private:
    std::unique_ptr<api::DataSource> m_inner;
};

struct FollowBench {
    Family family;
    tests::DataBench bench;

    explicit FollowBench(int records)
        : family(records)
        , bench(family.open())
    {
        ready(records);
    }
    void ready(int records)
    {
        QTRY_COMPARE(bench.total(), records);
        QTRY_VERIFY(bench.column("revision") > 0);
        QTRY_VERIFY(bench.session->jobs().isDrained()); // the survey has been here
    }
    [[nodiscard]] RecordTableModel& model() const { return *qobject_cast<RecordTableModel*>(bench.grid()->model()); }
    [[nodiscard]] QString freshness() const { return bench.find<QWidget>("data.follow")->parentWidget()->property("freshness").toString(); }
    [[nodiscard]] QString banner() const { return bench.find<QWidget>("data.source")->property("state").toString(); }
    void click(const char* button) const { QTest::mouseClick(bench.find<QAbstractButton>(button), Qt::LeftButton); }
    void follow()
    {
        QTRY_VERIFY(bench.find<QToolButton>("data.follow")->isEnabled());
        click("data.follow");
        QTRY_COMPARE(freshness(), QStringLiteral("live"));
    }
    [[nodiscard]] int rowOf(int number) const { return model().rowOf(idOf(number)); }
    [[nodiscard]] QModelIndex cell(int number, const char* field) const { return model().index(rowOf(number), bench.column(field)); }
    [[nodiscard]] QString textOf(int number) const { return cell(number, "revision").data().toString(); }
    [[nodiscard]] LiveMark markOf(int number, const char* field) const { return static_cast<LiveMark>(cell(number, field).data(RecordTableModel::MarkRole).toInt()); }
    [[nodiscard]] model::Uuid idAt(int row) const { return model().row(row) ? model().row(row)->record.id : model::Uuid{}; }

    /// Empty when every row is the writer's own record, in the order of ids.
    [[nodiscard]] QString difference() const
    {
        if (model().rowCount() != static_cast<int>(family.writer.committed().size()))
            return QStringLiteral("%1 rows, %2 records").arg(model().rowCount()).arg(family.writer.committed().size());
        int at = 0;
        for (const auto& [id, fields] : family.writer.committed()) {
            const api::RecordRow* const row = model().row(at);
            if (!row) {
                static_cast<void>(model().index(at, 0).data()); // asks for it
                return QStringLiteral("row %1 is not there").arg(at);
            }
            if (row->record.id != id) return QStringLiteral("row %1 is another record").arg(at);
            for (const model::Field& field : fields) {
                const model::Field* const shown = row->record.find(field.name);
                if (!shown || !shown->value.isIdenticalTo(field.value)) return QStringLiteral("row %1, field %2").arg(at).arg(QString::fromStdString(field.name));
            }
            ++at;
        }
        return {};
    }
};

} // namespace

class TestRecordFollow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAndMarksChangedCells()
    {
        FollowBench live(100);
        live.follow();
        const tests::GuiGuard guard;

        QVERIFY(live.family.writer.update(idOf(6), fieldsOf(7)));

        QTRY_COMPARE_WITH_TIMEOUT(live.textOf(6), QStringLiteral("7"), 1000);
        QCOMPARE(live.markOf(6, "revision"), LiveMark::Changed);
        QCOMPARE(live.markOf(6, "text"), LiveMark::None);
        QCOMPARE(live.markOf(4, "revision"), LiveMark::None);
        QTRY_COMPARE_WITH_TIMEOUT(live.markOf(6, "revision"), LiveMark::None, 4000);
        QCOMPARE(live.textOf(6), QStringLiteral("7"));
    }

    void keepsItsPlaceWhenRecordsComeAbove()
    {
        FollowBench live(2000);
        live.follow();
        QTableView* const grid = live.bench.grid();
        grid->verticalScrollBar()->setValue(1000);
        QTRY_VERIFY(live.model().row(1000) && live.model().row(1005));
        live.bench.choose(1005, "revision");
        auto* line = live.bench.find<QLineEdit>("data.filter");
        line->setFocus();
        QTest::keyClicks(line, QStringLiteral("half a fil"));
        QCOMPARE(live.idAt(grid->rowAt(0)), idOf(2000));

        for (const int number : {101, 103, 2003, 2007}) QVERIFY(live.family.writer.insert(idOf(number), fieldsOf(1)));

        QTRY_COMPARE(live.model().rowCount(), 2004);
        QTRY_VERIFY(live.rowOf(2003) >= 0);
        QCOMPARE(live.idAt(grid->rowAt(0)), idOf(2000));
        QCOMPARE(live.idAt(grid->currentIndex().row()), idOf(2010));
        QCOMPARE(grid->selectionModel()->selectedIndexes().size(), 1);
        QCOMPARE(live.idAt(grid->selectionModel()->selectedIndexes().front().row()), idOf(2010));
        QCOMPARE(live.markOf(2003, "revision"), LiveMark::Inserted);
        QCOMPARE(live.markOf(2002, "revision"), LiveMark::None);
        QVERIFY(line->hasFocus());
        QCOMPARE(line->text(), QStringLiteral("half a fil"));
    }

    void theCurrentRecordFarAwayStaysCurrent()
    {
        FollowBench live(4000);
        live.follow();
        QTableView* const grid = live.bench.grid();
        grid->verticalScrollBar()->setValue(3000);
        QTRY_VERIFY(live.model().row(3002));
        live.bench.choose(3002, "revision");
        grid->verticalScrollBar()->setValue(0);
        QTRY_VERIFY(live.model().row(0));

        QVERIFY(live.family.writer.insert(idOf(3), fieldsOf(1)));
        QVERIFY(live.family.writer.insert(idOf(4001), fieldsOf(1)));

        QTRY_COMPARE(live.model().rowCount(), 4002);
        QTRY_COMPARE(grid->currentIndex().row(), 3004);
        grid->verticalScrollBar()->setValue(3000);
        QTRY_COMPARE(live.idAt(3004), idOf(6004));
    }

    void marksWhatLeavesBeforeItIsGone()
    {
        FollowBench live(50);
        live.follow();
        live.bench.choose(2, "revision");

        QVERIFY(live.family.writer.remove(idOf(10)));

        QTRY_COMPARE_WITH_TIMEOUT(live.markOf(10, "text"), LiveMark::Removed, 1000);
        QCOMPARE(live.model().rowCount(), 50);
        QTRY_COMPARE_WITH_TIMEOUT(live.rowOf(10), -1, 2000);
        QCOMPARE(live.model().rowCount(), 49);
        QCOMPARE(live.idAt(live.bench.grid()->currentIndex().row()), idOf(4));
        QTRY_COMPARE(live.difference(), QString());
    }

    void announcesNewerChangesWhenOff()
    {
        FollowBench live(50);
        QTRY_COMPARE(live.freshness(), QStringLiteral("as of"));
        QTest::qWait(300); // the watch has begun

        QVERIFY(live.family.writer.update(idOf(6), fieldsOf(7)));
        QVERIFY(live.family.writer.update(idOf(8), fieldsOf(7)));

        QTRY_COMPARE(live.freshness(), QStringLiteral("newer"));
        QTRY_VERIFY(live.bench.find<QLabel>("data.freshness")->text().startsWith(QLatin1Char('2')));
        QCOMPARE(live.textOf(6), QStringLiteral("0"));
        live.click("data.freshness.refresh");
        QTRY_COMPARE(live.textOf(6), QStringLiteral("7"));
        QTRY_COMPARE(live.freshness(), QStringLiteral("as of"));
        QCOMPARE(live.markOf(6, "revision"), LiveMark::None);
    }

    void pausesAndCatchesUp()
    {
        FollowBench live(50);
        live.follow();
        live.bench.trigger("data.pauseFollow");
        QTRY_COMPARE(live.freshness(), QStringLiteral("paused"));

        QVERIFY(live.family.writer.update(idOf(6), fieldsOf(7)));
        QTest::qWait(500);
        QCOMPARE(live.textOf(6), QStringLiteral("0"));
        live.bench.trigger("data.pauseFollow");

        QTRY_COMPARE(live.textOf(6), QStringLiteral("7"));
        QTRY_COMPARE(live.freshness(), QStringLiteral("live"));
    }

    void readsNothingWhileHiddenAndIsRightWhenSeenAgain()
    {
        FollowBench live(50);
        live.follow();
        QTRY_VERIFY(live.bench.session->jobs().isDrained());
        live.bench.tab->hide();
        const int queries = live.bench.gate->queries();

        for (int i = 0; i < 20; ++i) QVERIFY(live.family.writer.update(idOf(2 * i), fieldsOf(i)));
        QVERIFY(live.family.writer.insert(idOf(21), fieldsOf(5)));
        QTest::qWait(600);
        QCOMPARE(live.bench.gate->queries(), queries);
        live.bench.tab->show();

        QTRY_COMPARE(live.difference(), QString());
    }

    void equalsTheWritersOwnRecordAtEveryQuietMoment()
    {
        FollowBench live(150);
        live.follow();
        const tests::GuiGuard guard;
        std::mt19937 random(7);
        for (int round = 0; round < 5; ++round) {
            std::atomic<bool> isWritten = false;
            std::jthread writing([&] {
                for (int i = 0; i < 60; ++i) {
                    const int number = static_cast<int>(random() % 400);
                    const bool isThere = live.family.writer.committed().contains(idOf(number));
                    if (!isThere) live.family.writer.insert(idOf(number), fieldsOf(round));
                    else if (random() % 4 == 0) live.family.writer.remove(idOf(number));
                    else live.family.writer.update(idOf(number), fieldsOf(100 * round + i));
                    std::this_thread::sleep_for(5ms);
                }
                isWritten = true;
            });
            QTRY_VERIFY_WITH_TIMEOUT(isWritten, 20'000);
            QTRY_COMPARE_WITH_TIMEOUT(live.difference(), QString(), 5000);
        }
        QCOMPARE(live.bench.find<QLabel>("data.follow.figures")->property("dropped").toInt(), 0);
    }

    void saysWhatHappensToTheFile()
    {
        FollowBench live(20);
        live.follow();
        QTest::qWait(300);

        QVERIFY(live.family.writer.begin());
        QTRY_COMPARE(live.banner(), QStringLiteral("open transaction"));
        QVERIFY(live.family.writer.update(idOf(2), fieldsOf(9)));
        QTest::qWait(300);
        QCOMPARE(live.textOf(2), QStringLiteral("0"));
        QVERIFY(live.family.writer.commit());
        QTRY_COMPARE(live.textOf(2), QStringLiteral("9"));
        QTRY_COMPARE(live.banner(), QString());

        std::filesystem::remove(live.family.writer.paths().pages);
        QTRY_COMPARE(live.banner(), QStringLiteral("removed"));
        QCOMPARE(live.textOf(2), QStringLiteral("9"));
        QCOMPARE(live.model().rowCount(), 20);
    }

    void whatCannotBeFollowedSaysWhy()
    {
        tests::DataBench bench(std::make_unique<StillSource>(tests::openInMemory(tests::bugs()).source));
        QTRY_COMPARE(bench.total(), 9);
        auto* const button = bench.find<QToolButton>("data.follow");
        QVERIFY(!button->isEnabled());
        QVERIFY(button->toolTip().startsWith(QLatin1String("Not available here")));
        QVERIFY(!bench.commands.action(QStringLiteral("data.follow"))->isEnabled());
    }

    void theRateCountsWholeSeconds()
    {
        views::ChangeRate rate;
        const views::ChangeRate::TimePoint begin{1000s};
        for (int i = 0; i < 5; ++i) rate.add(begin + std::chrono::seconds(i), 500);
        QCOMPARE(rate.perSecond(begin + 5s), 500.0);
        rate.add(begin + 5s, 10'000); // not over yet
        QCOMPARE(rate.perSecond(begin + 5s), 500.0);
        QCOMPARE(rate.perSecond(begin + 20s), 0.0);
    }
};

BLAZEDB_REGISTER_TEST(TestRecordFollow);
#include "tst_record_follow.moc"
