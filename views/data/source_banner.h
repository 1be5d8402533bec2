// What happened to the database as a whole while it is looked at, and of when the records on screen are.
#pragma once

#include <vector>

#include <QTimer>
#include <QWidget>

#include "engine/api/changes.h"

class QFrame;
class QLabel;
class QToolButton;

namespace blazedb::views {

class ChangeFeed;
class Theme;

/// Object names `data.source…`; the property `state` is empty, "open transaction", "rewritten", "replaced", "removed", "damaged"
/// or "recovered". GUI thread only.
class SourceBanner final : public QWidget {
    Q_OBJECT

public:
    /// Borrows the feed, which knows the time of the last good state.
    SourceBanner(const ChangeFeed& feed, const Theme& theme, QWidget* parent = nullptr);

    void take(const std::vector<api::SourceEvent>& events);

private:
    void take(const api::SourceEvent& event);
    void show(const QString& state, const QString& text, const api::SourceEvent& event);
    void clear();

    const ChangeFeed& m_feed;
    QTimer m_passing; ///< What is over and changed nothing is said for a while only.
    bool m_isStale = false; ///< Removed or damaged, until it is recovered.
    QFrame* m_frame;
    QLabel* m_text;
    QLabel* m_advice;
    QToolButton* m_close;
};

} // namespace blazedb::views
