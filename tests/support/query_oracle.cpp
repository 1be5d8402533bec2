#include "tests/support/query_oracle.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <QRegularExpression>
#include <QString>
#include <QUuid>

namespace blazedb::tests {

namespace {

using model::Expression;
using model::ExpressionKind;
using model::Record;
using model::Value;
using model::ValueKind;

// Exact for every 64-bit integer and every double, which makes the rules for mixed numbers one line.
using Exact = long double;
static_assert(std::numeric_limits<Exact>::digits >= 64);

QString normal(const std::string& text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .normalized(QString::NormalizationForm_C);
}

template <typename T>
int sign(const T& left, const T& right)
{
    return left < right ? -1 : right < left ? 1 : 0;
}

int textOrder(const std::string& left, const std::string& right)
{
    return sign(normal(left).toUcs4(), normal(right).toUcs4());
}

bool sameText(const std::string& left, const std::string& right)
{
    return normal(left) == normal(right);
}

std::optional<Exact> numberOf(const Value& value)
{
    if (const auto* integer = value.as<std::int64_t>()) return static_cast<Exact>(*integer);
    if (const auto* real = value.as<double>()) return static_cast<Exact>(*real);
    return std::nullopt;
}

std::optional<Exact> numberOrDateOf(const Value& value)
{
    if (const auto* date = value.as<model::Date>()) return static_cast<Exact>(date->seconds);
    return numberOf(value);
}

// --- DM-3: identity of kind and payload, as it counts inside arrays and dictionaries ---

bool strictEqual(const Value& left, const Value& right)
{
    if (left.kind() != right.kind()) return false;
    switch (left.kind()) {
    case ValueKind::Null:
        return true;
    case ValueKind::Bool:
        return *left.as<bool>() == *right.as<bool>();
    case ValueKind::Integer:
        return *left.as<std::int64_t>() == *right.as<std::int64_t>();
    case ValueKind::Double:
        return *left.as<double>() == *right.as<double>();
    case ValueKind::Date:
        return left.as<model::Date>()->seconds == right.as<model::Date>()->seconds;
    case ValueKind::Text:
        return sameText(*left.as<std::string>(), *right.as<std::string>());
    case ValueKind::Uuid:
        return left.as<model::Uuid>()->bytes == right.as<model::Uuid>()->bytes;
    case ValueKind::Data:
        return *left.as<Bytes>() == *right.as<Bytes>();
    case ValueKind::Vector:
        return left.as<model::Vector>()->elements == right.as<model::Vector>()->elements;
    case ValueKind::Array: {
        const auto& a = *left.as<model::Array>();
        const auto& b = *right.as<model::Array>();
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!strictEqual(a[i], b[i])) return false;
        return true;
    }
    case ValueKind::Dictionary: {
        const auto& a = *left.as<model::Dictionary>();
        const auto& b = *right.as<model::Dictionary>();
        if (a.size() != b.size()) return false;
        for (const auto& entry : a) {
            bool isFound = false;
            for (const auto& other : b)
                isFound =
                    isFound || (sameText(entry.key, other.key) && strictEqual(entry.value, other.value));
            if (!isFound) return false;
        }
        return true;
    }
    }
    return false;
}

bool spells(const Value& text, const Value& id)
{
    const auto* spelling = text.as<std::string>();
    const auto* uuid = id.as<model::Uuid>();
    if (spelling == nullptr || uuid == nullptr || spelling->size() != 36) return false;
    const QString upper = QString::fromStdString(*spelling).toUpper();
    const QByteArray raw(reinterpret_cast<const char*>(uuid->bytes.data()), 16);
    return upper == QUuid::fromRfc4122(raw).toString(QUuid::WithoutBraces).toUpper();
}

// --- DM-6 and DM-7 ---

bool looselyEqual(const Value& left, const Value& right)
{
    const auto a = numberOf(left);
    const auto b = numberOf(right);
    if (a && b) return *a == *b;
    const bool isDateAgainstNumber =
        (left.kind() == ValueKind::Date && b) || (right.kind() == ValueKind::Date && a);
    if (isDateAgainstNumber) return std::fabs(*numberOrDateOf(left) - *numberOrDateOf(right)) < 0.001L;
    return strictEqual(left, right) || spells(left, right) || spells(right, left);
}

/// Negative, zero, positive; nullopt when neither is less.
std::optional<int> looseOrder(const Value& left, const Value& right)
{
    const auto a = numberOrDateOf(left);
    const auto b = numberOrDateOf(right);
    if (a && b) return std::isnan(*a) || std::isnan(*b) ? std::nullopt : std::optional(sign(*a, *b));
    if (left.kind() != right.kind()) return std::nullopt;
    switch (left.kind()) {
    case ValueKind::Bool:
        return sign(*left.as<bool>(), *right.as<bool>());
    case ValueKind::Text:
        return textOrder(*left.as<std::string>(), *right.as<std::string>());
    case ValueKind::Uuid:
        return sign(left.as<model::Uuid>()->bytes, right.as<model::Uuid>()->bytes);
    case ValueKind::Data:
        return sign(*left.as<Bytes>(), *right.as<Bytes>());
    default:
        return std::nullopt;
    }
}

// --- DM-2: literal name first, then a path ---

const Value* member(const Value* value, const QString& name)
{
    const auto* dictionary = value->as<model::Dictionary>();
    if (dictionary == nullptr) return nullptr;
    for (const auto& entry : *dictionary)
        if (normal(entry.key) == name.normalized(QString::NormalizationForm_C)) return &entry.value;
    return nullptr;
}

const Value* element(const Value* value, const QString& index)
{
    const auto* array = value->as<model::Array>();
    bool isNumber = false;
    const qulonglong place = index.toULongLong(&isNumber);
    return array != nullptr && isNumber && place < array->size() ? &(*array)[place] : nullptr;
}

const Value* topLevel(const Record& record, const QString& name)
{
    for (const auto& field : record.fields)
        if (normal(field.name) == name.normalized(QString::NormalizationForm_C)) return &field.value;
    return nullptr;
}

const Value* fieldOf(const Record& record, const std::string& path)
{
    const QString name = QString::fromStdString(path);
    if (const Value* literal = topLevel(record, name)) return literal;
    static const QRegularExpression kHead(QStringLiteral("^([^.\\[]+)"));
    static const QRegularExpression kStep(QStringLiteral("\\G(?:\\.([^.\\[]+)|\\[(\\d+)\\])"));
    const auto head = kHead.match(name);
    if (!head.hasMatch()) return nullptr;
    const Value* value = topLevel(record, head.captured(1));
    qsizetype at = head.capturedEnd();
    while (value != nullptr && at < name.size()) {
        const auto step = kStep.match(name, at);
        if (!step.hasMatch()) return nullptr;
        value = step.hasCaptured(1) && !step.captured(1).isEmpty() ? member(value, step.captured(1))
                                                                   : element(value, step.captured(2));
        at = step.capturedEnd();
    }
    return value;
}

// --- 3.3 ---

using Scalars = QList<char32_t>;

struct LikePart {
    enum class Kind { Literal, One, Any } kind;
    char32_t scalar = 0;
};

std::vector<LikePart> likeParts(const std::string& pattern)
{
    std::vector<LikePart> parts;
    const auto scalars = normal(pattern).toUcs4();
    for (qsizetype i = 0; i < scalars.size(); ++i) {
        if (scalars[i] == U'\\' && i + 1 < scalars.size())
            parts.push_back({LikePart::Kind::Literal, scalars[++i]});
        else if (scalars[i] == U'%')
            parts.push_back({LikePart::Kind::Any});
        else if (scalars[i] == U'_')
            parts.push_back({LikePart::Kind::One});
        else
            parts.push_back({LikePart::Kind::Literal, scalars[i]});
    }
    return parts;
}

bool likeFrom(const std::vector<LikePart>& parts, std::size_t part, const QList<uint>& text, qsizetype at,
              bool ignoresCase)
{
    if (part == parts.size()) return at == text.size();
    if (parts[part].kind == LikePart::Kind::Any) {
        for (qsizetype next = at; next <= text.size(); ++next)
            if (likeFrom(parts, part + 1, text, next, ignoresCase)) return true;
        return false;
    }
    if (at == text.size()) return false;
    const char32_t there = text[at];
    const char32_t wanted = parts[part].scalar;
    const bool fits = parts[part].kind == LikePart::Kind::One || there == wanted ||
                      (ignoresCase && QChar::toCaseFolded(there) == QChar::toCaseFolded(wanted));
    return fits && likeFrom(parts, part + 1, text, at + 1, ignoresCase);
}

bool matchesText(ExpressionKind kind, const std::string& text, const std::string& operand)
{
    switch (kind) {
    case ExpressionKind::Contains:
        return normal(text).contains(normal(operand));
    case ExpressionKind::StartsWith:
        return normal(text).startsWith(normal(operand));
    case ExpressionKind::EndsWith:
        return normal(text).endsWith(normal(operand));
    case ExpressionKind::Like:
        return likeFrom(likeParts(operand), 0, normal(text).toUcs4(), 0, false);
    case ExpressionKind::ILike:
        return likeFrom(likeParts(operand), 0, normal(text).toUcs4(), 0, true);
    case ExpressionKind::Matches: {
        const QRegularExpression pattern(QString::fromStdString(operand),
                                         QRegularExpression::UseUnicodePropertiesOption);
        return pattern.match(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).hasMatch();
    }
    default:
        return false;
    }
}

/// DM-10: what a condition says of a value that is there.
bool presentMatches(const Value& value, const Expression& condition)
{
    const auto holds = [&](const Value& operand) { return looselyEqual(value, operand); };
    switch (condition.kind) {
    case ExpressionKind::IsNull:
    case ExpressionKind::IsExplicitNull:
        return value.isNull();
    case ExpressionKind::IsValued:
        return !value.isNull();
    case ExpressionKind::IsKind:
        return model::valueKindName(value.kind()) == *condition.operands.front().as<std::string>();
    case ExpressionKind::In:
        return std::any_of(condition.operands.begin(), condition.operands.end(), holds);
    default:
        break;
    }
    if (condition.operands.empty()) return false;
    const Value& operand = condition.operands.front();
    const auto order = looseOrder(value, operand);
    switch (condition.kind) {
    case ExpressionKind::Equal:
        return looselyEqual(value, operand);
    case ExpressionKind::NotEqual:
        return !looselyEqual(value, operand);
    case ExpressionKind::Less:
        return order && *order < 0;
    case ExpressionKind::Greater:
        return order && *order > 0;
    case ExpressionKind::LessOrEqual:
        return (order && *order < 0) || looselyEqual(value, operand);
    case ExpressionKind::GreaterOrEqual:
        return (order && *order > 0) || looselyEqual(value, operand);
    default:
        break;
    }
    const auto* array = value.as<model::Array>();
    if (condition.kind == ExpressionKind::Contains && array != nullptr)
        return std::any_of(array->begin(), array->end(),
                           [&](const Value& item) { return looselyEqual(item, operand); });
    const auto* text = value.as<std::string>();
    const auto* wanted = operand.as<std::string>();
    return text != nullptr && wanted != nullptr && matchesText(condition.kind, *text, *wanted);
}

// --- DM-9 ---

int bracketOf(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Bool:
        return 1;
    case ValueKind::Integer:
    case ValueKind::Double:
    case ValueKind::Date:
        return 2;
    case ValueKind::Text:
        return 3;
    case ValueKind::Uuid:
        return 4;
    case ValueKind::Data:
        return 5;
    case ValueKind::Array:
        return 6;
    case ValueKind::Vector:
        return 7;
    case ValueKind::Dictionary:
        return 8;
    case ValueKind::Null:
        return 9;
    }
    return 0;
}

int numberOrder(Exact left, Exact right)
{
    if (std::isnan(left) || std::isnan(right)) return sign(std::isnan(left), std::isnan(right));
    return sign(left, right);
}

int totalOrder(const Value& left, const Value& right);

template <typename List, typename Order>
int listOrder(const List& left, const List& right, Order order)
{
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
        if (const int found = order(left[i], right[i]); found != 0) return found;
    return sign(left.size(), right.size());
}

int dictionaryOrder(model::Dictionary left, model::Dictionary right)
{
    const auto byKey = [](const model::DictionaryEntry& a, const model::DictionaryEntry& b) {
        return textOrder(a.key, b.key) < 0;
    };
    std::sort(left.begin(), left.end(), byKey);
    std::sort(right.begin(), right.end(), byKey);
    return listOrder(left, right, [](const model::DictionaryEntry& a, const model::DictionaryEntry& b) {
        const int keys = textOrder(a.key, b.key);
        return keys != 0 ? keys : totalOrder(a.value, b.value);
    });
}

int totalOrder(const Value& left, const Value& right)
{
    if (const int brackets = sign(bracketOf(left.kind()), bracketOf(right.kind())); brackets != 0)
        return brackets;
    if (const auto a = numberOrDateOf(left)) {
        const int numbers = numberOrder(*a, *numberOrDateOf(right));
        return numbers != 0 ? numbers : sign(left.kind() == ValueKind::Date, right.kind() == ValueKind::Date);
    }
    switch (left.kind()) {
    case ValueKind::Array:
        return listOrder(*left.as<model::Array>(), *right.as<model::Array>(), totalOrder);
    case ValueKind::Vector:
        return listOrder(left.as<model::Vector>()->elements, right.as<model::Vector>()->elements,
                         [](double a, double b) { return numberOrder(a, b); });
    case ValueKind::Dictionary:
        return dictionaryOrder(*left.as<model::Dictionary>(), *right.as<model::Dictionary>());
    case ValueKind::Null:
        return 0;
    default:
        return *looseOrder(left, right);
    }
}

bool isVisible(const Record& record, const model::Query& query)
{
    const Value* mark = topLevel(record, QStringLiteral("isDeleted"));
    bool isDeleted = false;
    if (mark != nullptr && mark->as<bool>() != nullptr) isDeleted = *mark->as<bool>();
    if (mark != nullptr && mark->as<std::int64_t>() != nullptr) isDeleted = *mark->as<std::int64_t>() != 0;
    if (query.deleted == model::DeletedRecords::Hidden && isDeleted) return false;
    if (query.deleted == model::DeletedRecords::Only && !isDeleted) return false;
    if (query.collection == "default") return true;
    const Value* kind = topLevel(record, QStringLiteral("_blazeKind"));
    const auto* name = kind != nullptr ? kind->as<std::string>() : nullptr;
    return name != nullptr && normal(*name).compare(normal(query.collection), Qt::CaseInsensitive) == 0;
}

bool comesBefore(const Record& left, const Record& right, const std::vector<model::SortKey>& order)
{
    for (const model::SortKey& key : order) {
        const Value* a = fieldOf(left, key.field);
        const Value* b = fieldOf(right, key.field);
        const bool aIsLast = a == nullptr || a->isNull();
        const bool bIsLast = b == nullptr || b->isNull();
        if (aIsLast != bIsLast) return bIsLast;
        const int found = oracleSortOrder(a, b);
        if (found != 0) return key.descending ? found > 0 : found < 0;
    }
    return left.id.bytes < right.id.bytes;
}

} // namespace

int oracleSortOrder(const Value* left, const Value* right)
{
    const bool leftIsLast = left == nullptr || left->isNull();
    const bool rightIsLast = right == nullptr || right->isNull();
    if (leftIsLast || rightIsLast) return sign(leftIsLast, rightIsLast);
    return totalOrder(*left, *right);
}

bool oracleMatches(const Record& record, const Expression& expression)
{
    const auto childMatches = [&](const Expression& child) { return oracleMatches(record, child); };
    const auto& children = expression.children;
    switch (expression.kind) {
    case ExpressionKind::All:
        return true;
    case ExpressionKind::And:
        return std::all_of(children.begin(), children.end(), childMatches);
    case ExpressionKind::Or:
        return std::any_of(children.begin(), children.end(), childMatches);
    case ExpressionKind::Not:
        return !childMatches(children.front());
    default:
        break;
    }
    const Value* value = fieldOf(record, expression.field);
    if (value != nullptr) return presentMatches(*value, expression);
    return expression.kind == ExpressionKind::IsMissing || expression.kind == ExpressionKind::IsNull ||
           expression.kind == ExpressionKind::NotEqual;
}

std::vector<model::Uuid> answerByOracle(const std::vector<Record>& records, const model::Query& query)
{
    std::vector<Record> matches;
    for (const Record& record : records)
        if (isVisible(record, query) && oracleMatches(record, query.filter)) matches.push_back(record);
    std::sort(matches.begin(), matches.end(),
              [&](const Record& left, const Record& right) { return comesBefore(left, right, query.order); });
    std::vector<model::Uuid> ids;
    for (std::size_t i = query.offset; i < matches.size() && ids.size() < query.limit.value_or(UINT64_MAX);
         ++i)
        ids.push_back(matches[i].id);
    return ids;
}

} // namespace blazedb::tests
