#include <future>
#include <latch>
#include <thread>

#include "engine/local/result_cache.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

local::ResultKey resultKey(const std::string& collection)
{
    model::Query query;
    query.collection = collection;
    return {1, query};
}

Result<query::ResultKeys> idsOf(std::size_t count)
{
    return query::ResultKeys{std::vector<model::Uuid>(count), {}, count};
}

/// A caller with its own stop token and the machine's clock.
struct Caller {
    std::stop_source stop;
    api::CallContext context{
        .stop = stop.get_token(), .timeout = std::chrono::milliseconds{0}, .onProgress = {}};
    local::Deadline deadline{context, systemClock()};
};

} // namespace

class TestResultCache final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void buildsAResultOnce()
    {
        local::ResultCache cache;
        Caller caller;
        int builds = 0;
        const auto build = [&] { return ++builds, idsOf(3); };

        QVERIFY(cache.findOrBuild(resultKey("bug"), caller.deadline, build));
        const auto again = cache.findOrBuild(resultKey("bug"), caller.deadline, build);

        QCOMPARE(builds, 1);
        QCOMPARE((*again)->ids.size(), std::size_t{3});
    }

    void letsASecondCallerWaitForTheFirst()
    {
        local::ResultCache cache;
        std::latch isBuilding(1);
        std::promise<void> goOn;
        std::atomic<int> builds{0};
        const auto slowBuild = [&] {
            ++builds;
            isBuilding.count_down();
            goOn.get_future().wait();
            return idsOf(3);
        };

        auto first = std::async(std::launch::async, [&] {
            return cache.findOrBuild(resultKey("bug"), Caller().deadline, slowBuild);
        });
        isBuilding.wait();
        auto second = std::async(std::launch::async, [&] {
            return cache.findOrBuild(resultKey("bug"), Caller().deadline,
                                     [&] { return ++builds, idsOf(99); });
        });
        goOn.set_value();

        QCOMPARE((*first.get())->ids.size(), std::size_t{3});
        QCOMPARE((*second.get())->ids.size(), std::size_t{3});
        QCOMPARE(builds.load(), 1);
    }

    void letsTheNextGoOnWhenTheFirstGivesUp()
    {
        local::ResultCache cache;
        std::latch isBuilding(1);
        std::promise<void> goOn;
        const auto cancelledBuild = [&]() -> Result<query::ResultKeys> {
            isBuilding.count_down();
            goOn.get_future().wait();
            return api::cancelled();
        };

        auto first = std::async(std::launch::async, [&] {
            return cache.findOrBuild(resultKey("bug"), Caller().deadline, cancelledBuild);
        });
        isBuilding.wait();
        auto second = std::async(std::launch::async, [&] {
            return cache.findOrBuild(resultKey("bug"), Caller().deadline, [] { return idsOf(5); });
        });
        goOn.set_value();

        QVERIFY(first.get().error().code == ErrorCode::Cancelled);
        QCOMPARE((*second.get())->ids.size(), std::size_t{5});
    }

    void endsAWaitWhenItsCallerStops()
    {
        local::ResultCache cache;
        std::latch isBuilding(1);
        std::promise<void> goOn;
        const auto slowBuild = [&] {
            isBuilding.count_down();
            goOn.get_future().wait();
            return idsOf(3);
        };
        auto first = std::async(std::launch::async, [&] {
            return cache.findOrBuild(resultKey("bug"), Caller().deadline, slowBuild);
        });
        isBuilding.wait();
        Caller waiting;
        waiting.stop.request_stop();

        const auto second = cache.findOrBuild(resultKey("bug"), waiting.deadline, [] { return idsOf(1); });
        goOn.set_value();

        QVERIFY(second.error().code == ErrorCode::Cancelled);
        QVERIFY(first.get().has_value());
    }

    void endsAWaitWhenItsTimeRunsOut()
    {
        local::ResultCache cache;
        std::latch isBuilding(1);
        std::promise<void> goOn;
        const auto slowBuild = [&] {
            isBuilding.count_down();
            goOn.get_future().wait();
            return idsOf(3);
        };
        auto first = std::async(std::launch::async, [&] {
            return cache.findOrBuild(resultKey("bug"), Caller().deadline, slowBuild);
        });
        isBuilding.wait();
        tests::FakeClock clock;
        const api::CallContext context{
            .stop = {}, .timeout = std::chrono::milliseconds{10}, .onProgress = {}};
        const local::Deadline deadline(context, clock);
        clock.advance(std::chrono::milliseconds{10});

        const auto second = cache.findOrBuild(resultKey("bug"), deadline, [] { return idsOf(1); });
        goOn.set_value();

        QVERIFY(second.error().code == ErrorCode::DeadlineExceeded);
        QVERIFY(first.get().has_value());
    }

    void keepsABoundedNumberOfResults()
    {
        local::ResultCache cache;
        Caller caller;

        for (std::size_t i = 0; i <= local::ResultCache::kResultsMax; ++i)
            QVERIFY(cache.findOrBuild(resultKey("kind" + std::to_string(i)), caller.deadline,
                                      [] { return idsOf(1); }));

        QVERIFY(cache.find(resultKey("kind0")) == nullptr);
        QVERIFY(cache.find(resultKey("kind1")) != nullptr);
    }

    void keepsABoundedNumberOfIds()
    {
        local::ResultCache cache;
        Caller caller;

        QVERIFY(cache.findOrBuild(resultKey("small"), caller.deadline, [] { return idsOf(1); }));
        QVERIFY(cache.findOrBuild(resultKey("large"), caller.deadline,
                                  [] { return idsOf(local::ResultCache::kIdsMax + 1); }));

        QVERIFY(cache.find(resultKey("small")) == nullptr);
        QVERIFY(cache.find(resultKey("large")) != nullptr);
    }
};
BLAZEDB_REGISTER_TEST(TestResultCache);
#include "tst_result_cache.moc"
