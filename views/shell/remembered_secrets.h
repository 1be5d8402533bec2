// Which databases have a password in the system's store. The list holds identities and names; the passwords are in the store alone.
#pragma once

#include <vector>

#include <QObject>
#include <QString>

#include "views/session/secret_store.h"

namespace blazedb::views {

class StateStore;

/// GUI thread only; never blocks. The list is kept in the state as `security/remembered`.
class RememberedSecrets final : public QObject {
    Q_OBJECT

public:
    struct Entry {
        QString identity;
        QString name;
    };

    /// Borrows both; answers of the store that arrive later than this goes are dropped.
    RememberedSecrets(SecretStore& store, StateStore& state, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; } ///< In the order they were stored.
    [[nodiscard]] bool has(const QString& identity) const;

    /// Errors: Unavailable, with the reason. `context` as for SecretStore.
    void checkAvailable(QObject* context, SecretStore::Answer<void> answer) { m_store.checkAvailable(context, std::move(answer)); }
    /// Errors as SecretStore::read; after NotFound the list no longer has it.
    void read(const QString& identity, QObject* context, SecretStore::Answer<SecureBytes> answer);
    /// It is in the list when the store has it; failed() otherwise.
    void store(const QString& identity, const QString& name, SecureBytes secret);
    /// It leaves the list when the store no longer has it; failed() otherwise.
    void forget(const QString& identity);
    void forgetAll();

Q_SIGNALS:
    void changed();
    /// The store refused to keep or to forget the password of `name`.
    void failed(const QString& name, const blazedb::Error& error);

private:
    void drop(const QString& identity);
    [[nodiscard]] QString nameOf(const QString& identity) const;
    void write();

    SecretStore& m_store;
    StateStore& m_state;
    std::vector<Entry> m_entries;
};

} // namespace blazedb::views
