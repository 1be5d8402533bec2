// Values: identity (DM-3), the named readings (DM-4), ids, and how records find their fields.
#include <cmath>
#include <limits>

#include "engine/model/record.h"
#include "engine/model/schema.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

class TestValue final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void identityIsOfKindAndBits()
    {
        const Value one(std::int64_t{1});
        QVERIFY(one.isIdenticalTo(Value(std::int64_t{1})));
        QVERIFY(!one.isIdenticalTo(Value(1.0)));
        QVERIFY(!Value(0.0).isIdenticalTo(Value(-0.0)));
        QVERIFY(Value(std::nan("")).isIdenticalTo(Value(std::nan(""))));
        QVERIFY(!Value(std::string("\u00e9")).isIdenticalTo(Value(std::string("e\u0301"))));
        QVERIFY(!Value(model::Date{1}).isIdenticalTo(Value(1.0)));
        QVERIFY(Value(model::Array{Value(), one}).isIdenticalTo(Value(model::Array{Value(), one})));
        QVERIFY(!Value(model::Array{one}).isIdenticalTo(Value(model::Array{Value(1.0)})));
        QVERIFY(!Value(model::Array{}).isIdenticalTo(Value(model::Vector{})));
    }

    void readsIntegersAsDM4Says_data()
    {
        QTest::addColumn<double>("real");
        QTest::addColumn<bool>("isReadable");
        QTest::addColumn<qint64>("integer");
        QTest::newRow("truncated toward zero") << 2.9 << true << qint64(2);
        QTest::newRow("negative") << -2.9 << true << qint64(-2);
        QTest::newRow("-2^63") << -9'223'372'036'854'775'808.0 << true << qint64(INT64_MIN);
        QTest::newRow("2^63 does not fit") << 9'223'372'036'854'775'808.0 << false << qint64(0);
        QTest::newRow("NaN") << std::nan("") << false << qint64(0);
        QTest::newRow("infinity") << std::numeric_limits<double>::infinity() << false << qint64(0);
    }
    void readsIntegersAsDM4Says()
    {
        QFETCH(const double, real);
        QFETCH(const bool, isReadable);
        QFETCH(const qint64, integer);

        const auto read = model::coerceToInteger(Value(real));

        QCOMPARE(read.has_value(), isReadable);
        if (isReadable) QCOMPARE(*read, static_cast<std::int64_t>(integer));
        QVERIFY(!model::coerceToInteger(Value(std::string("1"))) && !model::coerceToInteger(Value(true)));
    }

    void readsBoolsAsDM4Says()
    {
        QCOMPARE(model::coerceToBool(Value(true)), std::optional(true));
        QCOMPARE(model::coerceToBool(Value(std::int64_t{-3})), std::optional(true));
        QCOMPARE(model::coerceToBool(Value(std::int64_t{0})), std::optional(false));
        QVERIFY(!model::coerceToBool(Value(1.0)) && !model::coerceToBool(Value(std::string("true"))) && !model::coerceToBool(Value()));
    }

    void idsAreReadInEitherCaseAndWrittenUpper()
    {
        const auto id = model::Uuid::parse("550e8400-E29B-41d4-a716-446655440000");
        QVERIFY(id.has_value());
        QCOMPARE(id->toString(), std::string("550E8400-E29B-41D4-A716-446655440000"));
        QCOMPARE(id->bytes[0], std::uint8_t{0x55}); // in text order, no field swapped
        for (const char* wrong : {"", "550e8400e29b41d4a716446655440000", "{550e8400-e29b-41d4-a716-446655440000}", "550e8400-e29b-41d4-a716-44665544000",
                                  "550e8400-e29b-41d4-a716-44665544000g", "550e8400-e29b-41d4-a716-4466554400000", "550e8400+e29b-41d4-a716-446655440000"})
            QVERIFY2(!model::Uuid::parse(wrong), wrong);
    }

    void fieldsAndKeysAreFoundByCanonicalEquivalence()
    {
        const model::Record record{{}, {{"caf\u00e9", Value(true)}, {"", Value(false)}}};
        QVERIFY(record.find("cafe\u0301") != nullptr);
        QVERIFY(record.find("") != nullptr); // DM-1: an empty name is legal
        QVERIFY(record.find("cafe") == nullptr && record.find("CAF\u00c9") == nullptr);
        QVERIFY(model::find(model::Dictionary{{"\u00e9", Value()}}, "e\u0301") != nullptr);
    }

    void theMainKindIsTheMostFrequentBesidesNull()
    {
        model::FieldStatistics field;
        QVERIFY(!field.mainKind());
        field.ofKind[static_cast<std::size_t>(model::ValueKind::Null)] = 9;
        QVERIFY(!field.mainKind() && !field.hasMixedKinds());
        field.ofKind[static_cast<std::size_t>(model::ValueKind::Text)] = 2;
        QVERIFY(!field.hasMixedKinds());
        field.ofKind[static_cast<std::size_t>(model::ValueKind::Date)] = 3;
        QCOMPARE(*field.mainKind(), model::ValueKind::Date);
        QVERIFY(field.hasMixedKinds());
    }
};
BLAZEDB_REGISTER_TEST(TestValue);
#include "tst_value.moc"
