#include "views/shell/place_watch.h"

#include <utility>

#include "views/shell/source_opener.h"
#include "views/widgets/text.h"

namespace blazedb::views {

PlaceChange changeBetween(const std::optional<FileStamp>& before, const std::optional<FileStamp>& now)
{
    if (!before && !now) return PlaceChange::None;
    if (!before) return PlaceChange::Appeared;
    if (!now) return PlaceChange::Vanished;
    if (before->device != now->device || before->inode != now->inode) return PlaceChange::Replaced;
    if (now->sizeBytes > before->sizeBytes) return PlaceChange::Grown;
    if (now->sizeBytes != before->sizeBytes || now->modifiedNs != before->modifiedNs) return PlaceChange::Changed;
    return PlaceChange::None;
}

PlaceWatch::PlaceWatch(SourceOpener& opener, QObject* parent)
    : QObject(parent)
    , m_opener(opener)
{
    m_timer.setInterval(kEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &PlaceWatch::lookAgain);
}

void PlaceWatch::setPlaces(const QStringList& places)
{
    if (places == m_places) return;
    m_places = places;
    m_known.removeIf([&](const auto& entry) { return !places.contains(entry.key()); });
    if (places.isEmpty()) return m_timer.stop();
    if (!m_timer.isActive()) m_timer.start(); // not anew: a list that changes often is watched as well
    begin(New);
}

PlaceWatch::Round PlaceWatch::roundOf(const QString& place) const
{
    const auto known = m_known.constFind(place);
    return known == m_known.constEnd() ? New : known->isFar ? Far : Near;
}

void PlaceWatch::lookAgain()
{
    begin(Near);
    begin(New);
    if (++m_ticks % (kFarEveryMs / kEveryMs) == 0) begin(Far);
}

void PlaceWatch::begin(Round round)
{
    if (m_jobs.isRunning(m_job[round])) return;
    QStringList places;
    for (const QString& place : m_places)
        if (roundOf(place) == round) places << place;
    if (places.isEmpty()) return;
    m_job[round] = m_jobs.run(
        {.title = tr("Look at the listed files"), .context = this, .isQuiet = true},
        [&opener = m_opener, places, round](const api::CallContext& context) -> Result<Looks> {
            Looks looks;
            for (const QString& place : places) {
                if (context.stop.stop_requested()) return api::cancelled();
                const std::string name = toUtf8(place);
                const bool isFar = round == New ? opener.isFar(name) : round == Far;
                auto stamp = opener.stamp(name);
                if (stamp) looks.insert(place, {isFar, *stamp});
                else if (stamp.error().code == ErrorCode::NotFound) looks.insert(place, {isFar, std::nullopt});
            }
            return looks;
        },
        [this](const Result<Looks>& looks) {
            if (looks) take(*looks);
        });
}

void PlaceWatch::take(const Looks& looks)
{
    for (auto entry = looks.begin(); entry != looks.end(); ++entry) {
        if (!m_places.contains(entry.key())) continue;
        const auto known = m_known.constFind(entry.key());
        const PlaceChange change = known == m_known.constEnd() ? PlaceChange::None : changeBetween(known->stamp, entry->stamp);
        m_known[entry.key()] = *entry;
        if (change != PlaceChange::None) Q_EMIT changed(entry.key(), change);
    }
}

} // namespace blazedb::views
