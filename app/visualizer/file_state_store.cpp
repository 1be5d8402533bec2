#include "app/visualizer/file_state_store.h"

#include <chrono>

#include <QSettings>

namespace blazedb::app {
namespace {

constexpr int kWriteAfterMs = 2000;

void writeAll(const QString& path, const QMap<QString, QVariant>& values)
{
    QSettings file(path, QSettings::IniFormat);
    file.clear();
    for (auto entry = values.begin(); entry != values.end(); ++entry) file.setValue(entry.key(), entry.value());
    file.sync(); // replaces the file as a whole
}

} // namespace

FileStateStore::FileStateStore(const QString& path, QObject* parent)
    : QObject(parent)
    , m_path(path)
{
    const QSettings file(path, QSettings::IniFormat);
    for (const QString& key : file.allKeys()) m_values[key] = file.value(key);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kWriteAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &FileStateStore::write);
}

FileStateStore::~FileStateStore()
{
    if (m_writing.valid()) m_writing.wait();
    if (m_timer.isActive()) writeAll(m_path, m_values);
}

QVariant FileStateStore::value(const QString& key, const QVariant& fallback) const
{
    return m_values.value(key, fallback);
}

void FileStateStore::setValue(const QString& key, const QVariant& value)
{
    const auto known = m_values.constFind(key);
    if (known != m_values.constEnd() && *known == value) return;
    m_values[key] = value;
    if (!m_timer.isActive()) m_timer.start();
}

void FileStateStore::remove(const QString& keyPrefix)
{
    if (m_values.removeIf([&](const auto& entry) { return entry.key().startsWith(keyPrefix); }) > 0 && !m_timer.isActive()) m_timer.start();
}

void FileStateStore::write()
{
    if (m_writing.valid() && m_writing.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        m_timer.start();
        return;
    }
    m_writing = std::async(std::launch::async, [path = m_path, values = m_values] { writeAll(path, values); });
}

} // namespace blazedb::app
