#include "app/visualizer/file_state_store.h"

#include <chrono>

#include <QFile>
#include <QFileInfo>
#include <QSettings>

namespace blazedb::app {
namespace {

constexpr int kWriteAfterMs = 2000;
const QString kSchemaKey = QStringLiteral("schema/version");
constexpr QFile::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

void writeAll(const QString& path, const QMap<QString, QVariant>& values)
{
    if (!QFile::exists(path)) {
        // An existing file keeps its rights when it is replaced, so it begins with the right ones.
        QFile made(path);
        if (!made.open(QIODevice::WriteOnly)) return;
        made.setPermissions(kOwnerOnly);
    }
    QSettings file(path, QSettings::IniFormat);
    file.clear();
    file.setValue(kSchemaKey, FileStateStore::kSchemaVersion);
    for (auto entry = values.begin(); entry != values.end(); ++entry) file.setValue(entry.key(), entry.value());
    file.sync(); // replaces the file as a whole
    QFile::setPermissions(path, kOwnerOnly);
}

} // namespace

FileStateStore::FileStateStore(const QString& path, QObject* parent)
    : QObject(parent)
    , m_path(path)
{
    read();
    m_timer.setSingleShot(true);
    m_timer.setInterval(kWriteAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &FileStateStore::write);
}

void FileStateStore::read()
{
    if (!QFileInfo::exists(m_path)) return;
    const QSettings file(m_path, QSettings::IniFormat);
    if (file.status() == QSettings::AccessError) return setAside(tr("it cannot be read"));
    // Qt lets much pass as an empty file.
    const bool isNoSettings = file.allKeys().isEmpty() && QFileInfo(m_path).size() > 0;
    if (file.status() == QSettings::FormatError || isNoSettings) return setAside(tr("it is damaged"));
    if (file.value(kSchemaKey, kSchemaVersion).toInt() > kSchemaVersion) return setAside(tr("a newer version of the program wrote it"));
    for (const QString& key : file.allKeys()) {
        if (key != kSchemaKey) m_values[key] = file.value(key);
    }
}

void FileStateStore::setAside(const QString& why)
{
    QString aside = m_path + QStringLiteral(".aside");
    for (int n = 2; QFileInfo::exists(aside); ++n) aside = QStringLiteral("%1.aside%2").arg(m_path).arg(n);
    m_mayWrite = QFile::rename(m_path, aside);
    m_problem = m_mayWrite ? tr("%1 was set aside as %2, because %3. The program goes on with what it does by default.")
                                 .arg(m_path, QFileInfo(aside).fileName(), why)
                           : tr("%1 is left alone, because %2. The program goes on with what it does by default, and keeps nothing.").arg(m_path, why);
}

FileStateStore::~FileStateStore()
{
    if (m_writing.valid()) m_writing.wait();
    if (m_timer.isActive() && m_mayWrite) writeAll(m_path, m_values);
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
    if (!m_mayWrite) return;
    if (m_writing.valid() && m_writing.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        m_timer.start();
        return;
    }
    m_writing = std::async(std::launch::async, [path = m_path, values = m_values] { writeAll(path, values); });
}

} // namespace blazedb::app
