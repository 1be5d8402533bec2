#include "views/shell/source_marks.h"

#include <algorithm>

#include <QVariantMap>

#include "views/session/state_store.h"

namespace blazedb::views {
namespace {

constexpr QLatin1String kMarksKey("sources/marks");
constexpr int kTagsMax = 20;

/// As it stands in the state, in no language.
QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::None: return {};
    case Environment::Development: return QStringLiteral("development");
    case Environment::Test: return QStringLiteral("test");
    case Environment::Production: return QStringLiteral("production");
    }
    return {};
}

Environment environmentOf(const QString& word)
{
    for (const Environment environment : {Environment::Development, Environment::Test, Environment::Production})
        if (environmentWord(environment) == word) return environment;
    return Environment::None;
}

} // namespace

SourceMarks::SourceMarks(StateStore& state, QObject* parent)
    : QObject(parent)
    , m_state(state)
{
    const QVariantMap marks = state.value(kMarksKey).toMap();
    for (auto entry = marks.begin(); entry != marks.end(); ++entry) {
        const QVariantMap map = entry->toMap();
        m_marks[entry.key()] = {environmentOf(map.value(QStringLiteral("environment")).toString()), map.value(QStringLiteral("tags")).toStringList()};
    }
}

void SourceMarks::setMark(const QString& identity, const SourceMark& mark)
{
    if (identity.isEmpty() || m_marks.value(identity) == mark) return;
    if (mark == SourceMark{}) m_marks.remove(identity);
    else m_marks[identity] = mark;
    QVariantMap marks;
    for (auto entry = m_marks.cbegin(); entry != m_marks.cend(); ++entry)
        marks[entry.key()] = QVariantMap{{QStringLiteral("environment"), environmentWord(entry->environment)}, {QStringLiteral("tags"), entry->tags}};
    m_state.setValue(kMarksKey, marks);
    Q_EMIT changed();
}

QString environmentName(Environment environment)
{
    switch (environment) {
    case Environment::None: return SourceMarks::tr("None");
    case Environment::Development: return SourceMarks::tr("Development");
    case Environment::Test: return SourceMarks::tr("Test");
    case Environment::Production: return SourceMarks::tr("Production");
    }
    return {};
}

ColorToken environmentColor(Environment environment)
{
    switch (environment) {
    case Environment::None: return ColorToken::Muted;
    case Environment::Development: return ColorToken::Development;
    case Environment::Test: return ColorToken::Test;
    case Environment::Production: return ColorToken::Production;
    }
    return ColorToken::Muted;
}

QString markText(const SourceMark& mark)
{
    QStringList parts;
    if (mark.environment != Environment::None) parts << environmentName(mark.environment);
    if (!mark.tags.isEmpty()) parts << mark.tags.join(QStringLiteral(", "));
    return parts.join(QStringLiteral(" · "));
}

QStringList tagsOf(const QString& text)
{
    QStringList tags;
    for (const QString& part : text.split(QLatin1Char(','))) {
        const QString tag = part.simplified();
        if (!tag.isEmpty() && !tags.contains(tag) && tags.size() < kTagsMax) tags << tag;
    }
    return tags;
}

} // namespace blazedb::views
