// main() of test programs that need no window.
#include <QCoreApplication>

#include "tests/support/test_registry.h"

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    return blazedb::tests::runRegisteredTests(argc, argv);
}
