// Passwords that the user asked to remember: in the system's own store, and nowhere else.
#pragma once

#include <functional>

#include <QObject>
#include <QString>

#include "engine/base/result.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::views {

/// GUI thread only; never blocks: answers come later, on the GUI thread, and not at all when `context` is gone by then.
/// `identity` is the source's (api::SourceDescription::identity), so that a password follows its database, not its path.
class SecretStore {
public:
    template <typename T>
    using Answer = std::function<void(Result<T>)>;

    virtual ~SecretStore() = default;
    /// Errors: Unavailable, with the reason: there is no store here, or it does not answer.
    virtual void checkAvailable(QObject* context, Answer<void> answer) = 0;
    /// Errors: NotFound; PermissionDenied (the user or the system refused); Unavailable.
    virtual void read(const QString& identity, QObject* context, Answer<SecureBytes> answer) = 0;
    virtual void write(const QString& identity, SecureBytes secret, QObject* context, Answer<void> answer) = 0;
    /// What is not there is removed already.
    virtual void remove(const QString& identity, QObject* context, Answer<void> answer) = 0;
};

} // namespace blazedb::views
