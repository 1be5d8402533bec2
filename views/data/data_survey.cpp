#include "views/data/data_survey.h"

#include "engine/api/structure.h"
#include "views/session/session.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

struct Survey {
    std::vector<model::CollectionSummary> collections;
    model::CollectionStatistics statistics;
};

} // namespace

DataSurvey::DataSurvey(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{}

void DataSurvey::run(const QString& collection)
{
    api::Structure* const structure = m_session.source().structure();
    if (!structure) return;
    m_session.jobs().cancel(m_job);
    m_isRunning = true;
    m_job = m_session.jobs().run(
        {.title = tr("Look through all records"), .context = this, .isQuiet = true},
        [structure, name = toUtf8(collection)](const api::CallContext& context) -> Result<Survey> {
            Survey survey;
            BLAZE_TRY_VALUE(survey.collections, structure->collections(context, 0));
            BLAZE_TRY_VALUE(survey.statistics, structure->statistics(context, name, 0));
            return survey;
        },
        [this, run = ++m_runs](Result<Survey> survey) {
            if (run != m_runs) return; // another run has taken its place
            m_isRunning = false;
            if (survey) Q_EMIT surveyed(survey->collections, survey->statistics);
            else Q_EMIT failed();
        });
}

} // namespace blazedb::views
