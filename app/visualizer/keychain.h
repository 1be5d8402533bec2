// The system's password store through QtKeychain: the Secret Service of the desktop (GNOME Keyring, KWallet) on Linux.
#pragma once

#include "views/session/secret_store.h"

namespace blazedb::app {

/// GUI thread only. Never falls back to a file.
class Keychain final : public views::SecretStore {
public:
    /// Entries are kept under this service name.
    explicit Keychain(const QString& service);

    void checkAvailable(QObject* context, Answer<void> answer) override;
    void read(const QString& identity, QObject* context, Answer<SecureBytes> answer) override;
    void write(const QString& identity, SecureBytes secret, QObject* context, Answer<void> answer) override;
    void remove(const QString& identity, QObject* context, Answer<void> answer) override;

private:
    QString m_service;
};

} // namespace blazedb::app
