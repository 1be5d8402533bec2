#include "engine/base/result.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0) return Error{ErrorCode::InvalidArgument, "odd"};
    return number / 2;
}

Result<int> quarter(int number)
{
    BLAZE_TRY_VALUE(const int once, half(number));
    return half(once);
}

Result<void> checkEven(int number)
{
    BLAZE_TRY(half(number));
    return {};
}

} // namespace

class TestResult final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesValuesOn()
    {
        QCOMPARE(*quarter(12), 3);
        QVERIFY(checkEven(2).has_value());
    }

    void passesTheFirstErrorUp()
    {
        QCOMPARE(quarter(6).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(checkEven(1).error().message, std::string("odd"));
    }

    void putsContextInFrontOfAMessage()
    {
        const Error error = Error{ErrorCode::Corruption, "checksum mismatch"}.in("page 7").in("open orders.blazedb");

        QCOMPARE(error.message, std::string("open orders.blazedb: page 7: checksum mismatch"));
        QCOMPARE(error.code, ErrorCode::Corruption);
    }
};
BLAZEDB_REGISTER_TEST(TestResult);
#include "tst_result.moc"
