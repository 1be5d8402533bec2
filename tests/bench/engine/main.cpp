// One opponent, measured alone in this process; packaging/bench runs them in turns and compares.
// Prints one JSON object: {"opponent", "version", "settings", "documents", "figures": {name: number}}.
#include <cstdio>
#include <map>
#include <set>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tests/bench/engine/works.h"

using namespace blazedb::bench;

namespace {

constexpr const char* kUsage = "usage: %s --folder EMPTY_FOLDER [--opponent NAME] [--documents N] [--work load|point|scan|indexed|filter|readers|single|transaction|growth]…\n"
                               "opponents of this program:";

struct Arguments {
    std::string opponent;
    WorkOptions options;
    std::set<std::string> works;
};

[[noreturn]] void showUsage(const char* program)
{
    std::fprintf(stderr, kUsage, program);
    for (const std::string& name : opponentNames()) std::fprintf(stderr, " %s", name.c_str());
    std::fputc('\n', stderr);
    std::exit(64);
}

const std::map<std::string, void (Works::*)()>& worksOfOneDatabase()
{
    static const std::map<std::string, void (Works::*)()> works{{"point", &Works::point},   {"scan", &Works::scan},       {"indexed", &Works::indexed},
                                                                {"filter", &Works::filter}, {"readers", &Works::readers}, {"single", &Works::single}};
    return works;
}

Arguments parse(int argc, char** argv)
{
    Arguments arguments;
    arguments.opponent = opponentNames().front();
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) showUsage(argv[0]);
        const std::string_view name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--opponent") arguments.opponent = value;
        else if (name == "--folder") arguments.options.folder = value;
        else if (name == "--documents") arguments.options.documents = std::strtoull(value.c_str(), nullptr, 10);
        else if (name == "--work") arguments.works.insert(value);
        else showUsage(argv[0]);
    }
    if (arguments.works.empty()) arguments.works = {"load", "point", "scan", "indexed", "filter", "readers", "single", "transaction"};
    const std::vector<std::string> names = opponentNames();
    if (std::find(names.begin(), names.end(), arguments.opponent) == names.end()) showUsage(argv[0]);
    for (const std::string& work : arguments.works) {
        if (!worksOfOneDatabase().contains(work) && work != "load" && work != "transaction" && work != "growth") showUsage(argv[0]);
    }
    if (arguments.options.folder.empty() || arguments.options.documents == 0) showUsage(argv[0]);
    return arguments;
}

void measureOneDatabase(Opponent& opponent, const Arguments& arguments, Figures& figures)
{
    Works works(opponent, arguments.options, figures);
    works.load();
    // Reads first: the writers among them add documents.
    for (const char* name : {"point", "scan", "indexed", "filter", "readers", "single"}) {
        if (arguments.works.contains(name)) (works.*worksOfOneDatabase().at(name))();
    }
    works.finish();
}

} // namespace

int main(int argc, char** argv)
{
    const Arguments arguments = parse(argc, argv);
    const std::unique_ptr<Opponent> opponent = makeOpponent(arguments.opponent);
    Figures figures;
    const bool wantsOneDatabase = std::any_of(arguments.works.begin(), arguments.works.end(),
                                              [](const std::string& work) { return work == "load" || worksOfOneDatabase().contains(work); });
    if (wantsOneDatabase) measureOneDatabase(*opponent, arguments, figures);
    if (arguments.works.contains("transaction")) measureTransaction(*opponent, arguments.options, figures);
    if (arguments.works.contains("growth")) measureGrowth(*opponent, arguments.options, figures);
    const nlohmann::ordered_json result{{"opponent", arguments.opponent},
                                        {"version", opponent->version()},
                                        {"settings", opponent->settings()},
                                        {"documents", arguments.options.documents},
                                        {"figures", figures}};
    std::printf("%s\n", result.dump().c_str());
    return 0;
}
