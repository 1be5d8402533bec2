#include "tests/support/test_registry.h"
#include "views/data/record_text.h"

using namespace blazedb;

namespace {

std::string textOf(views::RecordForm form, std::vector<std::string> columns = {"id", "t", "absent"})
{
    model::Record record;
    record.id = *model::Uuid::parse("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49");
    record.fields = {{"id", model::Value(record.id)}, {"n", model::Value(std::int64_t{3})}, {"t", model::Value(std::string("a,b"))}};
    views::RecordText text(form, std::move(columns));
    std::string out;
    text.begin(out);
    text.append(out, record);
    text.append(out, record);
    text.end(out);
    return out;
}

} // namespace

class TestRecordText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void csvQuotesAndLeavesMissingCellsEmpty()
    {
        const QStringList lines = QString::fromStdString(textOf(views::RecordForm::Csv)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].trimmed(), QStringLiteral("id,t,absent"));
        QCOMPARE(lines[1].trimmed(), QStringLiteral("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49,\"a,b\","));
    }

    void jsonLinesAreOneRecordALine()
    {
        const std::string line = R"({"id":{"$uuid":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49"},"n":3,"t":"a,b"})";
        QCOMPARE(textOf(views::RecordForm::JsonLines, {}), line + "\n" + line + "\n");
    }

    void jsonHasTheChosenFieldsAndAlwaysTheId()
    {
        const std::string line = R"({"id":{"$uuid":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49"},"t":"a,b"})";
        QCOMPARE(textOf(views::RecordForm::JsonLines, {"t", "absent"}), line + "\n" + line + "\n");
    }

    void jsonIsOneArray()
    {
        const std::string text = textOf(views::RecordForm::Json);
        QVERIFY(text.starts_with("[\n{") && text.ends_with("}\n]\n"));
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), 4);
    }
};

BLAZEDB_REGISTER_TEST(TestRecordText);
#include "tst_record_text.moc"
