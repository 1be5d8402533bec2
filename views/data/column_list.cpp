#include "views/data/column_list.h"

#include "views/widgets/text.h"

namespace blazedb::views {

QStringList withFieldsOf(QStringList known, const model::Record& record)
{
    if (known.isEmpty()) known << QStringLiteral("id");
    for (const model::Field& field : record.fields) {
        const QString name = toQString(field.name);
        if (!known.contains(name)) known << name;
    }
    return known;
}

QStringList orderedBy(const model::CollectionStatistics& statistics, const QStringList& known)
{
    QStringList ordered{QStringLiteral("id")};
    for (const model::FieldStatistics& field : statistics.fields) {
        const QString name = toQString(field.name);
        if (!ordered.contains(name)) ordered << name;
    }
    for (const QString& name : known) {
        if (!ordered.contains(name)) ordered << name;
    }
    return ordered;
}

} // namespace blazedb::views
