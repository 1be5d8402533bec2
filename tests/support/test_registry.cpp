#include "tests/support/test_registry.h"

#include <memory>

#include <QStringList>

namespace blazedb::tests {

int runRegisteredTests(int argc, char** argv)
{
    // Qt ends a test function after five minutes; how long a program may take is ctest's to say.
    if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT")) qputenv("QTEST_FUNCTION_TIMEOUT", "3600000");
    QStringList arguments;
    for (int i = 0; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
    QString wantedClass;
    if (arguments.size() > 1 && !arguments[1].startsWith(QLatin1Char('-'))) {
        wantedClass = arguments[1].section(QLatin1String("::"), 0, 0);
        const QString wantedSlot = arguments[1].section(QLatin1String("::"), 1);
        arguments.removeAt(1);
        if (!wantedSlot.isEmpty()) arguments.insert(1, wantedSlot);
    }
    int failures = 0;
    int classesRun = 0;
    for (const TestFactory& make : testFactories()) {
        const std::unique_ptr<QObject> test(make());
        const QString className = QString::fromLatin1(test->metaObject()->className()).section(QLatin1String("::"), -1);
        if (!wantedClass.isEmpty() && className != wantedClass) continue;
        ++classesRun;
        failures += QTest::qExec(test.get(), arguments);
    }
    if (classesRun == 0) {
        qCritical("no test class of that name");
        return 1;
    }
    return failures;
}

} // namespace blazedb::tests
