#include "views/commands/key_file.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "views/commands/key_rules.h"

namespace blazedb::views {
namespace {

struct KeyFile {
    Q_DECLARE_TR_FUNCTIONS(blazedb::views::KeyFile)
};

constexpr int kKeyFileVersion = 1;
const QString kFormatName = QStringLiteral("blazedb-visualizer-keys");

Error refused(const QString& why)
{
    return {ErrorCode::InvalidArgument, why.toStdString()};
}

/// The keys of one command, each one that may be.
Result<QList<QKeySequence>> keysOf(const QString& id, const QJsonValue& value)
{
    if (!value.isArray()) return refused(KeyFile::tr("The keys of %1 are no list.").arg(id));
    QList<QKeySequence> keys;
    for (const QJsonValue& each : value.toArray()) {
        const QKeySequence key = QKeySequence::fromString(each.toString(), QKeySequence::PortableText);
        const QString problem = keyProblem(key);
        if (!problem.isEmpty()) return refused(KeyFile::tr("\"%1\" for %2: %3", "a key, a command, why not").arg(each.toString(), id, problem));
        if (!keys.contains(key)) keys << key;
    }
    return keys;
}

bool canMeet(CommandContext left, CommandContext right)
{
    return left == right || left == CommandContext::Window || right == CommandContext::Window;
}

/// Names a key that would run two of the commands; empty when there is none.
QString clashIn(const KeyMap& chosen, const CommandRegistry& commands)
{
    for (auto left = chosen.begin(); left != chosen.end(); ++left) {
        for (auto right = std::next(left); right != chosen.end(); ++right) {
            if (!canMeet(commands.command(left.key())->context, commands.command(right.key())->context)) continue;
            for (const QKeySequence& key : *left) {
                if (right->contains(key))
                    return KeyFile::tr("%1 would run both %2 and %3.").arg(key.toString(QKeySequence::NativeText), left.key(), right.key());
            }
        }
    }
    return {};
}

} // namespace

QByteArray writeKeys(const KeyMap& chosen)
{
    QJsonObject keys;
    for (auto entry = chosen.begin(); entry != chosen.end(); ++entry) {
        QJsonArray list;
        for (const QKeySequence& key : *entry) list.append(key.toString(QKeySequence::PortableText));
        keys[entry.key()] = list;
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), kFormatName},
                                     {QStringLiteral("version"), kKeyFileVersion},
                                     {QStringLiteral("keys"), keys}})
        .toJson();
}

Result<KeyMap> readKeys(const QByteArray& text, const CommandRegistry& commands)
{
    if (text.size() > kKeyFileBytesMax) return refused(KeyFile::tr("The file is too large for a file of keys."));
    QJsonParseError problem;
    const QJsonObject file = QJsonDocument::fromJson(text, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return refused(KeyFile::tr("The file is no JSON: %1 at byte %2.").arg(problem.errorString()).arg(problem.offset));
    if (file.value(QLatin1String("format")).toString() != kFormatName) return refused(KeyFile::tr("The file is no file of keys of this program."));
    if (file.value(QLatin1String("version")).toInt() != kKeyFileVersion)
        return refused(KeyFile::tr("The file has version %1; this program reads version %2.")
                           .arg(file.value(QLatin1String("version")).toVariant().toString())
                           .arg(kKeyFileVersion));
    if (!file.value(QLatin1String("keys")).isObject()) return refused(KeyFile::tr("The file names no keys."));
    const QJsonObject keys = file.value(QLatin1String("keys")).toObject();
    KeyMap chosen;
    for (auto entry = keys.begin(); entry != keys.end(); ++entry) {
        if (!commands.command(entry.key())) return refused(KeyFile::tr("There is no command %1 in this program.").arg(entry.key()));
        BLAZE_TRY_VALUE(chosen[entry.key()], keysOf(entry.key(), entry.value()));
    }
    const QString clash = clashIn(chosen, commands);
    if (!clash.isEmpty()) return refused(clash);
    return chosen;
}

KeyMap keptKeys(const QByteArray& text)
{
    KeyMap chosen;
    const QJsonObject keys = QJsonDocument::fromJson(text).object().value(QLatin1String("keys")).toObject();
    for (auto entry = keys.begin(); entry != keys.end(); ++entry) {
        const auto read = keysOf(entry.key(), entry.value());
        if (read) chosen[entry.key()] = *read;
    }
    return chosen;
}

} // namespace blazedb::views
