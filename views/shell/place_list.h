// The places the user opened or pinned, newest first, kept across restarts.
#pragma once

#include <vector>

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QStringList>

#include "engine/base/result.h"
#include "views/shell/place_watch.h"

namespace blazedb::views {

class JobRunner;
class SourceOpener;
class StateStore;
struct SourcePreview;

struct Place {
    enum class Presence { Unknown, Present, Missing };
    QString place; ///< As the opener takes it.
    QString name;
    bool isPinned = false;
    QDateTime lastOpened = {};
    QString identity = {}; ///< As the last look or opening told it; kept across restarts. Empty when none could.
    // Known after a look, without a password:
    Presence presence = Presence::Unknown;
    qint64 totalBytes = -1;
    QDateTime modified = {};
    PlaceChange change = PlaceChange::None; ///< The last one that was seen since it was opened, or since the start.
};

/// GUI thread only. At most kPlacesMax that are not pinned; the one opened longest ago goes first.
class PlaceList final : public QObject {
    Q_OBJECT

public:
    static constexpr int kPlacesMax = 30;

    /// Borrows all; the list is read from `state` now and written at each change.
    PlaceList(SourceOpener& opener, JobRunner& jobs, StateStore& state, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<Place>& places() const { return m_places; }
    [[nodiscard]] QString identityOf(const QString& place) const; ///< Empty for one that is not listed, or not known yet.
    /// `identity` as its source told it; empty: that of the last look stays.
    void noteOpened(const QString& place, const QString& name, const QString& identity = {});
    void setPinned(const QString& place, bool isPinned);
    void forget(const QString& place);
    void clearRecent(); ///< Pinned ones stay.
    /// Off: nothing new is remembered. What is there stays until it is cleared.
    void setRemembering(bool isOn) { m_isRemembering = isOn; }
    /// Looks at each place in the background: still there, how large, when changed.
    void lookAgain();

Q_SIGNALS:
    void changed();

private:
    Place* find(const QString& place);
    void noteChange(const QString& place, PlaceChange change);
    void watchAll();
    void look(const QString& place);
    void takeLook(const QString& place, const Result<SourcePreview>& preview);
    void read();
    void write();

    SourceOpener& m_opener;
    JobRunner& m_jobs;
    StateStore& m_state;
    std::vector<Place> m_places; ///< Newest first.
    PlaceWatch m_watch;
    bool m_isRemembering = true;
};

/// "orders.blazedb" of a path; what a place is called before it was looked at.
QString shortPlaceName(const QString& place);

} // namespace blazedb::views
