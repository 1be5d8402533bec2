// A Data tab over a database in memory, as its users drive it. No call of the source may come on the GUI thread.
#pragma once

#include <memory>

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

#include "tests/support/blocking_guard.h"
#include "tests/support/gated_source.h"
#include "tests/support/gui_theme.h"
#include "tests/support/memory_database.h"
#include "tests/support/memory_state_store.h"
#include "views/commands/command_registry.h"
#include "views/data/data_commands.h"
#include "views/data/data_tab.h"
#include "views/session/session.h"

namespace blazedb::tests {

/// Ten records: kinds bug and team, number 9 soft-deleted, priority 0 to 4, titles "Title 0" to "Title 9".
inline model::Record bug(int number)
{
    model::Record record;
    record.id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    record.id.bytes[15] = static_cast<std::uint8_t>(number & 0xff);
    record.fields = {{"_blazeKind", model::Value(std::string(number % 2 == 0 ? "bug" : "team"))},
                     {"id", model::Value(record.id)},
                     {"isDeleted", model::Value(number == 9)},
                     {"priority", model::Value(std::int64_t{number % 5})},
                     {"title", model::Value("Title " + std::to_string(number))}};
    return record;
}

inline std::vector<model::Record> bugs(int count = 10)
{
    std::vector<model::Record> records;
    for (int i = 0; i < count; ++i) records.push_back(bug(i));
    return records;
}

class DataBench {
public:
    explicit DataBench(const std::vector<model::Record>& records = bugs(), int width = 1200)
        : DataBench(openInMemory(records).source, width)
    {
    }
    explicit DataBench(std::unique_ptr<api::DataSource> source, int width = 1200)
        : m_width(width)
        , m_calls(std::make_shared<BlockingCalls>())
    {
        auto gated = std::make_unique<GatedSource>(std::make_unique<GuardedSource>(std::move(source), m_calls));
        gate = gated.get();
        session = std::make_unique<views::Session>(std::shared_ptr<api::DataSource>(std::move(gated)), state);
        views::registerDataCommands(commands);
        open();
    }
    ~DataBench()
    {
        tab.reset();
        if (m_calls->onGuiThread() > 0) QTest::qFail(m_calls->last(), __FILE__, __LINE__);
    }
    DataBench(const DataBench&) = delete;
    DataBench& operator=(const DataBench&) = delete;

    /// Anew, as after a restart: only the state store remembers.
    void open()
    {
        m_tester.reset();
        tab.reset(views::makeDataTab({*session, commands, theTheme()}, nullptr));
        tab->resize(m_width, 700);
        m_tester = std::make_unique<QAbstractItemModelTester>(grid()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        tab->show();
        QTRY_VERIFY(QTest::qWaitForWindowExposed(tab.get()));
        tab->activateWindow();
    }
    template <typename T>
    [[nodiscard]] T* find(const char* name) const
    {
        return tab->findChild<T*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QTableView* grid() const { return find<QTableView>("data.grid"); }
    [[nodiscard]] int total() const
    {
        const QVariant value = find<QLabel>("data.total")->property("value");
        return value.isValid() ? value.toInt() : -1;
    }
    [[nodiscard]] QString stateWord() const { return tab->property("state").toString(); }
    [[nodiscard]] QString line() const { return find<QLineEdit>("data.filter")->text(); }
    void filter(const char* text) const
    {
        auto* field = find<QLineEdit>("data.filter");
        field->clear();
        QTest::keyClicks(field, QString::fromUtf8(text));
        QTest::keyClick(field, Qt::Key_Return);
    }
    void trigger(const char* command)
    {
        QAction* const action = commands.action(QString::fromLatin1(command));
        QVERIFY2(action, command);
        QTRY_VERIFY2(action->isEnabled(), command); // the registry looks round when control is back in the event loop
        action->trigger();
    }
    [[nodiscard]] int column(const char* field) const
    {
        for (int i = 0; i < grid()->model()->columnCount(); ++i) {
            const QString text = grid()->model()->headerData(i, Qt::Horizontal).toString();
            if (text == QLatin1String(field) || text.startsWith(QLatin1String(field) + QLatin1Char(' '))) return i;
        }
        return -1;
    }
    void choose(int row, const char* field) const { grid()->setCurrentIndex(grid()->model()->index(row, column(field))); }

    MemoryStateStore state;
    GatedSource* gate = nullptr;
    std::unique_ptr<views::Session> session;
    views::CommandRegistry commands;
    std::unique_ptr<QWidget> tab;

private:
    int m_width;
    std::shared_ptr<BlockingCalls> m_calls;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace blazedb::tests
