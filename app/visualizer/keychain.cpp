#include "app/visualizer/keychain.h"

#include <utility>

#include <QByteArray>

#include <qt6keychain/keychain.h>

namespace blazedb::app {
namespace {

/// Asked for to see whether the store answers; never written.
const QString kProbe = QStringLiteral("probe");

/// nullopt when the job went well.
std::optional<Error> errorOf(const QKeychain::Job& job)
{
    const std::string details = job.errorString().toStdString();
    switch (job.error()) {
    case QKeychain::NoError: return std::nullopt;
    case QKeychain::EntryNotFound: return Error{ErrorCode::NotFound, "no password is kept for this database"};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied: return Error{ErrorCode::PermissionDenied, "the system's password store refused: " + details};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return Error{ErrorCode::Unavailable, "there is no password store on this system"};
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError: break;
    }
    return Error{ErrorCode::Unavailable, "the system's password store does not answer: " + details};
}

/// Starts a job that has its service and data, and hands its end to `use` unless the asker is gone.
template <typename Job, typename Use>
void start(Job* job, const QString& identity, QObject* context, Use use)
{
    job->setKey(identity);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, use = std::move(use)](QKeychain::Job*) { use(*job); });
    job->start();
}

} // namespace

Keychain::Keychain(const QString& service)
    : m_service(service)
{}

void Keychain::checkAvailable(QObject* context, Answer<void> answer)
{
    start(new QKeychain::ReadPasswordJob(m_service), kProbe, context, [answer = std::move(answer)](const QKeychain::ReadPasswordJob& job) {
        const std::optional<Error> error = errorOf(job);
        if (error && error->code != ErrorCode::NotFound) return answer(*error);
        answer({});
    });
}

void Keychain::read(const QString& identity, QObject* context, Answer<SecureBytes> answer)
{
    start(new QKeychain::ReadPasswordJob(m_service), identity, context, [answer = std::move(answer)](const QKeychain::ReadPasswordJob& job) {
        if (const std::optional<Error> error = errorOf(job)) return answer(*error);
        QByteArray bytes = job.binaryData();
        SecureBytes secret(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
        bytes.fill('\0');
        answer(std::move(secret));
    });
}

void Keychain::write(const QString& identity, SecureBytes secret, QObject* context, Answer<void> answer)
{
    auto* const job = new QKeychain::WritePasswordJob(m_service);
    const std::string_view text = secret.text();
    job->setBinaryData(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    start(job, identity, context, [answer = std::move(answer)](const QKeychain::WritePasswordJob& ended) {
        if (const std::optional<Error> error = errorOf(ended)) return answer(*error);
        answer({});
    });
}

void Keychain::remove(const QString& identity, QObject* context, Answer<void> answer)
{
    start(new QKeychain::DeletePasswordJob(m_service), identity, context, [answer = std::move(answer)](const QKeychain::DeletePasswordJob& job) {
        const std::optional<Error> error = errorOf(job);
        if (error && error->code != ErrorCode::NotFound) return answer(*error);
        answer({});
    });
}

} // namespace blazedb::app
