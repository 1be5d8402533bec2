#include "views/shell/remembered_secrets.h"

#include <algorithm>
#include <utility>

#include <QVariantMap>

#include "views/session/state_store.h"

namespace blazedb::views {
namespace {

constexpr QLatin1String kRememberedKey("security/remembered");

} // namespace

RememberedSecrets::RememberedSecrets(SecretStore& store, StateStore& state, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_state(state)
{
    for (const QVariant& variant : state.value(kRememberedKey).toList()) {
        const QVariantMap map = variant.toMap();
        const QString identity = map.value(QStringLiteral("identity")).toString();
        if (!identity.isEmpty() && !has(identity)) m_entries.push_back({identity, map.value(QStringLiteral("name")).toString()});
    }
}

bool RememberedSecrets::has(const QString& identity) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.identity == identity; });
}

QString RememberedSecrets::nameOf(const QString& identity) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.identity == identity; });
    return found == m_entries.end() ? QString() : found->name;
}

void RememberedSecrets::read(const QString& identity, QObject* context, SecretStore::Answer<SecureBytes> answer)
{
    m_store.read(identity, context, [this, identity, answer = std::move(answer)](Result<SecureBytes> secret) {
        if (!secret && secret.error().code == ErrorCode::NotFound) drop(identity);
        answer(std::move(secret));
    });
}

void RememberedSecrets::store(const QString& identity, const QString& name, SecureBytes secret)
{
    m_store.write(identity, std::move(secret), this, [this, identity, name](const Result<void>& written) {
        if (!written) return Q_EMIT failed(name, written.error());
        std::erase_if(m_entries, [&](const Entry& entry) { return entry.identity == identity; });
        m_entries.push_back({identity, name});
        write();
    });
}

void RememberedSecrets::forget(const QString& identity)
{
    m_store.remove(identity, this, [this, identity](const Result<void>& removed) {
        if (!removed) return Q_EMIT failed(nameOf(identity), removed.error());
        drop(identity);
    });
}

void RememberedSecrets::forgetAll()
{
    const std::vector<Entry> all = m_entries;
    for (const Entry& entry : all) forget(entry.identity);
}

void RememberedSecrets::drop(const QString& identity)
{
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.identity == identity; });
    write();
}

void RememberedSecrets::write()
{
    QVariantList list;
    for (const Entry& entry : m_entries)
        list.append(QVariantMap{{QStringLiteral("identity"), entry.identity}, {QStringLiteral("name"), entry.name}});
    m_state.setValue(kRememberedKey, list);
    Q_EMIT changed();
}

} // namespace blazedb::views
