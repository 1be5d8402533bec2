#include "app/visualizer/program_options.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestProgramOptions final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesBecomeAbsolute()
    {
        const auto answer = app::readProgramOptions({QStringLiteral("p"), QStringLiteral("x.blazedb"), QStringLiteral("--theme"), QStringLiteral("dark")}, false);
        QVERIFY(!answer.exitCode);
        QVERIFY(answer.options.files.value(0).startsWith(QLatin1Char('/')));
        QCOMPARE(answer.options.theme, std::optional(views::ThemeChoice::Dark));
    }

    void automationIsOnlyForTests()
    {
        const QStringList arguments{QStringLiteral("p"), QStringLiteral("--ui-script"), QStringLiteral("s.json")};
        QCOMPARE(app::readProgramOptions(arguments, false).exitCode, std::optional(64));
        QCOMPARE(app::readProgramOptions(arguments, true).options.uiScript, QStringLiteral("s.json"));
    }

    void mistakesEndWith64()
    {
        for (const char* argument : {"--no-such-thing", "--theme=pink"})
            QCOMPARE(app::readProgramOptions({QStringLiteral("p"), QString::fromLatin1(argument)}, false).exitCode, std::optional(64));
        QCOMPARE(app::readProgramOptions({QStringLiteral("p"), QStringLiteral("--size=3x")}, true).exitCode, std::optional(64));
    }
};

BLAZEDB_REGISTER_TEST(TestProgramOptions);
#include "tst_program_options.moc"
