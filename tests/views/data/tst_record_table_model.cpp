// The window's model: what it shows of a database is what the Swift library wrote.
#include <QAbstractItemModelTester>
#include <QDir>
#include <QTemporaryDir>

#include "engine/local/opener.h"
#include "tests/support/expected_records.h"
#include "tests/support/memory_database.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/test_registry.h"
#include "views/data/record_table_model.h"
#include "views/session/session.h"

using namespace blazedb;
using views::RecordTableModel;

namespace {

model::Record numbered(int number)
{
    model::Record record;
    record.id.bytes[0] = static_cast<std::uint8_t>(number >> 8);
    record.id.bytes[1] = static_cast<std::uint8_t>(number & 0xff);
    record.fields = {{"id", model::Value(record.id)}, {"n", model::Value(std::int64_t{number})}};
    if (number % 3 == 1) record.fields.push_back({"note", model::Value(std::string())});
    if (number % 3 == 2) record.fields.push_back({"note", model::Value()});
    return record;
}

std::shared_ptr<api::DataSource> numberedSource(int count)
{
    std::vector<model::Record> records;
    for (int i = 0; i < count; ++i) records.push_back(numbered(i));
    return std::shared_ptr<api::DataSource>(tests::openInMemory(records).source);
}

} // namespace

class TestRecordTableModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOnlyTheWindowsThatAreLookedAt()
    {
        tests::MemoryStateStore state;
        views::Session session(numberedSource(5000), state);
        RecordTableModel model(session);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setColumns({QStringLiteral("id"), QStringLiteral("n"), QStringLiteral("note")});
        model.setQuery({});
        QTRY_COMPARE(model.rowCount(), 5000);
        QTRY_VERIFY(model.total().isExact());
        QVERIFY(!model.row(4321));
        QCOMPARE(model.index(4321, 1).data(RecordTableModel::CellStateRole).toInt(), static_cast<int>(RecordTableModel::CellState::Loading));
        QTRY_COMPARE(model.index(4321, 1).data().toString().remove(QLatin1Char(',')), QStringLiteral("4321"));
    }

    void missingNullAndEmptyAreThreeThings()
    {
        tests::MemoryStateStore state;
        views::Session session(numberedSource(3), state);
        RecordTableModel model(session);
        model.setColumns({QStringLiteral("note")});
        model.setQuery({});
        QTRY_COMPARE(model.state(), RecordTableModel::State::Ready);
        const auto stateOf = [&](int row) { return static_cast<RecordTableModel::CellState>(model.index(row, 0).data(RecordTableModel::CellStateRole).toInt()); };
        QCOMPARE(stateOf(0), RecordTableModel::CellState::Missing);
        QCOMPARE(stateOf(1), RecordTableModel::CellState::EmptyText);
        QCOMPARE(stateOf(2), RecordTableModel::CellState::Null);
    }

    void anEmptyAnswerIsAState()
    {
        tests::MemoryStateStore state;
        views::Session session(numberedSource(3), state);
        RecordTableModel model(session);
        model::Query query;
        query.filter = model::comparison(model::ExpressionKind::Greater, "n", model::Value(std::int64_t{100}));
        model.setQuery(query);
        QTRY_COMPARE(model.state(), RecordTableModel::State::Empty);
        QTRY_COMPARE(model.total().value, std::uint64_t{0});
    }

    void showsWhatTheSwiftLibraryWrote_data()
    {
        QTest::addColumn<QString>("folder");
        const QString root = QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/data/format28");
        for (const QString& name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (name != QLatin1String("txnopen")) QTest::newRow(qPrintable(name)) << root + QLatin1Char('/') + name;
        }
    }

    void showsWhatTheSwiftLibraryWrote()
    {
        QFETCH(QString, folder);
        const auto expected = tests::readExpectedRecords(folder + QStringLiteral("/expected.jsonl"));
        const QString file = QDir(folder).entryList({QStringLiteral("*.blazedb")}).value(0);
        local::Opener opener;
        auto source = opener.open({}, {(folder + QLatin1Char('/') + file).toStdString(), SecureBytes::fromText(tests::kFixturePassword), local::OpenMode::Observe});
        QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
        tests::MemoryStateStore state;
        views::Session session(std::move(*source), state);
        RecordTableModel model(session);
        model.setColumns({QStringLiteral("id")});
        model::Query query;
        query.deleted = model::DeletedRecords::Included;
        model.setQuery(query);
        QTRY_VERIFY(model.total().isExact() && model.state() != RecordTableModel::State::Loading);
        QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            static_cast<void>(model.index(row, 0).data());
            QTRY_VERIFY(model.row(row));
            const api::RecordRow& shown = *model.row(row);
            const auto same = std::find_if(expected.begin(), expected.end(), [&](const model::Record& known) { return known.id == shown.record.id; });
            QVERIFY(same != expected.end());
            const bool isCut = std::any_of(shown.record.fields.begin(), shown.record.fields.end(), [](const model::Field& field) { return field.isCut(); });
            const model::Record whole = isCut ? session.source().records().record({}, shown.record.id)->record : shown.record;
            const QString difference = tests::differenceOf(whole, *same);
            QVERIFY2(difference.isEmpty(), qPrintable(difference));
        }
    }
};

BLAZEDB_REGISTER_TEST(TestRecordTableModel);
#include "tst_record_table_model.moc"
