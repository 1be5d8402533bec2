// main() of test programs with a window: offscreen, in the product's look.
#include <QApplication>

#include "tests/support/test_registry.h"
#include "views/widgets/theme.h"

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    blazedb::views::Theme theme;
    theme.apply(blazedb::views::ThemeChoice::Light);
    application.setProperty("theme", QVariant::fromValue(static_cast<QObject*>(&theme)));
    return blazedb::tests::runRegisteredTests(argc, argv);
}
