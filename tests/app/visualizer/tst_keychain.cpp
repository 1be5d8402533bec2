// The system's password store: as it is where there is none, and against a Secret Service of the test's own
// (BLAZEDB_TEST_KEYRING says that there is one).
#include <QCoreApplication>
#include <QPointer>
#include <QTest>

#include <optional>

#include "app/visualizer/keychain.h"

using namespace blazedb;

class TestKeychain final : public QObject {
    Q_OBJECT

private:
    app::Keychain m_keychain{QStringLiteral("org.blazedb.Visualizer.tests")};

    Result<void> isAvailable()
    {
        std::optional<Result<void>> answered;
        m_keychain.checkAvailable(this, [&](Result<void> answer) { answered = std::move(answer); });
        if (!QTest::qWaitFor([&] { return answered.has_value(); }, 10'000)) return Error{ErrorCode::DeadlineExceeded, "no answer"};
        return *answered;
    }

    Result<std::string> read(const QString& identity)
    {
        std::optional<Result<std::string>> answered;
        m_keychain.read(identity, this, [&](Result<SecureBytes> answer) {
            answered = answer ? Result<std::string>(std::string(answer->text())) : Result<std::string>(answer.error());
        });
        if (!QTest::qWaitFor([&] { return answered.has_value(); }, 10'000)) return Error{ErrorCode::DeadlineExceeded, "no answer"};
        return *answered;
    }

    Result<void> write(const QString& identity, std::string_view secret)
    {
        std::optional<Result<void>> answered;
        m_keychain.write(identity, SecureBytes::fromText(secret), this, [&](Result<void> answer) { answered = std::move(answer); });
        if (!QTest::qWaitFor([&] { return answered.has_value(); }, 10'000)) return Error{ErrorCode::DeadlineExceeded, "no answer"};
        return *answered;
    }

    Result<void> remove(const QString& identity)
    {
        std::optional<Result<void>> answered;
        m_keychain.remove(identity, this, [&](Result<void> answer) { answered = std::move(answer); });
        if (!QTest::qWaitFor([&] { return answered.has_value(); }, 10'000)) return Error{ErrorCode::DeadlineExceeded, "no answer"};
        return *answered;
    }

    static bool hasKeyring() { return qEnvironmentVariableIsSet("BLAZEDB_TEST_KEYRING"); }

private Q_SLOTS:
    void saysThatThereIsNoStore()
    {
        if (hasKeyring()) QSKIP("there is one here");
        const Result<void> answer = isAvailable();
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QVERIFY(!answer.error().message.empty());
        QCOMPARE(write(QStringLiteral("a"), "secret").error().code, ErrorCode::Unavailable);
    }

    void keepsReplacesAndForgetsAPassword()
    {
        if (!hasKeyring()) QSKIP("needs a Secret Service; with_keyring.sh starts one");
        QVERIFY(isAvailable());
        const QString identity = QStringLiteral("0011ff");

        QCOMPARE(read(identity).error().code, ErrorCode::NotFound);
        QVERIFY(write(identity, "p\xC3\xA4ss w\xC3\xB6rd"));
        QCOMPARE(*read(identity), std::string("p\xC3\xA4ss w\xC3\xB6rd"));
        QVERIFY(write(identity, "second"));
        QCOMPARE(*read(identity), std::string("second"));
        QCOMPARE(read(QStringLiteral("another")).error().code, ErrorCode::NotFound);
        QVERIFY(remove(identity));
        QVERIFY(remove(identity));
        QCOMPARE(read(identity).error().code, ErrorCode::NotFound);
    }

    void answersNobodyWhoIsGone()
    {
        bool isAnswered = false;
        {
            QObject asker;
            m_keychain.checkAvailable(&asker, [&](Result<void>) { isAnswered = true; });
        }
        (void)isAvailable(); // jobs run one after the other, so the first has ended when this one has
        QVERIFY(!isAnswered);
    }
};

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("BLAZEDB_TEST_KEYRING")) qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    QCoreApplication application(argc, argv);
    TestKeychain test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keychain.moc"
