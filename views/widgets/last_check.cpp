#include "views/widgets/last_check.h"

#include <QCoreApplication>
#include <QVariantMap>

#include "views/session/state_store.h"
#include "views/widgets/format.h"

namespace blazedb::views {
namespace {

QString keyOf(const QString& identity)
{
    return QStringLiteral("source/%1/tests/last").arg(identity);
}

QString trCheck(const char* text)
{
    return QCoreApplication::translate("blazedb::views::checks", text);
}

QString countText(const LastCheck& check)
{
    if (check.problems > 0) return trCheck("problems: %1").arg(formatCount(check.problems));
    if (check.remarks > 0) return trCheck("sound, remarks: %1").arg(formatCount(check.remarks));
    return trCheck("sound");
}

} // namespace

void rememberCheck(StateStore& state, const QString& identity, const LastCheck& check)
{
    state.setValue(keyOf(identity), QVariantMap{{QStringLiteral("at"), check.at.toUTC().toString(Qt::ISODate)},
                                                {QStringLiteral("full"), check.isFull},
                                                {QStringLiteral("problems"), check.problems},
                                                {QStringLiteral("remarks"), check.remarks}});
}

std::optional<LastCheck> lastCheck(const StateStore& state, const QString& identity)
{
    const QVariantMap kept = state.value(keyOf(identity)).toMap();
    LastCheck check;
    check.at = QDateTime::fromString(kept.value(QStringLiteral("at")).toString(), Qt::ISODate).toLocalTime();
    if (!check.at.isValid()) return std::nullopt;
    check.isFull = kept.value(QStringLiteral("full")).toBool();
    check.problems = kept.value(QStringLiteral("problems")).toULongLong();
    check.remarks = kept.value(QStringLiteral("remarks")).toULongLong();
    return check;
}

QString lastCheckText(const LastCheck& check)
{
    const QString sentence = check.isFull ? trCheck("Last full check: %1, %2") : trCheck("Last quick check: %1, %2");
    return sentence.arg(formatDateTime(check.at), countText(check));
}

} // namespace blazedb::views
