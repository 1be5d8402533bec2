// Where views keep what is not a user's choice: layouts, texts, recent places. No secrets, no record contents.
#pragma once

#include <QString>
#include <QVariant>

namespace blazedb::views {

/// GUI thread only; never blocks: values are held in memory and written within 5 s.
class StateStore {
public:
    virtual ~StateStore() = default;
    /// `key` is "area/name", for a source "source/<identity>/area/name".
    [[nodiscard]] virtual QVariant value(const QString& key, const QVariant& fallback = {}) const = 0;
    virtual void setValue(const QString& key, const QVariant& value) = 0;
    virtual void remove(const QString& keyPrefix) = 0;
};

} // namespace blazedb::views
