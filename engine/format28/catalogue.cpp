#include "engine/format28/catalogue.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>

#include <simdjson.h>

namespace blazedb::format28 {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

Error badCatalogue(const char* why)
{
    return {ErrorCode::Corruption, why};
}

/// A page number in any form that was ever written: an integer, a whole floating number, digits.
std::optional<PageNumber> pageNumber(const element& json)
{
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;
    if (json.get(integer) == simdjson::SUCCESS) {
    } else if (json.get(real) == simdjson::SUCCESS) {
        if (!(real >= 0 && real <= UINT32_MAX) || real != std::trunc(real)) return std::nullopt;
        integer = static_cast<std::int64_t>(real);
    } else if (json.get(text) == simdjson::SUCCESS) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
        if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    } else {
        return std::nullopt;
    }
    if (integer < 0 || integer > UINT32_MAX) return std::nullopt;
    return static_cast<PageNumber>(integer);
}

/// Appends the pages of one entry: a number, [n, …], [[n], …], {"pages": …} or {"value": …}. False when there are none.
bool appendPages(const element& json, std::vector<PageNumber>& pages, int depth = 0)
{
    if (depth > 2) return false;
    array list;
    object wrapped;
    element inner;
    if (json.get(list) == simdjson::SUCCESS) {
        bool isUsable = false;
        for (const element& item : list) isUsable = appendPages(item, pages, depth + 1) || isUsable;
        return isUsable;
    }
    if (json.get(wrapped) == simdjson::SUCCESS) {
        if (wrapped.at_key("pages").get(inner) != simdjson::SUCCESS && wrapped.at_key("value").get(inner) != simdjson::SUCCESS) return false;
        return appendPages(inner, pages, depth + 1);
    }
    const auto number = pageNumber(json);
    if (number) pages.push_back(*number);
    return number.has_value();
}

/// Collects the index map in whichever form it is written. Thread-safety: none; one owner.
class IndexMapReader {
public:
    explicit IndexMapReader(Catalogue& catalogue)
        : m_catalogue(catalogue)
    {
    }

    void read(const element& json)
    {
        array list;
        object map;
        if (json.get(list) == simdjson::SUCCESS) readList(list);
        if (json.get(map) == simdjson::SUCCESS)
            for (const auto& [id, pages] : map) add(id, pages);
        finish();
    }

private:
    void add(std::string_view idText, const element& pages)
    {
        const auto id = model::Uuid::parse(idText);
        const std::size_t first = m_catalogue.pages.size();
        if (!id || !appendPages(pages, m_catalogue.pages)) {
            m_catalogue.pages.resize(first);
            ++m_catalogue.unusableEntries;
            return;
        }
        std::sort(m_catalogue.pages.begin() + static_cast<std::ptrdiff_t>(first), m_catalogue.pages.end());
        m_catalogue.pages.erase(std::unique(m_catalogue.pages.begin() + static_cast<std::ptrdiff_t>(first), m_catalogue.pages.end()),
                                m_catalogue.pages.end());
        m_catalogue.entries.push_back(
            {*id, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(m_catalogue.pages.size() - first)});
    }

    /// id, pages, id, pages, … or a list of pairs or of objects.
    void readList(const array& list)
    {
        std::string_view pendingId;
        bool hasPendingId = false;
        for (const element& item : list) {
            std::string_view text;
            object entry;
            array pair;
            if (hasPendingId) {
                add(pendingId, item);
                hasPendingId = false;
            } else if (item.get(text) == simdjson::SUCCESS) {
                pendingId = text;
                hasPendingId = true;
            } else if (item.get(entry) == simdjson::SUCCESS) {
                addObject(entry);
            } else if (item.get(pair) == simdjson::SUCCESS && pair.size() == 2 && pair.at(0).get(text) == simdjson::SUCCESS) {
                add(text, pair.at(1).value());
            } else {
                ++m_catalogue.unusableEntries;
            }
        }
        if (hasPendingId) ++m_catalogue.unusableEntries;
    }

    void addObject(const object& entry)
    {
        std::string_view id;
        element pages;
        const bool hasId = entry.at_key("id").get(id) == simdjson::SUCCESS || entry.at_key("key").get(id) == simdjson::SUCCESS;
        if (hasId && (entry.at_key("pages").get(pages) == simdjson::SUCCESS || entry.at_key("value").get(pages) == simdjson::SUCCESS))
            add(id, pages);
        else
            ++m_catalogue.unusableEntries;
    }

    /// By id; of one id named twice the last counts.
    void finish()
    {
        auto& entries = m_catalogue.entries;
        // Entries with the same id stay in the order they were read in, which is that of their places in `pages`.
        std::sort(entries.begin(), entries.end(),
                  [](const CatalogueEntry& a, const CatalogueEntry& b) { return std::tie(a.id, a.firstPage) < std::tie(b.id, b.firstPage); });
        std::size_t kept = 0;
        for (const CatalogueEntry& entry : entries) {
            if (kept > 0 && entries[kept - 1].id == entry.id) {
                m_catalogue.repeatedIds.push_back(entry.id);
                --kept;
            }
            entries[kept++] = entry;
        }
        entries.resize(kept);
    }

    Catalogue& m_catalogue;
};

/// Calls `use(name, value)` for {name: value} and for [{"key" or "name": …, "value" or "entries": …}].
template <typename Use>
void forEachNamed(const element& json, Use use)
{
    object map;
    array list;
    if (json.get(map) == simdjson::SUCCESS)
        for (const auto& [name, value] : map) use(name, value);
    if (json.get(list) != simdjson::SUCCESS) return;
    for (const element& item : list) {
        object entry;
        std::string_view name;
        element value;
        if (item.get(entry) != simdjson::SUCCESS) continue;
        if (entry.at_key("key").get(name) != simdjson::SUCCESS && entry.at_key("name").get(name) != simdjson::SUCCESS) continue;
        if (entry.at_key("value").get(value) != simdjson::SUCCESS && entry.at_key("entries").get(value) != simdjson::SUCCESS) continue;
        use(name, value);
    }
}

std::vector<std::string> splitIndexName(std::string_view name)
{
    std::vector<std::string> fields;
    for (;;) {
        const std::size_t plus = name.find('+');
        fields.emplace_back(name.substr(0, plus));
        if (plus == std::string_view::npos) return fields;
        name.remove_prefix(plus + 1);
    }
}

/// Names of indexes and how many keys each has. The name gives the field order: definitions are stored sorted.
void readIndexes(const object& layout, Catalogue& catalogue)
{
    const auto describe = [&](std::string_view name) -> model::IndexDescription& {
        for (model::IndexDescription& index : catalogue.indexes)
            if (index.name == name) return index;
        return catalogue.indexes.emplace_back(model::IndexDescription{std::string(name), splitIndexName(name), "secondary", std::nullopt});
    };
    element json;
    if (layout.at_key("secondaryIndexDefinitions").get(json) == simdjson::SUCCESS)
        forEachNamed(json, [&](std::string_view name, const element&) { describe(name); });
    if (layout.at_key("secondaryIndexes").get(json) == simdjson::SUCCESS)
        forEachNamed(json, [&](std::string_view name, const element& contents) {
            array entries;
            if (contents.get(entries) != simdjson::SUCCESS) return;
            std::uint64_t count = 0;
            bool isFlat = false; // key, ids, key, ids, …
            for (const element& item : entries) {
                ++count;
                isFlat = isFlat || item.is_array();
            }
            describe(name).keys = isFlat ? count / 2 : count;
        });
    std::sort(catalogue.indexes.begin(), catalogue.indexes.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

std::vector<model::Uuid> idsIn(const element& json)
{
    std::vector<model::Uuid> ids;
    array list;
    if (json.get(list) != simdjson::SUCCESS) return ids;
    for (const element& item : list) {
        std::string_view text;
        if (item.get(text) != simdjson::SUCCESS) continue;
        if (const auto id = model::Uuid::parse(text)) ids.push_back(*id);
    }
    return ids;
}

/// Null for what a key component cannot be.
model::Value scalar(const element& json)
{
    std::string_view text;
    std::int64_t integer = 0;
    double real = 0;
    bool flag = false;
    if (json.get(text) == simdjson::SUCCESS) return model::Value(std::string(text));
    if (json.get(integer) == simdjson::SUCCESS) return model::Value(integer);
    if (json.get(real) == simdjson::SUCCESS) return model::Value(real);
    if (json.get(flag) == simdjson::SUCCESS) return model::Value(flag);
    return {};
}

IndexEntry indexEntry(const element& key, const element& ids)
{
    IndexEntry entry;
    object keyObject;
    array list;
    if (key.get(keyObject) == simdjson::SUCCESS && keyObject.at_key("components").get(list) == simdjson::SUCCESS)
        for (const element& component : list) entry.components.push_back(simdjson::minify(component));
    entry.ids = idsIn(ids);
    return entry;
}

/// Calls `use(index name, key, ids)` for the contents in either form: [{"ids", "key"}, …] or [key, ids, key, ids, …].
template <typename Use>
void forEachIndexEntry(const object& layout, Use use)
{
    element part;
    if (layout.at_key("secondaryIndexes").get(part) != simdjson::SUCCESS) return;
    forEachNamed(part, [&](std::string_view name, const element& contents) {
        array items;
        if (contents.get(items) != simdjson::SUCCESS) return;
        element pendingKey;
        bool hasPendingKey = false;
        for (const element& item : items) {
            element key;
            element ids;
            object entry;
            if (hasPendingKey) {
                use(name, pendingKey, item);
                hasPendingKey = false;
            } else if (item.get(entry) == simdjson::SUCCESS && entry.at_key("ids").get(ids) == simdjson::SUCCESS
                       && entry.at_key("key").get(key) == simdjson::SUCCESS) {
                use(name, key, ids);
            } else {
                pendingKey = item;
                hasPendingKey = true;
            }
        }
    });
}

Result<object> parseLayout(simdjson::dom::parser& parser, std::string_view json)
{
    element root;
    object layout;
    if (json.empty()) return badCatalogue("the catalogue's content is empty"); // and may have no address, which the parser needs
    if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return badCatalogue("the catalogue's content is not JSON");
    if (root.get(layout) != simdjson::SUCCESS) return badCatalogue("the catalogue's content is not a JSON object");
    return layout;
}

} // namespace

const CatalogueEntry* Catalogue::find(const model::Uuid& id) const
{
    const auto found = std::lower_bound(entries.begin(), entries.end(), id, [](const CatalogueEntry& entry, const model::Uuid& wanted) { return entry.id < wanted; });
    return found != entries.end() && found->id == id ? &*found : nullptr;
}

Result<Catalogue> parseCatalogue(std::string_view json)
{
    simdjson::dom::parser parser;
    BLAZE_TRY_VALUE(const object layout, parseLayout(parser, json));
    Catalogue catalogue;
    element part;
    if (layout.at_key("indexMap").get(part) == simdjson::SUCCESS) IndexMapReader(catalogue).read(part);
    if (layout.at_key("deletedPages").get(part) == simdjson::SUCCESS) (void)appendPages(part, catalogue.freePages);
    if (layout.at_key("nextPageIndex").get(part) == simdjson::SUCCESS) catalogue.nextPage = pageNumber(part).value_or(0);
    std::string_view text;
    if (layout.at_key("encodingFormat").get(text) == simdjson::SUCCESS) catalogue.encodingFormat = std::string(text);
    if (layout.at_key("metaData").get(part) == simdjson::SUCCESS)
        forEachNamed(part, [&](std::string_view name, const element& value) {
            std::string_view version;
            if (name == "formatVersion" && value.get(version) == simdjson::SUCCESS) catalogue.formatVersion = std::string(version);
        });
    readIndexes(layout, catalogue);
    return catalogue;
}

Result<void> visitIndexEntries(std::string_view json,
                               const std::function<void(std::string_view index, const std::vector<model::Value>& components,
                                                        const std::vector<model::Uuid>& ids)>& use)
{
    simdjson::dom::parser parser;
    BLAZE_TRY_VALUE(const object layout, parseLayout(parser, json));
    std::vector<model::Value> components;
    forEachIndexEntry(layout, [&](std::string_view name, const element& key, const element& ids) {
        components.clear();
        object keyObject;
        array list;
        if (key.get(keyObject) == simdjson::SUCCESS && keyObject.at_key("components").get(list) == simdjson::SUCCESS)
            for (const element& component : list) components.push_back(scalar(component));
        use(name, components, idsIn(ids));
    });
    return {};
}

Result<std::vector<IndexEntry>> parseIndexEntries(std::string_view json, const std::string& indexName)
{
    simdjson::dom::parser parser;
    BLAZE_TRY_VALUE(const object layout, parseLayout(parser, json));
    std::vector<IndexEntry> entries;
    forEachIndexEntry(layout, [&](std::string_view name, const element& key, const element& ids) {
        if (name == indexName) entries.push_back(indexEntry(key, ids));
    });
    return entries;
}

} // namespace blazedb::format28
