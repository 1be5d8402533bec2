#include "views/shell/support_report.h"

#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

model::Finding damagedRecord()
{
    return {model::FindingSeverity::Damage, model::FindingKind::RecordDamaged, model::Uuid{}, 12,
            "record 70AA255D-7078-4596-806B-4215E3320214: page 12: its bytes were altered", {}};
}

} // namespace

class TestSupportReport final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAHelperNeeds()
    {
        views::SupportFacts facts;
        facts.version = QStringLiteral("1.2.3");
        facts.system = {{QStringLiteral("Qt"), QStringLiteral("6.4.2")}};
        facts.settings = {{QStringLiteral("theme"), QStringLiteral("dark")}};
        facts.log = {{std::chrono::system_clock::time_point{}, LogLevel::Error, "app", "it broke"}};
        api::SourceDescription description;
        description.name = "customers";
        description.place = "/home/eve/secret project/customers.blazedb";
        description.format = "BlazeDB 2.8 family";
        description.encryption = "AES-256-GCM";
        description.isRescue = true;
        description.parts = {{"pages", description.place, 8192}};
        facts.sources = {views::supportFactsOf(description, {damagedRecord(), damagedRecord()})};

        const QString report = views::supportReport(facts, QStringLiteral("/home/eve"));

        for (const char* expected : {"1.2.3", "Qt: 6.4.2", "theme: dark", "1. BlazeDB 2.8 family, AES-256-GCM, rescue view", "pages: 8192 bytes", "record-damaged: 2",
                                     "1970-01-01T00:00:00.000Z error app: it broke"})
            QVERIFY2(report.contains(QLatin1String(expected)), expected);
        for (const char* secret : {"customers", "secret project", "70AA255D"}) QVERIFY2(!report.contains(QLatin1String(secret)), secret);
    }

    void shortensTheHomeFolder()
    {
        views::SupportFacts facts;
        facts.log = {{std::chrono::system_clock::time_point{}, LogLevel::Info, "app", "settings in /home/eve/.config"}};

        const QString report = views::supportReport(facts, QStringLiteral("/home/eve"));

        QVERIFY(report.contains(QLatin1String("settings in ~/.config")));
        QVERIFY(!report.contains(QLatin1String("eve")));
    }

    void saysWhereThereIsNothing()
    {
        QVERIFY(views::supportReport({}, {}).count(QLatin1String("\nnone\n")) == 3);
    }
};

BLAZEDB_REGISTER_TEST(TestSupportReport);
#include "tst_support_report.moc"
