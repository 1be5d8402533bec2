#include "tests/support/random_records.h"

#include <limits>
#include <utility>

#include <QByteArray>

namespace blazedb::tests {

namespace {

using model::Expression;
using model::ExpressionKind;
using model::Value;

const std::vector<std::string> kNames{"a", "b", "s", "d", "a.b", "title", "caf\u00e9"};
const std::vector<std::string> kPaths{"a",   "b",     "s",          "d",    "d.x",  "d.x.y", "s[0]", "s[1].x",
                                      "a.b", "title", "cafe\u0301", "none", "d[0]", "a.",    "[0]"};
const std::vector<std::string> kTexts{"",
                                      "a",
                                      "A",
                                      "Z",
                                      "b",
                                      "10",
                                      "9",
                                      "abc",
                                      "a\nb",
                                      "100%",
                                      "1000",
                                      "\u00e9",
                                      "e\u0301",
                                      "\u00e9t\u00e9",
                                      "\U0001F600",
                                      "6FC4CF08-4F8B-4B9E-B831-CD261E59ED49",
                                      "6fc4cf08-4f8b-4b9e-b831-cd261e59ed49",
                                      std::string("a\0b", 3),
                                      "\u1e9e\u03a3"};
const std::vector<std::string> kLikes{"a%",  "%b", "_",        "%",  "",     "100\\%",
                                      "a_c", "A%", "%\u00e9%", "\\", "%%b%", "abc"};
const std::vector<std::string> kPatterns{"^a", "b$", "[0-9]+", "a.b", "^$", "(a|Z)", "\u00e9", "^.$"};
const std::vector<std::int64_t> kIntegers{0,
                                          1,
                                          2,
                                          -1,
                                          255,
                                          256,
                                          9'007'199'254'740'993,
                                          9'007'199'254'740'992,
                                          std::numeric_limits<std::int64_t>::max(),
                                          std::numeric_limits<std::int64_t>::min(),
                                          -9'007'199'254'740'993};
const std::vector<double> kDoubles{0.0,
                                   -0.0,
                                   1.0,
                                   1.5,
                                   2.5,
                                   -1.0,
                                   1.0005,
                                   0.9995,
                                   9'007'199'254'740'992.0,
                                   9'223'372'036'854'775'808.0,
                                   -9'223'372'036'854'775'808.0,
                                   1e300,
                                   -1e300,
                                   std::numeric_limits<double>::infinity(),
                                   -std::numeric_limits<double>::infinity(),
                                   std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::denorm_min()};
const std::vector<std::string> kKinds{"bug",     "Bug",           "BUG",           "user",
                                      "default", "\u00c9t\u00e9", "e\u0301t\u00e9"};

model::Uuid knownId()
{
    return *model::Uuid::parse("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49");
}

Bytes bytesOf(std::string_view text)
{
    const ByteView view = asBytes(text);
    return {view.begin(), view.end()};
}

} // namespace

std::uint64_t testSeed()
{
    const QByteArray wanted = qgetenv("BLAZEDB_TEST_SEED");
    if (!wanted.isEmpty()) return wanted.toULongLong();
    return std::random_device{}();
}

RandomRecords::RandomRecords(std::uint64_t seed)
    : m_random(seed)
{}

std::size_t RandomRecords::below(std::size_t end)
{
    return static_cast<std::size_t>(m_random() %
                                    end); // unlike a distribution of the library, the same everywhere
}

model::Uuid RandomRecords::id()
{
    model::Uuid id;
    for (std::uint8_t& byte : id.bytes)
        byte = static_cast<std::uint8_t>(below(256));
    return id;
}

Value RandomRecords::scalar()
{
    switch (below(9)) {
    case 0:
        return {};
    case 1:
        return Value(below(2) == 1);
    case 2:
        return Value(anyOf(kIntegers));
    case 3:
        return Value(anyOf(kDoubles));
    case 4:
        return Value(model::Date{anyOf(kDoubles)});
    case 5:
        return Value(knownId());
    case 6:
        return Value(bytesOf(std::vector<std::string_view>{"", "a", "b", "aa", {"\0", 1}}[below(5)]));
    default:
        return Value(anyOf(kTexts));
    }
}

Value RandomRecords::value(int depth)
{
    const std::size_t choice = depth < 3 ? below(12) : 0;
    if (choice == 9) {
        model::Array array;
        for (std::size_t i = below(4); i > 0; --i)
            array.push_back(value(depth + 1));
        return Value(std::move(array));
    }
    if (choice == 10) {
        model::Vector vector;
        const std::vector<double> stored{
            0.0, 0.5, -0.0, 1.25, std::numeric_limits<double>::infinity()}; // their lower 32 bits are zero
        for (std::size_t i = below(4); i > 0; --i)
            vector.elements.push_back(anyOf(stored));
        return Value(std::move(vector));
    }
    if (choice == 11) {
        model::Dictionary dictionary;
        for (const char* key : {"x", "y", "z\u00e9"})
            if (below(2) == 1) dictionary.push_back({key, value(depth + 1)});
        return Value(std::move(dictionary));
    }
    return scalar();
}

model::Record RandomRecords::record()
{
    model::Record record;
    record.id = id();
    for (const std::string& name : kNames)
        if (below(3) > 0) record.fields.push_back({name, value()});
    if (below(2) == 1) record.fields.push_back({std::string(model::fieldname::kKind), Value(anyOf(kKinds))});
    if (below(12) == 0)
        record.fields.push_back({std::string(model::fieldname::kKind) + "Of", Value(std::int64_t{1})});
    const std::vector<Value> marks{
        Value(true), Value(false), Value(std::int64_t{2}), Value(std::int64_t{0}), Value(std::string("true")),
        Value()};
    if (below(4) == 0) record.fields.push_back({std::string(model::fieldname::kIsDeleted), anyOf(marks)});
    record.fields.push_back({std::string(model::fieldname::kId), Value(record.id)});
    return record;
}

std::vector<model::Record> RandomRecords::records(std::size_t count)
{
    std::vector<model::Record> records;
    for (std::size_t i = 0; i < count; ++i)
        records.push_back(record());
    return records;
}

Expression RandomRecords::comparison()
{
    static const std::vector<ExpressionKind> kKindsOfComparison{
        ExpressionKind::Equal,      ExpressionKind::NotEqual,
        ExpressionKind::Less,       ExpressionKind::LessOrEqual,
        ExpressionKind::Greater,    ExpressionKind::GreaterOrEqual,
        ExpressionKind::In,         ExpressionKind::Contains,
        ExpressionKind::StartsWith, ExpressionKind::EndsWith,
        ExpressionKind::Like,       ExpressionKind::ILike,
        ExpressionKind::Matches,    ExpressionKind::IsMissing,
        ExpressionKind::IsNull,     ExpressionKind::IsExplicitNull,
        ExpressionKind::IsValued,   ExpressionKind::IsKind};
    Expression expression;
    expression.kind = anyOf(kKindsOfComparison);
    expression.field = anyOf(kPaths);
    switch (expression.kind) {
    case ExpressionKind::In:
        for (std::size_t i = below(4); i > 0; --i)
            expression.operands.push_back(value());
        break;
    case ExpressionKind::StartsWith:
    case ExpressionKind::EndsWith:
        expression.operands.push_back(Value(anyOf(kTexts)));
        break;
    case ExpressionKind::Like:
    case ExpressionKind::ILike:
        expression.operands.push_back(Value(anyOf(kLikes)));
        break;
    case ExpressionKind::Matches:
        expression.operands.push_back(Value(anyOf(kPatterns)));
        break;
    case ExpressionKind::IsKind:
        expression.operands.push_back(Value(
            std::string(model::valueKindName(static_cast<model::ValueKind>(below(model::kValueKindCount))))));
        break;
    case ExpressionKind::IsMissing:
    case ExpressionKind::IsNull:
    case ExpressionKind::IsExplicitNull:
    case ExpressionKind::IsValued:
        break;
    default:
        expression.operands.push_back(value());
    }
    return expression;
}

Expression RandomRecords::condition(int depth)
{
    const std::size_t choice = depth < 3 ? below(8) : 7;
    if (choice == 0) return model::negation(condition(depth + 1));
    if (choice > 2) return comparison();
    std::vector<Expression> children;
    for (std::size_t i = 1 + below(3); i > 0; --i)
        children.push_back(condition(depth + 1));
    return choice == 1 ? model::allOf(std::move(children)) : model::anyOf(std::move(children));
}

model::Query RandomRecords::query()
{
    model::Query query;
    if (below(3) == 0) query.collection = anyOf(kKinds);
    if (below(4) > 0) query.filter = condition();
    for (std::size_t i = below(3); i > 0; --i)
        query.order.push_back({anyOf(kPaths), below(2) == 1});
    query.deleted = static_cast<model::DeletedRecords>(below(3));
    if (below(4) == 0) query.offset = below(20);
    if (below(4) == 0) query.limit = below(20);
    return query;
}

} // namespace blazedb::tests
