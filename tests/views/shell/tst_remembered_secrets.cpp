// Passwords in the system's store, from the unlock page: kept only when ticked, used, wrong, forgotten, refused.
#include <QCheckBox>
#include <QMessageBox>

#include "tests/support/fake_secret_store.h"
#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"
#include "views/shell/remembered_secrets.h"

using namespace blazedb;
using tests::ShellBench;

namespace {

const QString kOrders = QStringLiteral("/work/orders.blazedb");
const QString kIdentity = QStringLiteral("identity of /work/orders.blazedb");

/// A window whose databases can have a password in a store.
struct SecretBench {
    tests::FakeSecretStore store;
    tests::MemoryStateStore list;
    views::RememberedSecrets secrets{store, list};
    ShellBench shell{&secrets};

    /// The page of the first database, once the store has answered.
    void showPage()
    {
        shell.window->openPlaces({kOrders});
        QTRY_VERIFY(shell.find<QWidget>("unlock.facts"));
        QTRY_VERIFY(!shell.find<QCheckBox>("unlock.remember")->toolTip().contains(QLatin1String("being asked")));
    }
    void openAndRemember()
    {
        showPage();
        QTest::mouseClick(shell.find<QCheckBox>("unlock.remember"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(shell.find<QCheckBox>("unlock.remember")->isChecked());
        shell.unlock();
        QTRY_VERIFY(shell.find<QWidget>("main.source"));
        QTRY_COMPARE(store.secrets.size(), std::size_t{1});
    }
};

} // namespace

class TestRememberedSecrets final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAStoreTheSwitchSaysWhy()
    {
        SecretBench bench;
        bench.store.whyUnavailable = Error{ErrorCode::Unavailable, "no service answers"};

        bench.showPage();

        const auto* remember = bench.shell.find<QCheckBox>("unlock.remember");
        QVERIFY(!remember->isEnabled() && !remember->isChecked());
        QVERIFY2(remember->toolTip().contains(QLatin1String("no service answers")), qPrintable(remember->toolTip()));
        QVERIFY(bench.shell.find<QLabel>("unlock.rememberWhy")->text().contains(QLatin1String("no service answers")));
    }

    void nothingIsStoredUnlessItIsTicked()
    {
        SecretBench bench;
        bench.showPage();
        QVERIFY(bench.shell.find<QCheckBox>("unlock.remember")->isEnabled());
        QVERIFY(!bench.shell.find<QCheckBox>("unlock.remember")->isChecked());

        bench.shell.unlock();
        QTRY_VERIFY(bench.shell.find<QWidget>("main.source"));
        QCoreApplication::processEvents();

        QVERIFY(bench.store.secrets.empty());
        QVERIFY(bench.secrets.entries().empty());
    }

    void aStoredPasswordOpensTheNextTime()
    {
        SecretBench bench;
        bench.openAndRemember();
        QCOMPARE(bench.store.secrets[kIdentity], std::string("pass"));

        bench.shell.trigger("file.lock");
        QTRY_VERIFY(bench.shell.find<QPushButton>("unlock.useStored"));
        QVERIFY(bench.shell.find<QPushButton>("unlock.useStored")->text().contains(QLatin1String("Stored Password")));
        QTest::mouseClick(bench.shell.find<QPushButton>("unlock.useStored"), Qt::LeftButton);

        QTRY_VERIFY(bench.shell.find<QWidget>("main.source"));
    }

    void theListHoldsIdentityAndNameButNoPassword()
    {
        SecretBench bench;
        bench.openAndRemember();

        const QVariantList entries = bench.list.value(QStringLiteral("security/remembered"), {}).toList();
        QCOMPARE(entries.size(), 1);
        const QVariantMap expected{{QStringLiteral("identity"), kIdentity}, {QStringLiteral("name"), QStringLiteral("orders")}};
        QCOMPARE(entries.first().toMap(), expected);
        const views::RememberedSecrets again(bench.store, bench.list);
        QVERIFY(again.has(kIdentity));
    }

    void aWrongStoredPasswordIsSaidAndCanBeForgotten()
    {
        SecretBench bench;
        bench.openAndRemember();
        bench.shell.trigger("file.lock");
        bench.store.secrets[kIdentity] = "the one of last year";
        QTRY_VERIFY(bench.shell.find<QPushButton>("unlock.useStored"));

        for (int i = 0; i < 3; ++i) {
            QTest::mouseClick(bench.shell.find<QPushButton>("unlock.useStored"), Qt::LeftButton);
            QTRY_VERIFY(bench.shell.find<QLabel>("unlock.problem"));
            QTRY_VERIFY(bench.shell.find<QPushButton>("unlock.useStored")->isEnabled());
        }
        QVERIFY(bench.shell.find<QLabel>("unlock.problem")->text().contains(QLatin1String("stored password does not fit")));
        QVERIFY(bench.shell.find<QPushButton>("unlock.open")->isEnabled()); // it was not the person who was wrong
        QTest::mouseClick(bench.shell.find<QPushButton>("unlock.forget"), Qt::LeftButton);

        QTRY_VERIFY(bench.store.secrets.empty());
        QTRY_VERIFY(!bench.shell.find<QPushButton>("unlock.useStored"));
        QVERIFY(bench.secrets.entries().empty());
        bench.shell.unlock();
        QTRY_VERIFY(bench.shell.find<QWidget>("main.source"));
    }

    void whatTheStoreNoLongerHasLeavesTheList()
    {
        SecretBench bench;
        bench.openAndRemember();
        bench.shell.trigger("file.lock");
        bench.store.secrets.clear();
        QTRY_VERIFY(bench.shell.find<QPushButton>("unlock.useStored"));

        QTest::mouseClick(bench.shell.find<QPushButton>("unlock.useStored"), Qt::LeftButton);

        QTRY_VERIFY(bench.shell.find<QLabel>("unlock.problem"));
        QVERIFY(!bench.shell.find<QPushButton>("unlock.useStored"));
        QVERIFY(bench.secrets.entries().empty());
    }

    void aStoreThatRefusesIsReported()
    {
        SecretBench bench;
        bench.showPage();
        bench.store.whyRefusing = Error{ErrorCode::PermissionDenied, "the keyring is closed"};
        QTest::mouseClick(bench.shell.find<QCheckBox>("unlock.remember"), Qt::LeftButton, {}, QPoint(8, 8));

        bench.shell.unlock();

        QTRY_VERIFY(bench.shell.find<QMessageBox>("main.secretProblem"));
        QVERIFY(bench.shell.find<QMessageBox>("main.secretProblem")->text().contains(QLatin1String("orders")));
        QVERIFY(bench.shell.find<QWidget>("main.source")); // it is open all the same
        QVERIFY(bench.secrets.entries().empty());
    }

    void whatNeedsNoPasswordAsksForNone()
    {
        ShellBench bench;
        bench.opener.add("/work/old.blazedump", {.name = "old", .password = "", .needsPassword = false});

        bench.window->openPlaces({QStringLiteral("/work/old.blazedump")});
        QTRY_VERIFY(bench.find<QWidget>("unlock.facts"));

        QVERIFY(!bench.find<QLineEdit>("unlock.password"));
        QVERIFY(!bench.find<QCheckBox>("unlock.remember"));
        QCOMPARE(bench.find<QPushButton>("unlock.open")->text(), QStringLiteral("Open"));
        QTRY_VERIFY(bench.find<QPushButton>("unlock.open")->hasFocus());
        QTest::keyClick(bench.find<QPushButton>("unlock.open"), Qt::Key_Space);
        QTRY_VERIFY(bench.find<QWidget>("main.source"));
    }
};

BLAZEDB_REGISTER_TEST(TestRememberedSecrets);
#include "tst_remembered_secrets.moc"
