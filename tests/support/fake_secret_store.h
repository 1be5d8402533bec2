// A SecretStore in memory that answers later, like a real one, and can refuse.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include <QTimer>

#include "views/session/secret_store.h"

namespace blazedb::tests {

/// GUI thread only.
class FakeSecretStore final : public views::SecretStore {
public:
    std::map<QString, std::string> secrets;
    std::optional<Error> whyUnavailable; ///< Then nothing can be asked of it.
    std::optional<Error> whyRefusing;    ///< Then it is there, and refuses to read, keep and forget.

    void checkAvailable(QObject* context, Answer<void> answer) override
    {
        later(context, [this, answer = std::move(answer)] { answer(whyUnavailable ? Result<void>(*whyUnavailable) : Result<void>()); });
    }
    void read(const QString& identity, QObject* context, Answer<SecureBytes> answer) override
    {
        later(context, [this, identity, answer = std::move(answer)] {
            if (whyRefusing) return answer(*whyRefusing);
            const auto found = secrets.find(identity);
            if (found == secrets.end()) return answer(Error{ErrorCode::NotFound, "nothing is kept"});
            answer(SecureBytes::fromText(found->second));
        });
    }
    void write(const QString& identity, SecureBytes secret, QObject* context, Answer<void> answer) override
    {
        later(context, [this, identity, text = std::string(secret.text()), answer = std::move(answer)] {
            if (whyRefusing) return answer(*whyRefusing);
            secrets[identity] = text;
            answer({});
        });
    }
    void remove(const QString& identity, QObject* context, Answer<void> answer) override
    {
        later(context, [this, identity, answer = std::move(answer)] {
            if (whyRefusing) return answer(*whyRefusing);
            secrets.erase(identity);
            answer({});
        });
    }

private:
    template <typename Run>
    static void later(QObject* context, Run run)
    {
        QTimer::singleShot(0, context, std::move(run));
    }
};

} // namespace blazedb::tests
