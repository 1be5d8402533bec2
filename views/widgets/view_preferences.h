// What the user prefers in all views: how values are written, how often to measure. Views follow it live.
#pragma once

#include <QObject>

#include "views/widgets/format.h"

namespace blazedb::views {

/// GUI thread only. The program makes one and keeps it in step with the settings; a view may change it too, as the switch
/// of the time zone does. The forms are those of format.h, for the whole program.
class ViewPreferences final : public QObject {
    Q_OBJECT

public:
    static constexpr int kMeasureIntervalMs = 2'000;

    using QObject::QObject;

    [[nodiscard]] ValueForms forms() const { return valueForms(); }
    void setForms(const ValueForms& forms);
    void setZone(ZoneChoice zone);

    /// Between two measurements of a live view, in milliseconds.
    [[nodiscard]] int measureIntervalMs() const { return m_measureIntervalMs; }
    void setMeasureIntervalMs(int milliseconds);

Q_SIGNALS:
    void changed();

private:
    int m_measureIntervalMs = kMeasureIntervalMs;
};

} // namespace blazedb::views
