// A StateStore that forgets everything with itself.
#pragma once

#include <QMap>

#include "views/session/state_store.h"

namespace blazedb::tests {

/// GUI thread only.
class MemoryStateStore final : public views::StateStore {
public:
    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback) const override
    {
        return m_values.value(key, fallback);
    }
    void setValue(const QString& key, const QVariant& value) override { m_values[key] = value; }
    void remove(const QString& keyPrefix) override
    {
        m_values.removeIf([&](const auto& entry) { return entry.key().startsWith(keyPrefix); });
    }

private:
    QMap<QString, QVariant> m_values;
};

} // namespace blazedb::tests
