// A StateStore in one INI file, held in memory and written behind the GUI thread's back.
#pragma once

#include <future>

#include <QMap>
#include <QObject>
#include <QTimer>

#include "views/session/state_store.h"

namespace blazedb::app {

/// GUI thread only. Reads the file once, when made. The file bears a schema version and is for its owner alone. One that cannot
/// be understood (damaged, or of a newer program) is set aside under another name, and problem() says so; the store then
/// begins empty. Writes what is left when it goes.
class FileStateStore final : public QObject, public views::StateStore {
    Q_OBJECT

public:
    /// What this program writes. Older files are brought up to it on reading; there is none older yet.
    static constexpr int kSchemaVersion = 1;

    explicit FileStateStore(const QString& path, QObject* parent = nullptr);
    ~FileStateStore() override;

    [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const override;
    void setValue(const QString& key, const QVariant& value) override;
    void remove(const QString& keyPrefix) override;

    /// What was met on reading, for a person; empty when all is well.
    [[nodiscard]] const QString& problem() const { return m_problem; }

private:
    void read();
    void setAside(const QString& why);
    void write();

    QString m_path;
    QString m_problem;
    bool m_mayWrite = true; ///< Not over a file that could neither be read nor set aside.
    QMap<QString, QVariant> m_values;
    QTimer m_timer;
    std::future<void> m_writing;
};

} // namespace blazedb::app
