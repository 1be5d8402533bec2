// The settings page: what it lists, and what it asks before it does something that cannot be taken back.
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

void storeTwo(WindowBench& bench)
{
    bench.secrets.store(QStringLiteral("id-1"), QStringLiteral("orders"), SecureBytes::fromText("one"));
    bench.secrets.store(QStringLiteral("id-2"), QStringLiteral("customers"), SecureBytes::fromText("two"));
    QTRY_COMPARE(bench.secrets.entries().size(), std::size_t{2});
}

} // namespace

class TestSettingsPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsTheDatabasesWithAStoredPassword()
    {
        WindowBench bench;
        bench.trigger("file.settings");
        QTRY_VERIFY(bench.find<QLabel>("settings.secrets.none"));
        QVERIFY(!bench.find<QListWidget>("settings.secrets"));

        storeTwo(bench);

        const auto* list = bench.find<QListWidget>("settings.secrets");
        QVERIFY(list);
        QCOMPARE(list->count(), 2);
        QCOMPARE(list->item(0)->text(), QStringLiteral("orders"));
        QVERIFY(!bench.find<QLabel>("settings.secrets.none"));
    }

    void forgetsTheChosenOne()
    {
        WindowBench bench;
        storeTwo(bench);
        bench.trigger("file.settings");
        QTRY_VERIFY(bench.find<QListWidget>("settings.secrets"));
        QVERIFY(!bench.find<QPushButton>("settings.secrets.forget")->isEnabled());

        bench.find<QListWidget>("settings.secrets")->setCurrentRow(0);
        QTest::mouseClick(bench.find<QPushButton>("settings.secrets.forget"), Qt::LeftButton);

        QTRY_COMPARE(bench.secretStore.secrets.size(), std::size_t{1});
        QVERIFY(bench.secretStore.secrets.contains(QStringLiteral("id-2")));
        QTRY_COMPARE(bench.find<QListWidget>("settings.secrets")->count(), 1);
    }

    void forgetsAllOnlyWhenThatIsConfirmed()
    {
        WindowBench bench;
        storeTwo(bench);
        bench.trigger("file.settings");
        QTRY_VERIFY(bench.find<QPushButton>("settings.secrets.forgetAll"));

        QTest::mouseClick(bench.find<QPushButton>("settings.secrets.forgetAll"), Qt::LeftButton);
        QTRY_VERIFY(bench.find<QMessageBox>("settings.secrets.confirm"));
        QTest::keyClick(bench.find<QMessageBox>("settings.secrets.confirm"), Qt::Key_Escape);
        QTRY_VERIFY(!bench.find<QMessageBox>("settings.secrets.confirm"));
        QCOMPARE(bench.secretStore.secrets.size(), std::size_t{2});

        QTest::mouseClick(bench.find<QPushButton>("settings.secrets.forgetAll"), Qt::LeftButton);
        QTRY_VERIFY(bench.find<QPushButton>("settings.secrets.confirm.forget"));
        QTest::mouseClick(bench.find<QPushButton>("settings.secrets.confirm.forget"), Qt::LeftButton);

        QTRY_VERIFY(bench.secretStore.secrets.empty());
        QTRY_VERIFY(bench.find<QLabel>("settings.secrets.none"));
    }
};

BLAZEDB_REGISTER_TEST(TestSettingsPage);
#include "tst_settings_page.moc"
