#include "tests/bench/engine/document.h"

#include <charconv>
#include <cstring>

#include <fmt/format.h>

namespace blazedb::bench {
namespace {

constexpr std::array kWords{
    "account", "after",   "again",   "archive", "button",  "cache",    "cannot",   "changes",  "client",   "closes",  "column",  "connection",
    "crash",   "create",  "cursor",  "date",    "dialog",  "disk",     "document", "empty",    "error",    "every",   "export",  "fails",
    "field",   "file",    "filter",  "first",   "folder",  "freezes",  "from",     "group",    "header",   "image",   "import",  "index",
    "input",   "invalid", "key",     "large",   "layout",  "limit",    "list",     "loads",    "login",    "lost",    "memory",  "menu",
    "message", "missing", "network", "never",   "old",     "only",     "opens",    "order",    "page",     "panel",   "password", "path",
    "picture", "profile", "query",   "reader",  "record",  "refresh",  "rename",   "report",   "reset",    "restart", "result",  "row",
    "saves",   "scroll",  "search",  "second",  "server",  "settings", "shows",    "slow",     "sometimes", "sort",   "source",  "spinner",
    "start",   "stops",   "sync",    "table",   "text",    "theme",    "thread",   "timeout",  "title",    "token",   "under",   "update",
    "upload",  "user",    "value",   "version", "view",    "when",     "while",    "window",   "without",  "wrong",
};
constexpr std::array kProjects{"android", "backend", "billing", "desktop", "docs", "ios", "search", "website"};
constexpr std::array kStatuses{"open", "assigned", "fixed", "closed"};
constexpr std::array kTags{"a11y", "crash", "data", "design", "i18n", "network", "regression", "security", "speed", "wording"};

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014): any number is a good seed.
class Dice {
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed)
    {
    }
    std::uint64_t next()
    {
        std::uint64_t mixed = m_state += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    template <std::size_t N>
    const char* pick(const std::array<const char*, N>& from)
    {
        return from[below(N)];
    }
    std::string sentence(std::uint64_t words)
    {
        std::string text = pick(kWords);
        for (std::uint64_t i = 1; i < words; ++i) text.append(1, ' ').append(pick(kWords));
        return text;
    }

private:
    std::uint64_t m_state;
};

constexpr std::uint64_t kIdSeed = 0x1d5;
constexpr std::uint64_t kFieldSeed = 0xf1e1d;

void storeBigEndian(std::uint64_t number, std::byte* into)
{
    for (int i = 0; i < 8; ++i) into[i] = static_cast<std::byte>(number >> (56 - 8 * i));
}

std::string toJson(const Document& document)
{
    std::string tags;
    for (const std::string& tag : document.tags) tags += fmt::format("{}\"{}\"", tags.empty() ? "" : ",", tag);
    return fmt::format(R"({{"assignee":"{}","createdAt":{},"description":"{}","estimate":{},"isUrgent":{},"number":{},"priority":{},)"
                       R"("project":"{}","status":"{}","tags":[{}],"title":"{}"}})",
                       document.assignee, document.createdAt, document.description, document.estimate, document.isUrgent, document.number,
                       document.priority, document.project, document.status, tags, document.title);
}

} // namespace

Id makeId(std::uint64_t index, IdOrder order)
{
    Dice dice(kIdSeed + index * 2);
    Id id;
    const std::uint64_t high = dice.next();
    storeBigEndian(order == IdOrder::Random ? high : index, id.data());
    storeBigEndian(dice.next(), id.data() + 8);
    return id;
}

std::string assigneeName(std::uint64_t assignee)
{
    return fmt::format("user-{:03}", assignee);
}

Document makeDocument(std::uint64_t index, IdOrder order)
{
    Dice dice(Dice(kFieldSeed + index).next());
    Document document;
    document.id = makeId(index, order);
    document.assignee = assigneeName(dice.below(kAssignees));
    document.createdAt = 1'700'000'000 + static_cast<std::int64_t>(dice.below(60'000'000));
    document.description = dice.sentence(22 + dice.below(9));
    document.estimate = static_cast<double>(dice.below(160)) / 4 + 0.25;
    document.isUrgent = dice.below(10) == 0;
    document.number = static_cast<std::int64_t>(dice.below(1'000'000));
    document.priority = static_cast<std::int64_t>(1 + dice.below(5));
    document.project = dice.pick(kProjects);
    document.status = dice.pick(kStatuses);
    for (std::uint64_t i = dice.below(4); i > 0; --i) document.tags.emplace_back(dice.pick(kTags));
    document.title = dice.sentence(4 + dice.below(4));
    document.json = toJson(document);
    return document;
}

void Answer::add(std::int64_t number)
{
    ++documents;
    numbers += number;
}

void ExpectedAnswers::add(const Document& document)
{
    all.add(document.number);
    if (document.status == kFilterStatus && document.priority >= kFilterPriorityMin) filtered.add(document.number);
    std::uint64_t assignee = 0;
    std::from_chars(document.assignee.data() + std::strlen("user-"), document.assignee.data() + document.assignee.size(), assignee);
    byAssignee[assignee].add(document.number);
}

} // namespace blazedb::bench
