// The commands of the Data tab: what each of them does, and when it can.
#include <functional>

#include "views/commands/command_registry.h"
#include "views/data/data_bar.h"
#include "views/data/data_footer.h"
#include "views/data/data_tab.h"
#include "views/data/filter_panel.h"
#include "views/data/follow_bar.h"
#include "views/data/record_follow.h"
#include "views/data/record_grid.h"
#include "views/data/record_panel.h"
#include "views/data/record_question.h"
#include "views/data/record_taking.h"
#include "views/data/saved_filters.h"
#include "views/widgets/text.h"

namespace blazedb::views {

/// Nothing where the program has no such command, as in tests of parts.
void DataTab::bind(const char* id, std::function<void()> run)
{
    CommandRegistry& commands = m_context.commands;
    if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
}

void DataTab::bindCommands()
{
    bindFilter();
    bindGrid();
    bindPlaces();
    bindCopies();
    bindFollow();
}

void DataTab::bindFilter()
{
    bind("data.focusFilter", [this] { m_bar->focusFilter(); });
    bind("data.build", [this] {
        m_bar->setBuilding(!m_bar->isBuilding());
        if (m_bar->isBuilding()) m_rows->focusRows();
        else m_grid->setFocus(Qt::OtherFocusReason);
    });
    bind("data.filterColumn", [this] { filterColumn(chosenField()); });
    bind("data.clearFilter", [this] { m_question->clear(); });
    bind("data.useValue", [this] { m_question->narrow(model::ExpressionKind::Equal, chosenField(), true); });
    bind("data.excludeValue", [this] { m_question->narrow(model::ExpressionKind::NotEqual, chosenField(), true); });
    bind("data.quick", [this] { m_bar->focusQuick(); });
    bind("data.saveFilter", [this] {
        m_filters->setCurrentText(m_bar->filterText().trimmed());
        m_filters->askForName();
    });
}

void DataTab::bindGrid()
{
    bind("data.statistics", [this] { showStatistics(chosenField()); });
    bind("data.sort", [this] { m_grid->sortBy(chosenField(), false); });
    bind("data.sortAlso", [this] { m_grid->sortBy(chosenField(), true); });
    bind("data.freeze", [this] { m_grid->freezeUpTo(chosenField()); });
    bind("data.unfreeze", [this] { m_grid->freezeUpTo({}); });
    bind("data.valuePanel", [this] {
        if (m_panel->isAncestorOf(focusWidget()) && focusWidget()->hasFocus()) m_grid->setFocus(Qt::ShortcutFocusReason);
        else m_panel->focusValue();
    });
    bind("data.refresh", [this] { refresh(); });
}

void DataTab::bindPlaces()
{
    bind("data.goTo", [this] { m_footer->focusGoTo(); });
    bind("data.find", [this] { m_footer->focusFind(); });
    bind("data.findNext", [this] { find(true); });
    bind("data.findPrevious", [this] { find(false); });
    bind("data.followReference", [this] { followReference(); });
    bind("data.referrers", [this] { showReferrers(); });
    bind("data.back", [this] { m_visits->goBack(here()); });
    bind("data.forward", [this] { m_visits->goForward(here()); });
    const auto showWays = [this] {
        CommandRegistry& commands = m_context.commands;
        if (!commands.action(QStringLiteral("data.back"))) return;
        commands.setEnabledFor(QStringLiteral("data.back"), this, m_visits->canGoBack(), tr("No reference has been followed."));
        commands.setEnabledFor(QStringLiteral("data.forward"), this, m_visits->canGoForward(), tr("There is nothing to go forward to."));
    };
    connect(m_visits, &RecordVisits::changed, this, showWays);
    showWays();
}

void DataTab::bindCopies()
{
    bind("data.copy", [this] { m_taking->copyAs(RecordForm::Tsv); });
    bind("data.copyCsv", [this] { m_taking->copyAs(RecordForm::Csv); });
    bind("data.copyJson", [this] { m_taking->copyAs(RecordForm::Json); });
    bind("data.copyJsonLines", [this] { m_taking->copyAs(RecordForm::JsonLines); });
    bind("data.copyMarkdown", [this] { m_taking->copyAs(RecordForm::Markdown); });
    bind("data.export", [this] { m_taking->openExport(); });
    bind("data.saveValue", [this] { m_panel->saveValue(); });
}

void DataTab::bindFollow()
{
    bind("data.follow", [this] { Q_EMIT m_followBar->followToggled(!m_follow->isOn()); });
    bind("data.pauseFollow", [this] { m_follow->setPaused(m_follow->mode() != RecordFollow::Mode::Paused); });
    showFollow();
}

void DataTab::showFollow()
{
    CommandRegistry& commands = m_context.commands;
    if (!commands.action(QStringLiteral("data.follow"))) return;
    const RecordFollow::Mode mode = m_follow->mode();
    const bool isAvailable = mode != RecordFollow::Mode::Unavailable;
    commands.setEnabledFor(QStringLiteral("data.follow"), this, isAvailable,
                           isAvailable ? QString() : tr("Not available here: %1").arg(errorHeadline(m_follow->feed().error())));
    commands.setEnabledFor(QStringLiteral("data.pauseFollow"), this, m_follow->isOn(), tr("The records are not followed."));
    commands.setCheckedFor(QStringLiteral("data.follow"), this, m_follow->isOn());
    commands.setCheckedFor(QStringLiteral("data.pauseFollow"), this, mode == RecordFollow::Mode::Paused);
}

} // namespace blazedb::views
