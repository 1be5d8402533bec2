#include <future>

#include <QSignalSpy>

#include "app/visualizer/single_instance.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestSingleInstance final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondStartHandsItsFilesOver()
    {
        const QString name = app::instanceName(QStringLiteral("/tests/%1").arg(QCoreApplication::applicationPid()));
        QVERIFY(!app::handOver(name, {}));
        app::SingleInstance instance(name);
        QSignalSpy arrived(&instance, &app::SingleInstance::filesArrived);
        const QStringList files{QStringLiteral("/a b.blazedb"), QStringLiteral("/ü.blazedb")};
        auto second = std::async(std::launch::async, [&] { return app::handOver(name, files); });
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(arrived.first().first().toStringList(), files);
        QVERIFY(second.get());
    }
};

BLAZEDB_REGISTER_TEST(TestSingleInstance);
#include "tst_single_instance.moc"
