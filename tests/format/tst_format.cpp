// What the engine writes, read_blaze.py reads: the engine and FORMAT.md agree.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/support/native_database.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

/// Small and large rows in two trees, some overwritten or erased, checkpoints between.
Result<ExpectedRows> fill(NativeStore& store)
{
    ExpectedRows rows;
    for (int commit = 0; commit < 30; ++commit) {
        BLAZE_TRY_VALUE(const auto batch, store.begin());
        for (int i = 0; i < 40; ++i) {
            const std::string name = i % 5 == 0 ? "others" : "rows";
            BLAZE_TRY_VALUE(const auto tree, batch->openTree(name));
            const std::string key = "key " + std::to_string((commit * 37 + i * 11) % 700);
            if (i % 7 == 3) {
                BLAZE_TRY(batch->erase(tree, asBytes(key)));
                rows.erase({name, key});
                continue;
            }
            const std::string value(static_cast<std::size_t>(i == 20 ? 9000 * commit : 10 * i), static_cast<char>('a' + commit % 26));
            BLAZE_TRY(batch->put(tree, asBytes(key), asBytes(value)));
            rows[{name, key}] = value;
        }
        BLAZE_TRY(batch->commit(Durability::Synced));
        if (commit == 12) BLAZE_TRY(store.checkpoint());
    }
    return rows;
}

struct Reading {
    int exitCode = -1;
    ExpectedRows rows;
    QJsonObject end;
};

Reading readIndependently(const Bytes& contents, std::string_view password)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("test.blaze"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(reinterpret_cast<const char*>(contents.data()), static_cast<qint64>(contents.size()));
    file.close();
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/format/read_blaze.py"), path});
    python.write(password.data(), static_cast<qint64>(password.size()));
    python.closeWriteChannel();
    if (!python.waitForFinished(60'000)) return {};
    Reading reading;
    reading.exitCode = python.exitCode();
    const QList<QByteArray> lines = python.readAllStandardOutput().split('\n');
    for (const QByteArray& line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.isEmpty()) continue;
        reading.end = object;
        if (!object.contains(QLatin1String("key"))) continue;
        const auto text = [&](const char* name) { return QByteArray::fromHex(object.value(QLatin1String(name)).toString().toLatin1()).toStdString(); };
        reading.rows[{object.value(QLatin1String("tree")).toString().toStdString(), text("key")}] = text("value");
    }
    if (reading.exitCode != 0) qInfo("%s%s", python.readAllStandardError().constData(), QJsonDocument(reading.end).toJson().constData());
    return reading;
}

} // namespace

class TestFormat final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anIndependentReaderSeesTheSameRows_data()
    {
        QTest::addColumn<bool>("isClosed");
        QTest::newRow("closed") << true;
        QTest::newRow("with a log that is not replayed yet") << false;
    }
    void anIndependentReaderSeesTheSameRows()
    {
        QFETCH(const bool, isClosed);
        SimulatedDisk disk;
        SeededRandom random(31);
        StoreOptions options;
        options.logExtents = {.pages = 6, .firstPages = 2};
        auto store = openOn(disk, random, options);
        QVERIFY(store.has_value());
        const auto rows = fill(**store);
        QVERIFY(rows.has_value());
        if (isClosed) QVERIFY((*store)->close().has_value());

        const Reading reading = readIndependently(disk.contents(), kTestPassword);

        QCOMPARE(reading.exitCode, 0);
        // Closing moves nodes, in commits that change no row.
        QVERIFY(reading.end.value(QLatin1String("sequence")).toInt() >= 30);
        QVERIFY(isClosed || reading.end.value(QLatin1String("sequence")).toInt() == 30);
        QVERIFY(reading.rows == *rows);
    }

    void anIndependentReaderRefusesAWrongPasswordAndDamage()
    {
        SimulatedDisk disk;
        SeededRandom random(32);
        {
            auto store = openOn(disk, random);
            QVERIFY(fill(**store).has_value());
        }
        QCOMPARE(readIndependently(disk.contents(), "another").exitCode, 1);
        Bytes damaged = disk.contents();
        for (std::size_t page = kFirstPage; (page + 1) * kPageBytes <= damaged.size(); ++page) damaged[page * kPageBytes + 4000] ^= std::byte{1};
        QCOMPARE(readIndependently(damaged, kTestPassword).exitCode, 1);
    }
};
BLAZEDB_REGISTER_TEST(TestFormat);
#include "tst_format.moc"
