#include "views/data/record_finder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/api/records.h"
#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::uint64_t kStep = 500;
constexpr int kCharactersMax = 4096;

struct Found {
    std::uint64_t position = 0;
    QString field;
};

std::optional<QString> fieldWith(const model::Record& record, const QString& text)
{
    if (toQString(record.id.toString()).contains(text, Qt::CaseInsensitive)) return QStringLiteral("id");
    for (const model::Field& field : record.fields) {
        if (formatCell(field.value, valueForms().zone, kCharactersMax).contains(text, Qt::CaseInsensitive)) return toQString(field.name);
    }
    return std::nullopt;
}

struct TextSearch {
    model::Query query;
    QString text;
    std::uint64_t rows = 0;
    bool isForward = true;

    /// Within [first, last), nearest first.
    Result<std::optional<Found>> lookIn(api::Records& records, const api::CallContext& context, std::uint64_t first, std::uint64_t last) const
    {
        for (std::uint64_t done = 0; done < last - first;) {
            const std::uint64_t count = std::min(kStep, last - first - done);
            api::Window window;
            window.count = count;
            window.first = isForward ? first + done : last - done - count;
            BLAZE_TRY_VALUE(const api::RecordWindow answer, records.query(context, query, window));
            const std::size_t read = answer.rows.size();
            for (std::size_t i = 0; i < read; ++i) {
                const std::size_t place = isForward ? i : read - 1 - i;
                if (auto field = fieldWith(answer.rows[place].record, text)) return std::optional<Found>({window.first + place, std::move(*field)});
            }
            if (isForward && read < count) break;
            done += count;
        }
        return std::optional<Found>();
    }
};

Result<Found> findAround(api::Records& records, const api::CallContext& context, const TextSearch& search, std::uint64_t after, std::uint64_t before)
{
    api::CallContext quiet = context;
    quiet.onProgress = nullptr;
    const std::pair<std::uint64_t, std::uint64_t> near = search.isForward ? std::pair{after, search.rows} : std::pair{std::uint64_t{0}, before};
    const std::pair<std::uint64_t, std::uint64_t> far = search.isForward ? std::pair{std::uint64_t{0}, after} : std::pair{before, search.rows};
    for (const auto& [first, last] : {near, far}) {
        if (first >= last) continue;
        BLAZE_TRY_VALUE(auto found, search.lookIn(records, quiet, first, last));
        if (found) return std::move(*found);
    }
    return Error{ErrorCode::NotFound, "the text is not in these records"};
}

} // namespace

RecordFinder::RecordFinder(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{}

void RecordFinder::findText(const model::Query& query, const QString& text, int row, int rows, bool isForward)
{
    m_session.jobs().cancel(m_job);
    const TextSearch search{query, text, static_cast<std::uint64_t>(rows), isForward};
    const auto after = static_cast<std::uint64_t>(row + 1);
    const auto before = static_cast<std::uint64_t>(qMax(0, row));
    m_job = m_session.jobs().run(
        {.title = tr("Find \"%1\"").arg(text), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), search, after, before](const api::CallContext& context) {
            return findAround(records, context, search, after, before);
        },
        [this](Result<Found> answer) {
            if (answer) Q_EMIT found(answer->position, answer->field);
            else if (answer.error().code == ErrorCode::NotFound) Q_EMIT missed(tr("The text is not in these records."));
            else if (answer.error().code != ErrorCode::Cancelled) Q_EMIT missed(errorHeadline(answer.error()));
        });
}

void RecordFinder::findId(const model::Query& query, const model::Uuid& id)
{
    m_session.jobs().cancel(m_job);
    m_job = m_session.jobs().run(
        {.title = tr("Find %1").arg(toQString(id.toString())), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), query, id](const api::CallContext& context) { return records.positionOf(context, query, id); },
        [this](Result<std::uint64_t> answer) {
            if (answer) Q_EMIT found(*answer, QStringLiteral("id"));
            else if (answer.error().code == ErrorCode::NotFound) Q_EMIT missed(tr("No such record in this view."));
            else if (answer.error().code != ErrorCode::Cancelled) Q_EMIT missed(errorHeadline(answer.error()));
        });
}

} // namespace blazedb::views
