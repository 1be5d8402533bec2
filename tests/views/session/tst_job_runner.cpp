// Jobs between the GUI thread and the workers: answered, cancelled, abandoned.
#include <condition_variable>
#include <memory>
#include <mutex>

#include <QThread>

#include "tests/support/test_registry.h"
#include "views/session/job_runner.h"

using namespace blazedb;
using views::JobRunner;
using views::JobState;

namespace {

/// A job that ends when it is asked to stop.
const auto untilStopped = [](const api::CallContext& context) -> Result<int> {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait(lock, context.stop, [] { return false; });
    return api::cancelled();
};

/// Owns a context as a child, as a tab owns its models, and knows when only its base is left of it.
class Owner final : public QObject {
public:
    explicit Owner(JobRunner& jobs)
        : m_context(new QObject(this))
        , m_watch(connect(&jobs, &JobRunner::jobChanged, &jobs, [this] { calledWhenHalfGone += m_isHalfGone ? 1 : 0; }))
    {
    }
    ~Owner() override
    {
        m_isHalfGone = true;
        delete m_context; // as a QWidget deletes its children: connections to it still stand
        disconnect(m_watch);
    }
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;
    [[nodiscard]] QObject* context() const { return m_context; }

    static inline int calledWhenHalfGone = 0;

private:
    QObject* m_context;
    QMetaObject::Connection m_watch;
    bool m_isHalfGone = false;
};

} // namespace

class TestJobRunner final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersOnTheCallingThread()
    {
        JobRunner jobs;
        int answer = 0;
        QThread* answeredOn = nullptr;

        const quint64 id = jobs.run({.title = QStringLiteral("add"), .context = this}, [](const api::CallContext&) { return Result<int>(40 + 2); },
                                    [&](const Result<int>& result) {
                                        answer = *result;
                                        answeredOn = QThread::currentThread();
                                    });

        QTRY_COMPARE(answer, 42);
        QCOMPARE(answeredOn, QThread::currentThread());
        QCOMPARE(jobs.job(id)->state, JobState::Done);
    }

    void aCancelledJobIsAnsweredOnce()
    {
        JobRunner jobs;
        int answers = 0;
        const quint64 id = jobs.run({.title = QStringLiteral("wait"), .context = this}, untilStopped, [&](const Result<int>& result) {
            ++answers;
            QCOMPARE(result.error().code, ErrorCode::Cancelled);
        });

        jobs.cancel(id);

        QVERIFY(!jobs.isRunning(id));
        QTRY_COMPARE(answers, 1);
        QTRY_VERIFY(jobs.isDrained());
        QCoreApplication::processEvents();
        QCOMPARE(answers, 1);
    }

    void nobodyIsToldWhileAnOwnerIsBeingDestroyed()
    {
        JobRunner jobs;
        auto owner = std::make_unique<Owner>(jobs);
        bool isAnswered = false;
        const quint64 id = jobs.run({.title = QStringLiteral("wait"), .context = owner->context()}, untilStopped, [&](const Result<int>&) { isAnswered = true; });
        int told = 0;
        connect(&jobs, &JobRunner::jobChanged, this, [&](quint64 about) { told += about == id ? 1 : 0; });
        Owner::calledWhenHalfGone = 0;

        owner.reset();

        QCOMPARE(Owner::calledWhenHalfGone, 0);
        QCOMPARE(told, 0);
        QVERIFY(!jobs.isRunning(id));
        QCOMPARE(jobs.job(id)->state, JobState::Cancelled);
        QTRY_COMPARE(told, 1);
        QTRY_VERIFY(jobs.isDrained());
        QVERIFY(!isAnswered);
    }

    void anAnnouncementThatWaitsEndsWithTheRunner()
    {
        auto jobs = std::make_unique<JobRunner>();
        auto context = std::make_unique<QObject>();
        int told = 0;
        static_cast<void>(jobs->run({.title = QStringLiteral("wait"), .context = context.get()}, untilStopped, [](const Result<int>&) {}));
        connect(jobs.get(), &JobRunner::jobChanged, this, [&] { ++told; });

        context.reset();
        jobs.reset();

        QCoreApplication::processEvents();
        QCOMPARE(told, 0);
    }
};
BLAZEDB_REGISTER_TEST(TestJobRunner);
#include "tst_job_runner.moc"
