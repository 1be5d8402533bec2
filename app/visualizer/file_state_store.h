// A StateStore in one INI file, held in memory and written behind the GUI thread's back.
#pragma once

#include <future>

#include <QMap>
#include <QObject>
#include <QTimer>

#include "views/session/state_store.h"

namespace blazedb::app {

/// GUI thread only. Reads the file once, when made; what it cannot read or write it does without. Writes what is left when
/// it goes.
class FileStateStore final : public QObject, public views::StateStore {
    Q_OBJECT

public:
    explicit FileStateStore(const QString& path, QObject* parent = nullptr);
    ~FileStateStore() override;

    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const override;
    void setValue(const QString& key, const QVariant& value) override;
    void remove(const QString& keyPrefix) override;

private:
    void write();

    QString m_path;
    QMap<QString, QVariant> m_values;
    QTimer m_timer;
    std::future<void> m_writing;
};

} // namespace blazedb::app
