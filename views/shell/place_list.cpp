#include "views/shell/place_list.h"

#include <algorithm>

#include <QVariantMap>

#include "views/session/job_runner.h"
#include "views/session/state_store.h"
#include "views/shell/source_opener.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr QLatin1String kPlacesKey("sources/places");

} // namespace

QString shortPlaceName(const QString& place)
{
    const QString last = place.section(QLatin1Char('/'), -1);
    return last.isEmpty() ? place : last;
}

PlaceList::PlaceList(SourceOpener& opener, JobRunner& jobs, StateStore& state, QObject* parent)
    : QObject(parent)
    , m_opener(opener)
    , m_jobs(jobs)
    , m_state(state)
    , m_watch(opener)
{
    read();
    connect(&m_watch, &PlaceWatch::changed, this, &PlaceList::noteChange);
    watchAll();
}

void PlaceList::watchAll()
{
    QStringList places;
    for (const Place& entry : m_places) places << entry.place;
    m_watch.setPlaces(places);
}

void PlaceList::noteChange(const QString& place, PlaceChange change)
{
    Place* const entry = find(place);
    if (!entry) return;
    entry->change = change;
    if (change == PlaceChange::Vanished) entry->presence = Place::Presence::Missing;
    else look(place);
    Q_EMIT changed();
}

Place* PlaceList::find(const QString& place)
{
    const auto found = std::find_if(m_places.begin(), m_places.end(), [&](const Place& p) { return p.place == place; });
    return found == m_places.end() ? nullptr : &*found;
}

QString PlaceList::identityOf(const QString& place) const
{
    const auto found = std::find_if(m_places.begin(), m_places.end(), [&](const Place& p) { return p.place == place; });
    return found == m_places.end() ? QString() : found->identity;
}

void PlaceList::noteOpened(const QString& place, const QString& name, const QString& identity)
{
    if (!m_isRemembering) return;
    Place entry;
    if (const Place* known = find(place)) entry = *known;
    entry.place = place;
    entry.name = name;
    entry.lastOpened = QDateTime::currentDateTime();
    entry.presence = Place::Presence::Present;
    entry.change = PlaceChange::None; // whoever opens it sees what became of it
    if (!identity.isEmpty()) entry.identity = identity;
    std::erase_if(m_places, [&](const Place& p) { return p.place == place; });
    m_places.insert(m_places.begin(), entry);
    while (std::count_if(m_places.begin(), m_places.end(), [](const Place& p) { return !p.isPinned; }) > kPlacesMax) {
        const auto oldest = std::find_if(m_places.rbegin(), m_places.rend(), [](const Place& p) { return !p.isPinned; });
        m_places.erase(std::next(oldest).base());
    }
    write();
    look(place);
}

void PlaceList::setPinned(const QString& place, bool isPinned)
{
    Place* entry = find(place);
    if (!entry) {
        m_places.insert(m_places.begin(), Place{.place = place, .name = shortPlaceName(place)});
        entry = &m_places.front();
        look(place);
    }
    entry->isPinned = isPinned;
    write();
}

void PlaceList::forget(const QString& place)
{
    std::erase_if(m_places, [&](const Place& p) { return p.place == place; });
    write();
}

void PlaceList::clearRecent()
{
    std::erase_if(m_places, [](const Place& p) { return !p.isPinned; });
    write();
}

void PlaceList::lookAgain()
{
    for (const Place& entry : m_places) look(entry.place);
}

void PlaceList::look(const QString& place)
{
    m_jobs.run({.title = tr("Look at %1").arg(shortPlaceName(place)), .context = this, .isQuiet = true},
               [&opener = m_opener, place = toUtf8(place)](const api::CallContext& context) { return opener.preview(context, place); },
               [this, place](const Result<SourcePreview>& preview) { takeLook(place, preview); });
}

void PlaceList::takeLook(const QString& place, const Result<SourcePreview>& preview)
{
    Place* const entry = find(place);
    if (!entry) return;
    if (preview) {
        entry->presence = Place::Presence::Present;
        entry->totalBytes = static_cast<qint64>(preview->totalBytes);
        entry->modified = QDateTime::fromMSecsSinceEpoch(preview->modifiedUnixMs);
        const QString identity = toQString(preview->identity);
        if (!identity.isEmpty() && identity != entry->identity) {
            // Also when another database took its place while the program did not run.
            if (!entry->identity.isEmpty()) entry->change = PlaceChange::Replaced;
            entry->identity = identity;
            return write();
        }
    } else if (preview.error().code == ErrorCode::NotFound || preview.error().code == ErrorCode::FailedPrecondition) {
        entry->presence = Place::Presence::Missing; // the file itself; other parts of the database may be there
    }
    Q_EMIT changed();
}

void PlaceList::read()
{
    const QVariantList entries = m_state.value(kPlacesKey).toList();
    for (const QVariant& variant : entries) {
        const QVariantMap map = variant.toMap();
        const QString place = map.value(QStringLiteral("place")).toString();
        if (place.isEmpty() || find(place)) continue;
        m_places.push_back(Place{.place = place,
                                 .name = map.value(QStringLiteral("name"), shortPlaceName(place)).toString(),
                                 .isPinned = map.value(QStringLiteral("pinned")).toBool(),
                                 .lastOpened = QDateTime::fromString(map.value(QStringLiteral("opened")).toString(), Qt::ISODate),
                                 .identity = map.value(QStringLiteral("identity")).toString()});
    }
}

void PlaceList::write()
{
    QVariantList entries;
    for (const Place& entry : m_places) {
        entries.append(QVariantMap{{QStringLiteral("place"), entry.place},
                                   {QStringLiteral("name"), entry.name},
                                   {QStringLiteral("pinned"), entry.isPinned},
                                   {QStringLiteral("opened"), entry.lastOpened.toString(Qt::ISODate)},
                                   {QStringLiteral("identity"), entry.identity}});
    }
    m_state.setValue(kPlacesKey, entries);
    watchAll();
    Q_EMIT changed();
}

} // namespace blazedb::views
