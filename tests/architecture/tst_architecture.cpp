// The arrows between folders: who may include whom. A new arrow is a decision, and is made here.
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>

#include "tests/support/test_registry.h"

namespace {

const QString kRoot = QStringLiteral(BLAZEDB_SOURCE_DIR);

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

/// Folder and the folders it may include besides itself.
const QMap<QString, QStringList>& allowedIncludes()
{
    static const QMap<QString, QStringList> table{
        {QStringLiteral("engine/base"), {}},
        {QStringLiteral("engine/model"), words("engine/base")},
        {QStringLiteral("engine/codec"), words("engine/base engine/model")},
        {QStringLiteral("engine/crypto"), words("engine/base")},
        {QStringLiteral("engine/metrics"), words("engine/base engine/model")},
        {QStringLiteral("engine/storage"), words("engine/base engine/model engine/crypto engine/metrics")},
        {QStringLiteral("engine/txn"), words("engine/base engine/model engine/codec engine/storage engine/metrics")},
        {QStringLiteral("engine/index"), words("engine/base engine/model engine/codec engine/storage engine/txn")},
        {QStringLiteral("engine/documents"),
         words("engine/base engine/model engine/codec engine/metrics engine/storage engine/txn engine/index")},
        {QStringLiteral("engine/format28"), words("engine/base engine/model engine/codec engine/crypto engine/metrics engine/storage")},
        {QStringLiteral("engine/query"), words("engine/base engine/model engine/codec engine/metrics engine/storage")},
        {QStringLiteral("engine/api"), words("engine/base engine/model")},
        {QStringLiteral("engine/local"),
         words("engine/base engine/model engine/codec engine/crypto engine/metrics engine/storage engine/txn engine/index engine/documents engine/format28 engine/query engine/api")},
        {QStringLiteral("views/session"), words("engine/base engine/model engine/api")},
        {QStringLiteral("views/commands"), words("engine/base")},
        {QStringLiteral("views/widgets"), words("engine/base engine/model engine/codec engine/api views/session views/commands")},
        {QStringLiteral("views/data"), words("engine/base engine/model engine/codec engine/api views/session views/commands views/widgets")},
        {QStringLiteral("views/monitor"), words("engine/base engine/model engine/codec engine/api views/session views/commands views/widgets")},
        {QStringLiteral("views/self_tests"), words("engine/base engine/model engine/codec engine/api views/session views/commands views/widgets")},
        {QStringLiteral("views/shell"),
         words("engine/base engine/model engine/codec engine/api views/session views/commands views/widgets views/data views/monitor views/self_tests")},
        {QStringLiteral("app/cli"), words("engine/base engine/model engine/codec engine/api engine/local")},
        {QStringLiteral("app/visualizer"),
         words("engine/base engine/model engine/api engine/local views/session views/commands views/widgets views/shell")},
    };
    return table;
}

struct Include {
    QString file;
    QString folder;
    QString target;
    bool isOurs = false;
};

QList<Include> allIncludes()
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*#include\\s+([<\"])([^>\"]+)[>\"]"), QRegularExpression::MultilineOption);
    QList<Include> found;
    for (const char* top : {"engine", "views", "app"}) {
        QDirIterator files(kRoot + QLatin1Char('/') + QString::fromLatin1(top), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly)) continue;
            const QString name = path.mid(kRoot.size() + 1);
            auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext()) {
                const auto match = matches.next();
                found.append({name, name.section(QLatin1Char('/'), 0, 1), match.captured(2), match.captured(1) == QLatin1String("\"")});
            }
        }
    }
    return found;
}

} // namespace

class TestArchitecture final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldersIncludeOnlyAlongTheArrows()
    {
        QStringList offences;
        const auto includes = allIncludes();
        QVERIFY(includes.size() > 500);
        for (const Include& include : includes) {
            if (!include.isOurs || include.target.endsWith(QLatin1String(".moc"))) continue;
            const QString target = include.target.section(QLatin1Char('/'), 0, 1);
            if (target == include.folder) continue;
            if (!allowedIncludes().value(include.folder).contains(target)) offences << include.file + QStringLiteral(" includes ") + include.target;
        }
        QVERIFY2(offences.isEmpty(), qPrintable(offences.join(QLatin1Char('\n'))));
    }

    void everyFolderIsInTheTable()
    {
        for (const Include& include : allIncludes()) QVERIFY2(allowedIncludes().contains(include.folder), qPrintable(include.file));
    }

    void theEngineAndTheCommandLineDoNotKnowQt()
    {
        QStringList offences;
        for (const Include& include : allIncludes()) {
            const bool isWithoutQt = include.folder.startsWith(QLatin1String("engine/")) || include.folder == QLatin1String("app/cli");
            if (isWithoutQt && include.target.startsWith(QLatin1Char('Q'))) offences << include.file;
        }
        QVERIFY2(offences.isEmpty(), qPrintable(offences.join(QLatin1Char('\n'))));
    }

    void includesStartAtTheRoot()
    {
        for (const Include& include : allIncludes()) {
            QVERIFY2(!include.target.contains(QLatin1String("..")), qPrintable(include.file));
            if (include.isOurs) QVERIFY2(include.target.contains(QLatin1Char('/')), qPrintable(include.file + QLatin1Char(' ') + include.target));
        }
    }

    void theRootHoldsWhatItShould()
    {
        const QStringList allowed = words("CMakeLists.txt CMakePresets.json app engine remote views resources translations tests packaging "
                                          "README.md LICENSE LICENSES build");
        for (const QString& entry : QDir(kRoot).entryList(QDir::AllEntries | QDir::NoDotAndDotDot)) QVERIFY2(allowed.contains(entry), qPrintable(entry));
    }
};

BLAZEDB_REGISTER_TEST(TestArchitecture);
#include "tst_architecture.moc"
