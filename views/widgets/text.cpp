#include "views/widgets/text.h"

#include <QCoreApplication>

namespace blazedb::views {
namespace {

QString tr(const char* sentence)
{
    return QCoreApplication::translate("blazedb::views::text", sentence);
}

} // namespace

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string toUtf8(const QString& text)
{
    return text.toStdString();
}

QString breakable(const QString& text)
{
    constexpr int kRunMax = 24;
    constexpr QChar kZeroWidthSpace(0x200B);
    QString result;
    result.reserve(text.size() + text.size() / kRunMax);
    int run = 0;
    for (const QChar letter : text) {
        const bool isBreak = letter.isSpace() || letter == QLatin1Char('/');
        // Never between the halves of a character beyond the first plane, nor before a mark that belongs to the letter before.
        if (run >= kRunMax && !isBreak && !letter.isLowSurrogate() && !letter.isMark()) {
            result += kZeroWidthSpace;
            run = 0;
        }
        result += letter;
        run = isBreak ? 0 : run + 1;
    }
    return result;
}

QString errorHeadline(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Cancelled: return tr("This was cancelled.");
    case ErrorCode::InvalidArgument: return tr("This request cannot be understood.");
    case ErrorCode::DeadlineExceeded: return tr("This took longer than allowed; try again.");
    case ErrorCode::NotFound: return tr("What was asked for is not there.");
    case ErrorCode::AlreadyExists: return tr("Something of that name is already there.");
    case ErrorCode::PermissionDenied: return tr("You do not have the right to do this.");
    case ErrorCode::Unauthenticated: return tr("The password does not fit this database.");
    case ErrorCode::ResourceExhausted: return tr("There is not enough space left for this.");
    case ErrorCode::FailedPrecondition: return tr("A part of this database is missing.");
    case ErrorCode::Conflict: return tr("The data changed while they were read; try again.");
    case ErrorCode::Unsupported: return tr("This form of data cannot be read here.");
    case ErrorCode::Io: return tr("The files could not be read or written.");
    case ErrorCode::Corruption: return tr("A part of this database is damaged.");
    case ErrorCode::Unavailable: return tr("This database cannot be reached at the moment.");
    case ErrorCode::Internal: return tr("The program made a mistake; the details say where.");
    }
    return tr("Something went wrong; the details say what.");
}

} // namespace blazedb::views
