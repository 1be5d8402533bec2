// One value: its forms, large ones in parts, and saved to a file.
#include <QBuffer>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"
#include "views/data/value_text.h"

using namespace blazedb;

namespace {

constexpr int kLargeBytes = 3'000'000;

std::string largeText()
{
    std::string text;
    for (int i = 0; text.size() < kLargeBytes; ++i) text += "line " + std::to_string(i) + "\n";
    text.resize(kLargeBytes);
    return text;
}

Bytes png(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QByteArray data;
    QBuffer buffer(&data);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    const auto* first = reinterpret_cast<const std::byte*>(data.constData());
    return Bytes(first, first + data.size());
}

std::vector<model::Record> manyKinds()
{
    model::Record record = tests::bug(1);
    record.fields.push_back({"empty", model::Value(std::string())});
    record.fields.push_back({"large", model::Value(largeText())});
    record.fields.push_back({"nothing", model::Value()});
    record.fields.push_back({"picture", model::Value(png(2000, 10))});
    record.fields.push_back({"raw", model::Value(Bytes{std::byte{0x00}, std::byte{0x41}, std::byte{0xff}})});
    record.fields.push_back({"tags", model::Value(model::Array{model::Value(std::string("a")), model::Value(std::int64_t{7})})});
    return {record, tests::bug(2)};
}

struct ValueBench : tests::DataBench {
    ValueBench()
        : DataBench(manyKinds())
    {
    }
    void show(int row, const char* field)
    {
        QTRY_VERIFY(column(field) >= 0);
        QTRY_COMPARE(total(), 2);
        choose(row, field);
        trigger("data.valuePanel");
        QTRY_VERIFY2(facts().startsWith(QLatin1String(field)), qPrintable(facts()));
    }
    [[nodiscard]] QString facts() const { return find<QLabel>("data.value.facts")->text(); }
    [[nodiscard]] QString text() const { return find<QPlainTextEdit>("data.value.text")->toPlainText(); }
    void press(const char* name) { QTest::mouseClick(find<QToolButton>(name), Qt::LeftButton); }
    void form(int index)
    {
        auto* box = find<QComboBox>("data.value.form");
        box->setFocus();
        while (box->currentIndex() != index) QTest::keyClick(box, box->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    }
};

} // namespace

class TestValuePanel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missingNullAndEmptyAreThreeThings()
    {
        ValueBench bench;
        bench.show(0, "nothing");
        QTRY_COMPARE(bench.facts(), QStringLiteral("nothing · null"));
        bench.show(0, "empty");
        QTRY_COMPARE(bench.facts(), QStringLiteral("empty · text · empty"));
        bench.show(1, "empty");
        QTRY_COMPARE(bench.facts(), QStringLiteral("empty · missing in this record"));
        QVERIFY(!bench.find<QToolButton>("data.value.save")->isEnabled());
    }

    void aLargeTextIsShownInParts()
    {
        ValueBench bench;
        bench.show(0, "large");
        QTRY_COMPARE(bench.facts(), QStringLiteral("large · text · 3.00 MB"));
        const QString whole = QString::fromStdString(largeText());
        constexpr int kPart = 64 * 1024;
        QCOMPARE(bench.text(), whole.left(kPart));
        QVERIFY(!bench.find<QToolButton>("data.value.previous")->isEnabled());
        bench.press("data.value.next");
        QTRY_COMPARE(bench.text(), whole.mid(kPart, kPart));
        bench.press("data.value.last");
        QTRY_COMPARE(bench.text(), whole.mid(kLargeBytes / kPart * kPart));
        QCOMPARE(bench.find<QLabel>("data.value.place")->text(), QStringLiteral("2,949,120 to 3,000,000 of 3,000,000")); // 45 parts of 65,536
        bench.press("data.value.previous");
        QTRY_COMPARE(bench.text(), whole.mid(44 * kPart, kPart));
        bench.press("data.value.first");
        QTRY_COMPARE(bench.text(), whole.left(kPart));

        // Not as a tree or JSON: that would need all of it.
        bench.form(1);
        QTRY_VERIFY(bench.find<QLabel>("data.value.image")->text().contains(QLatin1String("too large")));
        bench.form(2);
        QTRY_VERIFY(bench.find<QLabel>("data.value.image")->text().contains(QLatin1String("too large")));
    }

    void bytesAreHexAndContainersTrees()
    {
        ValueBench bench;
        bench.show(0, "raw");
        QTRY_COMPARE(bench.text().trimmed(), QStringLiteral("00000000  00 41 ff ") + QString(39, QLatin1Char(' ')) + QStringLiteral(" .A."));
        bench.show(0, "tags");
        auto* tree = bench.find<QTreeWidget>("data.value.tree");
        QTRY_COMPARE(tree->topLevelItemCount(), 1);
        QCOMPARE(tree->topLevelItem(0)->childCount(), 2);
        QCOMPARE(tree->topLevelItem(0)->child(1)->text(1), QStringLiteral("integer"));
        bench.form(2);
        QTRY_COMPARE(bench.text(), QStringLiteral("[\"a\",7]"));
    }

    void anImageIsDecodedSmallAndSaysItsSize()
    {
        ValueBench bench;
        bench.show(0, "picture");
        auto* image = bench.find<QLabel>("data.value.image");
        QTRY_VERIFY(!image->pixmap().isNull());
        QCOMPARE(image->pixmap().width(), 1024);
        QVERIFY(bench.facts().endsWith(QStringLiteral("2000 × 10")));
        bench.show(0, "title");
        bench.form(4);
        QTRY_COMPARE(image->text(), QStringLiteral("Only bytes can be an image."));
    }

    void savesTheWholeValue()
    {
        ValueBench bench;
        QTemporaryDir folder;
        bench.show(0, "large");
        QTRY_VERIFY(bench.find<QToolButton>("data.value.save")->isEnabled());
        bench.press("data.value.save");
        auto* dialog = bench.find<QFileDialog>("data.value.saveDialog");
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->text(), QStringLiteral("large.txt"));
        dialog->setDirectory(folder.path());
        const QString path = folder.filePath(QStringLiteral("large.txt"));
        auto* buttons = dialog->findChild<QDialogButtonBox*>();
        QVERIFY(buttons);
        QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        QTRY_COMPARE(bench.find<QLabel>("data.message")->text(), QStringLiteral("3.00 MB written to %1. The file is not encrypted.").arg(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().toStdString() == largeText());
    }

    void f4GoesToTheValueAndBack()
    {
        ValueBench bench;
        bench.show(0, "title");
        QVERIFY(bench.find<QComboBox>("data.value.form")->hasFocus());
        bench.trigger("data.valuePanel");
        QVERIFY(bench.grid()->hasFocus());
        QTest::keyClick(bench.grid(), Qt::Key_Return);
        QVERIFY(bench.find<QComboBox>("data.value.form")->hasFocus());
    }

    void hexLinesCountFromTheOffset()
    {
        const Bytes bytes(17, std::byte{0x30});
        const QStringList lines = views::hexText(bytes, 0x10000).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QLatin1String("00010000  30 30")) && lines[0].endsWith(QLatin1String("0000000000000000")));
        QVERIFY(lines[1].startsWith(QLatin1String("00010010  30 ")));
    }
};

BLAZEDB_REGISTER_TEST(TestValuePanel);
#include "tst_value_panel.moc"
