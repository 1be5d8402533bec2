// Every form of the catalogue that was ever written: the file-format specification 5.1 to 5.3.
#include <QByteArray>

#include "engine/codec/base64.h"
#include "engine/format28/catalogue.h"
#include "tests/engine/format28/raw_family.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using format28::PageNumber;

namespace {

const char* const kA = "00000000-0000-0000-0000-00000000000A";
const char* const kB = "00000000-0000-0000-0000-00000000000b"; // read in either case

std::string base64(const std::string& text)
{
    std::string out;
    codec::appendBase64(out, asBytes(text));
    return out;
}

/// Pages of an id as text, "-" when the catalogue does not name it.
std::string pagesOf(const format28::Catalogue& catalogue, const char* id)
{
    const format28::CatalogueEntry* entry = catalogue.find(*model::Uuid::parse(id));
    if (entry == nullptr) return "-";
    std::string text;
    for (const PageNumber page : catalogue.pagesOf(*entry)) text += (text.empty() ? "" : ",") + std::to_string(page);
    return text;
}

} // namespace

class TestCatalogue final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFormOfTheIndexMap_data()
    {
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<QByteArray>("pagesOfA");
        QTest::addColumn<QByteArray>("pagesOfB");
        const auto row = [](const char* name, QByteArray map, const char* a, const char* b) {
            map.replace("$A", QByteArray("\"") + kA + "\"").replace("$B", QByteArray("\"") + kB + "\"");
            QTest::newRow(name) << map << QByteArray(a) << QByteArray(b);
        };
        row("flat: id, pages, …", "[$A,[1],$B,[3,2]]", "1", "2,3");
        row("flat with bare numbers", "[$A,1,$B,2]", "1", "2");
        row("signed payload", R"([{"id":$A,"pages":[1]},{"id":$B,"pages":[2,3]}])", "1", "2,3");
        row("objects with key and value", R"([{"key":$A,"value":[1]},{"key":$B,"value":2}])", "1", "2");
        row("object with key and pages", R"([{"key":$A,"pages":[1]}])", "1", "-");
        row("pairs", "[[$A,[1]],[$B,2]]", "1", "2");
        row("map of numbers", "{$A:1,$B:2}", "1", "2");
        row("map of lists", "{$A:[1],$B:[3,2]}", "1", "2,3");
        row("map of lists of lists", "{$A:[[1]],$B:[[2],[3]]}", "1", "2,3");
        row("map of objects with pages", R"({$A:{"pages":[1]},$B:{"pages":2}})", "1", "2");
        row("map of objects with value", R"({$A:{"value":[1]},$B:{"value":2}})", "1", "2");
        row("whole floating numbers", "[$A,[1.0],$B,[2e0]]", "1", "2");
        row("digit texts", R"([$A,["1"],$B,["2"]])", "1", "2");
        row("the largest page", "{$A:4294967295,$B:4294967296}", "4294967295", "-");
        row("unusable ids are skipped", R"(["x",[1],$B,[2]])", "-", "2");
        row("unusable pages are skipped", R"({$A:-1,$B:2})", "-", "2");
        row("fractions are skipped", "{$A:1.5,$B:2}", "-", "2");
        row("words are skipped", R"({$A:"one",$B:2})", "-", "2");
        row("null is skipped", "{$A:null,$B:2}", "-", "2");
        row("no page is skipped", "{$A:[],$B:2}", "-", "2");
        row("an odd end is skipped", "[$A,[1],$B]", "1", "-");
        row("of one id named twice the last counts", "[$A,[1],$A,[2]]", "2", "-");
        row("a page listed twice is one", "{$A:[7,7],$B:2}", "7", "2");
        row("empty map", "{}", "-", "-");
        row("empty list", "[]", "-", "-");
        row("neither", "5", "-", "-");
    }
    void readsEveryFormOfTheIndexMap()
    {
        QFETCH(const QByteArray, map);
        QFETCH(const QByteArray, pagesOfA);
        QFETCH(const QByteArray, pagesOfB);

        const auto catalogue = format28::parseCatalogue("{\"indexMap\":" + map.toStdString() + "}");

        QVERIFY(catalogue.has_value());
        QCOMPARE(pagesOf(*catalogue, kA), pagesOfA.toStdString());
        QCOMPARE(pagesOf(*catalogue, kB), pagesOfB.toStdString());
    }

    void takesWhatIsMissingForWhatTheFormatSays()
    {
        const auto catalogue = format28::parseCatalogue("{}");

        QVERIFY(catalogue.has_value());
        QCOMPARE(catalogue->nextPage, std::uint64_t{0});
        QCOMPARE(catalogue->encodingFormat, std::string("blazeBinary"));
        QCOMPARE(catalogue->formatVersion, std::string("1.0.0"));
        QVERIFY(catalogue->entries.empty() && catalogue->freePages.empty() && catalogue->indexes.empty());
    }

    void readsTheOtherPartsInBothForms()
    {
        const auto plain = format28::parseCatalogue(R"({"nextPageIndex":"12","deletedPages":[5,"6",7.0],"encodingFormat":"json","unknown":[{}],
            "metaData":{"formatVersion":"1.2.3","x":1}})");
        QCOMPARE(plain->nextPage, std::uint64_t{12});
        QCOMPARE(plain->freePages, (std::vector<PageNumber>{5, 6, 7}));
        QCOMPARE(plain->encodingFormat, std::string("json"));
        QCOMPARE(plain->formatVersion, std::string("1.2.3"));
        const auto canonical = format28::parseCatalogue(R"({"metaData":[{"key":"x","value":1},{"key":"formatVersion","value":"1.9.0"}]})");
        QCOMPARE(canonical->formatVersion, std::string("1.9.0"));
    }

    void namesIndexesFromContentsAndDefinitions_data()
    {
        QTest::addColumn<QByteArray>("layout");
        QTest::newRow("plain") << QByteArray(R"({"secondaryIndexes":{"z+a":[{"components":[1,"x"]},["00000000-0000-0000-0000-00000000000A"],{"components":[2,"x"]},[]],"c":[]},
                                                "secondaryIndexDefinitions":{"z+a":["a","z"],"d":["d"]}})");
        QTest::newRow("canonical") << QByteArray(R"({"secondaryIndexes":[{"name":"z+a","entries":[{"ids":["00000000-0000-0000-0000-00000000000A"],"key":{"components":[1,"x"]}},
                                                {"ids":[],"key":{"components":[2,"x"]}}]},{"name":"c","entries":[]}],
                                                "secondaryIndexDefinitions":[{"key":"z+a","value":["a","z"]},{"key":"d","value":["d"]}]})");
    }
    void namesIndexesFromContentsAndDefinitions()
    {
        QFETCH(const QByteArray, layout);

        const auto catalogue = format28::parseCatalogue(layout.toStdString());
        const auto entries = format28::parseIndexEntries(layout.toStdString(), "z+a");

        QVERIFY(catalogue && entries);
        QCOMPARE(catalogue->indexes.size(), std::size_t{3}); // c, d, z+a
        QCOMPARE(catalogue->indexes[2].name, std::string("z+a"));
        QCOMPARE(catalogue->indexes[2].fields, (std::vector<std::string>{"z", "a"})); // by the name: definitions are sorted
        QCOMPARE(catalogue->indexes[2].keys, std::optional<std::uint64_t>(2));
        QCOMPARE(entries->size(), std::size_t{2});
        QCOMPARE(entries->front().components, (std::vector<std::string>{"1", "\"x\""}));
        QCOMPARE(entries->front().ids, (std::vector<model::Uuid>{tests::idAt(0x0A)}));
    }

    void refusesContentThatIsNoObject()
    {
        for (const char* wrong : {"", "[]", "5", "{", "{\"indexMap\":", "\"text\"", "{\"a\":\"\xc3\x28\"}"}) {
            const auto catalogue = format28::parseCatalogue(wrong);
            QVERIFY2(!catalogue, wrong);
            QCOMPARE(catalogue.error().code, ErrorCode::Corruption);
        }
    }

    void readsWrappersOfBothVersions()
    {
        const std::string payload = R"({"indexMap":[]})";
        const std::string escaped = QByteArray(R"({"layout":{},"secureLayoutVersion":2,"signature":"\/\/8=","signedPayload":"$P","signedAt":"2026-01-02T03:04:05Z","new":1})")
                                        .replace("$P", base64(payload).c_str())
                                        .toStdString();
        const auto second = format28::parseCatalogueWrapper(asBytes(" \t\r\n" + escaped));
        QVERIFY(second.has_value());
        QCOMPARE(second->version, std::int64_t{2});
        QCOMPARE(std::string(asText(second->signedPayload)), payload);
        QVERIFY(second->signature == (Bytes{std::byte{0xFF}, std::byte{0xFF}})); // "\/" is "/" in JSON

        const auto first = format28::parseCatalogueWrapper(asBytes(R"({"layout":{"indexMap":{}},"signature":"AA==","signedAt":"2026-01-02T03:04:05Z"})"));
        QVERIFY(first.has_value());
        QCOMPARE(first->version, std::int64_t{1});
        QVERIFY(format28::parseCatalogue(first->layout).has_value());

        const auto none = format28::parseCatalogueWrapper(asBytes(R"({"indexMap":{},"nextPageIndex":0})"));
        QVERIFY(none.has_value());
        QCOMPARE(none->version, std::int64_t{0});
    }

    void refusesWrappersWithoutTheirParts()
    {
        for (const char* wrong : {"", "x", "[]", "{", "{}", "{\"layout\":", R"({"layout":{},"secureLayoutVersion":2})", R"({"layout":{},"secureLayoutVersion":2,"signature":"AA=="})",
                                  R"({"layout":{},"secureLayoutVersion":2,"signedPayload":"AA=="})", R"({"layout":{},"secureLayoutVersion":2,"signature":"A","signedPayload":"AA=="})",
                                  R"({"layout":{},"secureLayoutVersion":"two"})", R"({"layout":{},"secureLayoutVersion":2,"signature":5,"signedPayload":"AA=="})"}) {
            const auto wrapper = format28::parseCatalogueWrapper(asBytes(wrong));
            QVERIFY2(!wrapper, wrong);
            QCOMPARE(wrapper.error().code, ErrorCode::Corruption);
        }
    }
};
BLAZEDB_REGISTER_TEST(TestCatalogue);
#include "tst_catalogue.moc"
