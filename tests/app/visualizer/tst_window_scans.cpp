// What must hold on every page of the window: names, keyboard, room for longer languages, both reading directions, menus.
#include <algorithm>

#include <QAbstractItemView>
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSplitterHandle>
#include <QToolButton>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/pseudo_locale.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::WindowBench;
using tests::WindowPage;

namespace {

/// Parts that Qt makes inside its own widgets answer for themselves through their owner.
bool isInner(const QWidget* widget)
{
    return widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const QScrollBar*>(widget)
           || (qobject_cast<const QLineEdit*>(widget) && widget->parentWidget()->inherits("QAbstractSpinBox"))
           || widget->inherits("QComboBoxListView") || widget->inherits("QLineEditIconButton") || widget->inherits("QTableCornerButton")
           || (widget->inherits("QToolButton") && qobject_cast<const QTabBar*>(widget->parentWidget()));
}

QWidgetList shownWidgets(const WindowBench& bench)
{
    QWidgetList shown;
    for (QWidget* widget : bench.window->findChildren<QWidget*>()) {
        if (widget->isVisible() && !isInner(widget) && widget->window() == bench.window.get()) shown << widget;
    }
    return shown;
}

bool isFocusable(const QWidget* widget)
{
    return widget->focusPolicy() != Qt::NoFocus && widget->isEnabled() && !widget->focusProxy();
}

QString describe(const QWidget* widget)
{
    QStringList path;
    for (const QWidget* w = widget; w && path.size() < 4; w = w->parentWidget())
        path.prepend(w->objectName().isEmpty() ? QString::fromLatin1(w->metaObject()->className()) : w->objectName());
    return path.join(QLatin1Char('/'));
}

QString accessibleName(QWidget* widget)
{
    QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name) : QString();
}

/// Runs `scan` on every page and answers what it found, each prefixed with the page.
template <typename Scan>
QStringList onEveryPage(WindowBench& bench, Scan scan)
{
    QStringList found;
    const QSize size = bench.window->size();
    for (const WindowPage& page : tests::windowPages()) {
        if (!page.show(bench)) {
            found << QStringLiteral("%1 did not come up").arg(QLatin1String(page.name));
            continue;
        }
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // of what those events changed
        bench.guard.reset();
        QStringList here;
        scan(here);
        if (bench.window->size() != size)
            here << QStringLiteral("the window had to grow to %1x%2").arg(bench.window->width()).arg(bench.window->height());
        bench.guard.reset(); // the scan itself is no work of the window
        for (const QString& problem : here) found << QStringLiteral("%1: %2").arg(QLatin1String(page.name), problem);
    }
    found.removeDuplicates();
    return found;
}

/// True when there are none; else says them all, as a test's own message is cut.
bool isClean(const QStringList& problems)
{
    for (const QString& problem : problems) qWarning().noquote() << problem;
    return problems.isEmpty();
}

QByteArray joined(const QStringList& problems)
{
    return problems.join(QLatin1Char('\n')).toUtf8();
}

// --- texts ---------------------------------------------------------------------------------------------------------------

bool hasWords(const QString& text)
{
    return std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLetter(); }) > 1;
}

/// Shows what is in files, or what the engine says of it: never translated.
bool showsData(const QWidget* widget)
{
    static const QSet<QString> kNames{
        QStringLiteral("unlock.name"),  QStringLiteral("unlock.place"), QStringLiteral("unlock.details"), QStringLiteral("unlock.password"),
        QStringLiteral("unlock.facts"), QStringLiteral("unlock.remarks"), QStringLiteral("main.banner.explanation"), QStringLiteral("help.licences"),
        QStringLiteral("sources.details.name"), QStringLiteral("sources.details.place"), QStringLiteral("sources.details.format"),
        QStringLiteral("sources.details.size"), QStringLiteral("sources.details.changed"), QStringLiteral("sources.details.findings")};
    return kNames.contains(widget->objectName());
}

QStringList textsOf(const QWidget* widget)
{
    QStringList texts{widget->toolTip(), widget->accessibleName()};
    if (const auto* label = qobject_cast<const QLabel*>(widget)) texts << label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) texts << button->text();
    if (const auto* edit = qobject_cast<const QLineEdit*>(widget)) texts << edit->placeholderText();
    return texts;
}

/// A label of one line that is narrower than its text, a wrapped one lower than its lines, a button too small for its words.
bool isCut(const QWidget* widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(widget)) {
        if (label->text().isEmpty() || label->width() == 0) return false;
        const QMargins margins = label->contentsMargins();
        if (label->wordWrap()) return label->heightForWidth(label->width()) > label->height() + 1;
        return label->fontMetrics().horizontalAdvance(label->text().remove(QLatin1Char('&'))) + margins.left() + margins.right() > label->width() + 1;
    }
    const bool isButton = qobject_cast<const QAbstractButton*>(widget) && !static_cast<const QAbstractButton*>(widget)->text().isEmpty();
    return isButton && (widget->minimumSizeHint().width() > widget->width() + 1 || widget->minimumSizeHint().height() > widget->height() + 1);
}

bool isInsideScrollArea(const QWidget* widget)
{
    for (const QWidget* w = widget->parentWidget(); w; w = w->parentWidget())
        if (w->inherits("QAbstractScrollArea")) return true;
    return false;
}

QString sticking(const QWidget* widget)
{
    const QRect place(widget->mapTo(widget->window(), QPoint()), widget->size());
    return QStringLiteral(" sticks out of the window: %1,%2 to %3,%4").arg(place.left()).arg(place.top()).arg(place.right()).arg(place.bottom());
}

bool sticksOut(const QWidget* widget)
{
    if (isInsideScrollArea(widget) || widget->width() == 0 || widget->height() == 0) return false;
    // A splitter of one pixel is off by that pixel from right to left.
    return !widget->window()->rect().adjusted(-1, 0, 1, 0).contains(QRect(widget->mapTo(widget->window(), QPoint()), widget->size()));
}

} // namespace

class TestWindowScans final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyControlHasAName()
    {
        static const QRegularExpression kName(QStringLiteral(
            "^(main|sources|unlock|create|connect|server|monitor|data|builder|console|search|visualize|charts|performance|telemetry|schema|"
            "relations|access|sync|backup|tests|activity|alerts|log|changes|audit|export|import|compare|palette|settings|help)(\\.[A-Za-z0-9]+)*$"));
        WindowBench bench;

        const QStringList problems = onEveryPage(bench, [&](QStringList& found) {
            for (QWidget* widget : shownWidgets(bench)) {
                if (!isFocusable(widget)) continue;
                if (!kName.match(widget->objectName()).hasMatch()) found << describe(widget) + QStringLiteral(" has no object name");
                if (accessibleName(widget).isEmpty()) found << describe(widget) + QStringLiteral(" has no accessible name");
            }
        });

        QVERIFY(isClean(problems));
    }

    /// By Tab alone every control is reached, none twice on the way, and none that is hidden.
    void theTabKeyReachesEveryControl()
    {
        WindowBench bench;

        const QStringList problems = onEveryPage(bench, [&](QStringList& found) {
            if (bench.find<QWidget>("palette.input")) return; // it closes when the focus leaves it
            QSet<const QWidget*> wanted;
            for (const QWidget* widget : shownWidgets(bench)) {
                if (isFocusable(widget) && (widget->focusPolicy() & Qt::TabFocus)) wanted.insert(widget);
            }
            bench.find<QLineEdit>("sources.search")->setFocus(Qt::TabFocusReason);
            QSet<const QWidget*> reached;
            QWidgetList order;
            for (qsizetype i = 0; i < wanted.size() + 5; ++i) {
                QWidget* const focus = QApplication::focusWidget();
                if (!focus) break;
                if (!focus->isVisible()) found << describe(focus) + QStringLiteral(" takes the focus while hidden");
                if (reached.contains(focus)) break;
                reached.insert(focus);
                order << focus;
                QTest::keyClick(focus, Qt::Key_Tab);
            }
            if (!(wanted - reached).isEmpty() && qEnvironmentVariableIsSet("BLAZEDB_TELL")) {
                for (const QWidget* widget : std::as_const(order)) qWarning().noquote() << "reached" << describe(widget);
            }
            for (const QWidget* widget : wanted - reached) found << describe(widget) + QStringLiteral(" is not reached by Tab");
        });

        QVERIFY(isClean(problems));
    }

    void nothingIsCutOrLeftUntranslatedInALongLanguage()
    {
        const tests::PseudoLocale language;
        WindowBench bench({1100, 700});

        const QStringList problems = onEveryPage(bench, [&](QStringList& found) {
            for (const QWidget* widget : shownWidgets(bench)) {
                if (isCut(widget)) found << describe(widget) + QStringLiteral(" is cut: ") + textsOf(widget).join(QLatin1Char('|'));
                if (sticksOut(widget)) found << describe(widget) + sticking(widget);
                if (showsData(widget)) continue;
                for (const QString& text : textsOf(widget)) {
                    if (hasWords(text) && !text.contains(tests::kPseudoBegin) && !text.startsWith(QLatin1Char('/')))
                        found << describe(widget) + QStringLiteral(" is not translated: ") + text;
                }
            }
        });

        QVERIFY(isClean(problems));
    }

    void menusAreTranslated()
    {
        const tests::PseudoLocale language;
        const WindowBench bench;
        QStringList problems;
        for (const views::Command& command : bench.commands.commands()) {
            const QAction* const action = bench.commands.action(command.id);
            for (const QString& text : {action->text(), action->toolTip()})
                if (hasWords(text) && !text.contains(tests::kPseudoBegin)) problems << command.id + QStringLiteral(": ") + text;
        }
        for (const QAction* menu : bench.window->menuBar()->actions())
            if (!menu->text().contains(tests::kPseudoBegin)) problems << menu->text();
        QVERIFY(isClean(problems));
    }

    void nothingIsCutFromRightToLeft()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        QStringList problems;
        {
            WindowBench bench({1100, 700});
            problems = onEveryPage(bench, [&](QStringList& found) {
                for (const QWidget* widget : shownWidgets(bench)) {
                    if (isCut(widget)) found << describe(widget) + QStringLiteral(" is cut");
                    if (sticksOut(widget)) found << describe(widget) + sticking(widget);
                }
                const QWidget* const sources = bench.find<QWidget>("sources.panel");
                if (sources && sources->mapTo(bench.window.get(), QPoint()).x() < bench.window->width() / 2)
                    found << QStringLiteral("the sources stay at the left");
            });
        }
        QApplication::setLayoutDirection(Qt::LeftToRight);

        QVERIFY(isClean(problems));
    }

    void everyCommandIsInExactlyOneMenu()
    {
        const WindowBench bench;
        QHash<const QAction*, int> seen;
        for (const QAction* top : bench.window->menuBar()->actions()) {
            for (const QAction* action : top->menu()->actions())
                if (!action->isSeparator()) ++seen[action];
        }
        QStringList problems;
        for (const views::Command& command : bench.commands.commands()) {
            const int times = seen.value(bench.commands.action(command.id));
            if (times != 1) problems << QStringLiteral("%1 is in %2 menus").arg(command.id).arg(times);
        }
        QVERIFY(isClean(problems));
    }

    void everyCommandIsInThePalette()
    {
        WindowBench bench;
        bench.trigger("tools.palette");
        const auto* list = bench.find<QAbstractItemView>("palette.list");
        QStringList titles;
        for (int row = 0; row < list->model()->rowCount(); ++row) titles << list->model()->index(row, 0).data().toString();
        QStringList missing;
        for (const views::Command& command : bench.commands.commands()) {
            QString title = command.text;
            title.remove(QLatin1Char('&'));
            if (command.id != QLatin1String("tools.palette") && !titles.contains(title)) missing << command.id;
        }
        QVERIFY(isClean(missing));
    }

    void mnemonicsAreUniqueInEachMenu()
    {
        const WindowBench bench;
        QStringList problems;
        const auto scan = [&](const QString& where, const QList<QAction*>& actions) {
            QHash<QChar, QString> taken;
            for (const QAction* action : actions) {
                const QString text = QString(action->text()).remove(QLatin1String("&&"));
                const qsizetype at = text.indexOf(QLatin1Char('&'));
                if (action->isSeparator() || at < 0 || at + 1 >= text.size()) continue;
                const QChar letter = text[at + 1].toLower();
                if (taken.contains(letter)) problems << QStringLiteral("%1: %2 and %3").arg(where, taken[letter], text);
                taken[letter] = text;
            }
        };
        scan(QStringLiteral("menu bar"), bench.window->menuBar()->actions());
        for (const QAction* top : bench.window->menuBar()->actions()) scan(top->text(), top->menu()->actions());
        QVERIFY(isClean(problems));
    }

    void noKeyRunsTwoCommands()
    {
        const WindowBench bench;
        QStringList problems;
        // Tabs that are never shown at the same time may share a key.
        const auto meet = [](const views::Command& a, const views::Command& b) {
            return a.context == b.context || a.context == views::CommandContext::Window || b.context == views::CommandContext::Window;
        };
        QMultiHash<QKeySequence, views::Command> taken;
        for (const views::Command& command : bench.commands.commands()) {
            for (const QKeySequence& key : bench.commands.action(command.id)->shortcuts()) {
                for (const views::Command& other : taken.values(key))
                    if (meet(command, other)) problems << QStringLiteral("%1: %2 and %3").arg(key.toString(), other.id, command.id);
                taken.insert(key, command);
            }
        }
        QVERIFY(isClean(problems));
    }

    void whatIsOffSaysWhy()
    {
        WindowBench bench;
        const QStringList problems = onEveryPage(bench, [&](QStringList& found) {
            for (const views::Command& command : bench.commands.commands()) {
                const QAction* const action = bench.commands.action(command.id);
                if (!action->isEnabled() && action->statusTip().isEmpty()) found << command.id;
            }
            for (const QWidget* widget : shownWidgets(bench)) {
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                if (button && !button->isEnabled() && button->toolTip().isEmpty()) found << describe(widget) + QStringLiteral(" is off without a reason");
            }
        });
        QVERIFY(isClean(problems));
    }

    /// object_names.txt is what scripts and tests rely on. A name that goes or appears is a decision: run this test with
    /// BLAZEDB_UPDATE_NAMES=1 and look at the difference.
    void theObjectNamesAreTheOnesWrittenDown()
    {
        WindowBench bench;
        QSet<QString> names;
        const QStringList problems = onEveryPage(bench, [&](QStringList&) {
            for (const QWidget* widget : bench.window->findChildren<QWidget*>()) {
                const QString name = widget->objectName();
                if (!name.isEmpty() && !name.startsWith(QLatin1String("qt_")) && !isInner(widget)) names.insert(name);
            }
        });
        QVERIFY(isClean(problems));
        for (const views::Command& command : bench.commands.commands()) names.insert(command.id);
        QStringList sorted = names.values();
        sorted.sort();
        const QByteArray made = joined(sorted) + '\n';

        QFile file(QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/app/visualizer/object_names.txt"));
        if (qEnvironmentVariableIsSet("BLAZEDB_UPDATE_NAMES")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(made);
            return;
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList written = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QStringList differences;
        for (const QString& name : sorted)
            if (!written.contains(name)) differences << QStringLiteral("new: ") + name;
        for (const QString& name : written)
            if (!names.contains(name)) differences << QStringLiteral("gone: ") + name;
        QVERIFY(isClean(differences));
    }
};

BLAZEDB_REGISTER_TEST(TestWindowScans);
#include "tst_window_scans.moc"
