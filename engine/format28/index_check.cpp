#include "engine/format28/index_check.h"

#include <cmath>
#include <functional>

#include "engine/model/text_order.h"

namespace blazedb::format28 {

namespace {

constexpr std::size_t kExamplesShown = 5;
constexpr std::uint64_t kSeveralKeys = 1;
constexpr std::uint64_t kLowestHash = 2;

/// What a field's value becomes in a key: a text, an integer, a number or a bool (8.1).
model::Value component(const model::Value& value)
{
    switch (value.kind()) {
    case model::ValueKind::Text:
    case model::ValueKind::Integer:
    case model::ValueKind::Bool:
    case model::ValueKind::Double: return value;
    case model::ValueKind::Uuid: return model::Value(value.as<model::Uuid>()->toString());
    case model::ValueKind::Date: return model::Value(value.as<model::Date>()->seconds);
    case model::ValueKind::Data: return model::Value(static_cast<std::int64_t>(value.as<Bytes>()->size()));
    default: return model::Value(std::string());
    }
}

/// The form in which two components are one key: whole doubles are integers, texts their NFC form, ids in upper case.
void appendComponent(std::string& out, const model::Value& value)
{
    if (const auto* text = value.as<std::string>()) {
        const auto id = model::Uuid::parse(*text);
        const std::string form = id ? id->toString() : model::toNfc(*text);
        out += 't' + std::to_string(form.size()) + ':' + form;
    } else if (const auto* integer = value.as<std::int64_t>()) {
        out += 'i' + std::to_string(*integer) + ';';
    } else if (const auto* flag = value.as<bool>()) {
        out += *flag ? "b1" : "b0";
    } else if (const auto* real = value.as<double>()) {
        if (*real == std::trunc(*real) && std::abs(*real) < 0x1p63) {
            out += 'i' + std::to_string(static_cast<std::int64_t>(*real)) + ';';
        } else {
            const auto bits = std::bit_cast<std::uint64_t>(*real);
            out += 'd' + std::to_string(bits) + ';';
        }
    }
}

std::uint64_t hashOf(const std::string& key)
{
    return std::max<std::uint64_t>(std::hash<std::string>{}(key), kLowestHash);
}

} // namespace

void IndexCheck::Disagreement::add(const model::Uuid& id)
{
    ++count;
    if (examples.size() < kExamplesShown) examples.push_back(id);
}

Result<IndexCheck> IndexCheck::create(const Catalogue& catalogue, const std::string& layoutJson)
{
    IndexCheck check(catalogue);
    for (const model::IndexDescription& description : catalogue.indexes)
        check.m_indexes.push_back({description.name, description.fields, {}, 0, false, {}, {}, {}});
    if (check.m_indexes.empty()) return check;
    std::string key;
    BLAZE_TRY(visitIndexEntries(layoutJson, [&](std::string_view name, const std::vector<model::Value>& components, const std::vector<model::Uuid>& ids) {
        for (Index& index : check.m_indexes) {
            if (index.name != name) continue;
            if (index.keyOf.empty()) index.keyOf.resize(catalogue.entries.size());
            index.hasContents = true;
            key.clear();
            for (const model::Value& value : components) appendComponent(key, value);
            const std::uint64_t hash = hashOf(key);
            for (const model::Uuid& id : ids) {
                ++index.entries;
                const CatalogueEntry* entry = catalogue.find(id);
                if (entry == nullptr) {
                    index.unknown.add(id);
                    continue;
                }
                std::uint64_t& slot = index.keyOf[static_cast<std::size_t>(entry - catalogue.entries.data())];
                slot = slot == 0 || slot == hash ? hash : kSeveralKeys;
            }
        }
    }));
    return check;
}

void IndexCheck::compare(std::uint32_t entry, codec::RecordReader& record)
{
    const model::Uuid& id = m_catalogue.entries[entry].id;
    std::string key;
    for (Index& index : m_indexes) {
        // Without contents the app builds the index anew when it opens the database.
        if (!index.hasContents) continue;
        ++m_compared;
        key.clear();
        bool hasAllFields = true;
        for (const std::string& name : index.fields) {
            if (const model::Value* value = record.field(name)) appendComponent(key, component(*value));
            else hasAllFields = false;
        }
        const std::uint64_t stored = index.keyOf[entry];
        const std::uint64_t expected = hashOf(key);
        if (stored == expected) continue;
        if (stored != 0) index.wrong.add(id);
        // A record that lacks a field may be in the index or not: the library does both.
        else if (hasAllFields) index.missing.add(id);
    }
}

void IndexCheck::tell(CheckLedger& ledger, const Index& index, const Disagreement& what, const std::string& sentence)
{
    if (what.count == 0) return;
    std::string message = "the index " + index.name + " " + sentence + " " + std::to_string(what.count) + (what.count == 1 ? " record: " : " records: ");
    for (std::size_t i = 0; i < what.examples.size(); ++i) message += (i > 0 ? ", " : "") + what.examples[i].toString();
    if (what.count > what.examples.size()) message += ", …";
    ledger.add(CheckRule::IndexEntries,
               {model::FindingSeverity::Remark, model::FindingKind::IndexStale, what.examples.front(), std::nullopt, std::move(message),
                "The records themselves are not affected. If this stays after the app has closed the database, let the app drop the index and make it again."},
               what.count);
}

void IndexCheck::report(CheckLedger& ledger) const
{
    std::uint64_t entries = m_compared;
    for (const Index& index : m_indexes) {
        entries += index.entries;
        tell(ledger, index, index.unknown, "names records that are not there,");
        tell(ledger, index, index.missing, "lacks");
        tell(ledger, index, index.wrong, "lists under another value than they have");
    }
    ledger.lookedAt(CheckRule::IndexEntries, entries);
}

} // namespace blazedb::format28
