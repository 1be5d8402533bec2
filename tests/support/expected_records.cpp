#include "tests/support/expected_records.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>

#include <QByteArray>
#include <QDir>
#include <QFile>

#include <nlohmann/json.hpp>

namespace blazedb::tests {

namespace {

using nlohmann::json;

double doubleFromHex(const std::string& hex)
{
    return std::bit_cast<double>(static_cast<std::uint64_t>(std::stoull(hex, nullptr, 16)));
}

model::Value expectedValue(const json& tagged)
{
    const std::string kind = tagged.begin().key();
    const json& content = tagged.begin().value();
    if (kind == "string") return model::Value(content.get<std::string>());
    if (kind == "int") return model::Value(content.get<std::int64_t>());
    if (kind == "bool") return model::Value(content.get<bool>());
    if (kind == "double") return model::Value(doubleFromHex(content.get<std::string>()));
    if (kind == "date") return model::Value(model::Date{doubleFromHex(content.get<std::string>())});
    if (kind == "uuid") return model::Value(*model::Uuid::parse(content.get<std::string>()));
    if (kind == "data") {
        const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(content.get<std::string>()));
        const ByteView view = asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        return model::Value(Bytes(view.begin(), view.end()));
    }
    if (kind == "array") {
        model::Array array;
        for (const json& item : content) array.push_back(expectedValue(item));
        return model::Value(std::move(array));
    }
    if (kind == "vector") {
        model::Vector vector;
        for (const json& unit : content)
            vector.elements.push_back(std::bit_cast<double>(static_cast<std::uint64_t>(std::stoull(unit.get<std::string>(), nullptr, 16)) << 32U));
        return model::Value(std::move(vector));
    }
    if (kind == "dict") {
        model::Dictionary dictionary;
        for (const auto& [key, value] : content.items()) dictionary.push_back({key, expectedValue(value)});
        return model::Value(std::move(dictionary));
    }
    return {};
}

/// NaNs become one NaN and dictionaries are sorted, so that identity ignores what does not count.
void normalise(model::Value& value)
{
    if (auto* real = std::get_if<double>(&value.storage); real != nullptr && std::isnan(*real)) *real = std::nan("");
    if (auto* date = std::get_if<model::Date>(&value.storage); date != nullptr && std::isnan(date->seconds)) date->seconds = std::nan("");
    if (auto* vector = std::get_if<model::Vector>(&value.storage))
        for (double& element : vector->elements)
            if (std::isnan(element)) element = std::nan("");
    if (auto* array = std::get_if<model::Array>(&value.storage))
        for (model::Value& element : *array) normalise(element);
    if (auto* dictionary = std::get_if<model::Dictionary>(&value.storage)) {
        for (model::DictionaryEntry& entry : *dictionary) normalise(entry.value);
        std::sort(dictionary->begin(), dictionary->end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    }
}

void normalise(model::Record& record)
{
    for (model::Field& field : record.fields) normalise(field.value);
    std::sort(record.fields.begin(), record.fields.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

} // namespace

QString fixtureFolder(const QString& name)
{
    return QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/data/") + name;
}

bool copyFixture(const QString& name, const QString& folder)
{
    const QDir from(fixtureFolder(name));
    for (const QFileInfo& entry : from.entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString target = QDir(folder).filePath(entry.fileName());
        if (entry.isDir()) {
            if (!QDir().mkpath(target) || !copyFixture(name + QLatin1Char('/') + entry.fileName(), target)) return false;
        } else if (!QFile::copy(entry.filePath(), target)) {
            return false;
        }
    }
    return from.exists();
}

std::vector<model::Record> readExpectedRecords(const QString& path)
{
    std::vector<model::Record> records;
    std::ifstream lines(path.toStdString());
    for (std::string line; std::getline(lines, line);) {
        const json parsed = json::parse(line);
        model::Record record{*model::Uuid::parse(parsed.at("id").get<std::string>()), {}};
        for (const auto& [name, value] : parsed.at("fields").items()) record.fields.push_back({name, expectedValue(value), 0});
        records.push_back(std::move(record));
    }
    return records;
}

QString differenceOf(const model::Record& actual, const model::Record& expected)
{
    model::Record left = actual;
    model::Record right = expected;
    normalise(left);
    normalise(right);
    const QString id = QString::fromStdString(right.id.toString());
    if (left.id != right.id) return QStringLiteral("record %1 in place of %2").arg(QString::fromStdString(left.id.toString()), id);
    if (left.fields.size() != right.fields.size())
        return QStringLiteral("record %1 has %2 fields, not %3").arg(id).arg(left.fields.size()).arg(right.fields.size());
    for (std::size_t i = 0; i < right.fields.size(); ++i) {
        const QString name = QString::fromStdString(right.fields[i].name);
        if (left.fields[i].name != right.fields[i].name) return QStringLiteral("record %1 has no field %2").arg(id, name);
        if (!left.fields[i].value.isIdenticalTo(right.fields[i].value)) return QStringLiteral("record %1, field %2 differs").arg(id, name);
    }
    return {};
}

} // namespace blazedb::tests
