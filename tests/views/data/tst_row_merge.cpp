// From one state of a result to the next: which rows stay, come and leave.
#include <algorithm>
#include <random>

#include <QTest>

#include "tests/support/test_registry.h"
#include "views/data/row_merge.h"

using namespace blazedb;
using views::KnownRow;
using views::KnownRows;
using views::RowStep;

namespace {

model::Uuid idOf(int number)
{
    model::Uuid id;
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number & 0xff);
    return id;
}

/// All rows known.
KnownRows all(const std::vector<int>& numbers)
{
    KnownRows rows;
    rows.count = static_cast<int>(numbers.size());
    for (int i = 0; i < rows.count; ++i) rows.rows.push_back({i, idOf(numbers[static_cast<std::size_t>(i)])});
    return rows;
}

/// Only rows [first, last) known.
KnownRows part(const std::vector<int>& numbers, int first, int last)
{
    KnownRows rows = all(numbers);
    std::erase_if(rows.rows, [&](const KnownRow& known) { return known.row < first || known.row >= last; });
    return rows;
}

/// What a view that obeys the steps has then: -1 is a row that came.
std::vector<int> follow(std::vector<int> rows, const std::vector<RowStep>& steps)
{
    for (const RowStep& step : steps) {
        const auto at = rows.begin() + step.first;
        if (step.kind == RowStep::Kind::Remove) rows.erase(at, at + step.count);
        else rows.insert(at, static_cast<std::size_t>(step.count), -1);
    }
    return rows;
}

std::vector<int> ascending(int count)
{
    std::vector<int> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(i);
    return numbers;
}

} // namespace

class TestRowMerge final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameRowsNeedNothing()
    {
        QVERIFY(views::mergeRows(all({1, 2, 3}), all({1, 2, 3})).steps.empty());
        QVERIFY(views::mergeRows(all({}), all({})).steps.empty());
    }

    void oneComesAndOneLeaves()
    {
        const views::RowMerge merge = views::mergeRows(all({1, 2, 3, 4}), all({1, 5, 2, 4}));

        QCOMPARE(merge.steps, (std::vector<RowStep>{{RowStep::Kind::Insert, 1, 1}, {RowStep::Kind::Remove, 3, 1}}));
        QVERIFY(merge.inserted.size() == 1 && merge.inserted.contains(idOf(5)));
        QVERIFY(merge.removed.size() == 1 && merge.removed.contains(idOf(3)));
    }

    void aRecordThatMovesIsNeitherNewNorGone()
    {
        const views::RowMerge merge = views::mergeRows(all({1, 2, 3, 4}), all({2, 3, 4, 1}));

        QCOMPARE(follow({1, 2, 3, 4}, merge.steps), (std::vector<int>{2, 3, 4, -1}));
        QVERIFY(merge.inserted.empty());
        QVERIFY(merge.removed.empty());
    }

    void whatNobodySawIsOnlyCounted()
    {
        // 1,000 rows of which 400 to 599 are held; three come before them and two behind.
        std::vector<int> before = ascending(1000);
        std::vector<int> after = before;
        after.insert(after.begin() + 100, {2000, 2001, 2002});
        after.insert(after.end(), {2003, 2004});

        const views::RowMerge merge = views::mergeRows(part(before, 400, 600), part(after, 400, 600));

        const std::vector<int> rows = follow(before, merge.steps);
        QCOMPARE(rows.size(), after.size());
        for (std::size_t i = 403; i < 600; ++i) QCOMPARE(rows[i], after[i]);
        QVERIFY(merge.inserted.empty());
        QVERIFY(merge.removed.empty());
    }

    void aKnownRowFarAwayStays()
    {
        std::vector<int> before = ascending(1000);
        std::vector<int> after = before;
        after.insert(after.begin() + 50, 2000);
        KnownRows held = part(before, 0, 100);
        held.rows.push_back({900, idOf(900)});
        KnownRows read = part(after, 0, 100);
        read.rows.push_back({901, idOf(900)});

        QCOMPARE(follow(before, views::mergeRows(held, read).steps)[901], 900);
    }

    void anyStateLeadsToAnyOther()
    {
        std::mt19937 random(28);
        for (int run = 0; run < 300; ++run) {
            std::vector<int> pool = ascending(40);
            std::shuffle(pool.begin(), pool.end(), random);
            const std::vector<int> before(pool.begin(), pool.begin() + static_cast<int>(random() % 40));
            if (random() % 2 == 0) std::shuffle(pool.begin(), pool.end(), random);
            const std::vector<int> after(pool.begin() + static_cast<int>(random() % 10), pool.begin() + 10 + static_cast<int>(random() % 30));

            const views::RowMerge merge = views::mergeRows(all(before), all(after));

            const std::vector<int> rows = follow(before, merge.steps);
            QCOMPARE(rows.size(), after.size());
            for (std::size_t i = 0; i < rows.size(); ++i) QVERIFY(rows[i] == -1 || rows[i] == after[i]);
            for (const int number : after) QCOMPARE(merge.inserted.contains(idOf(number)), std::find(before.begin(), before.end(), number) == before.end());
            for (const int number : before) QCOMPARE(merge.removed.contains(idOf(number)), std::find(after.begin(), after.end(), number) == after.end());
        }
    }
};

BLAZEDB_REGISTER_TEST(TestRowMerge);
#include "tst_row_merge.moc"
