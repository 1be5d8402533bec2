#include "app/cli/terminal.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/printable.h"

namespace blazedb::cli {

namespace {

const char* severityWord(model::FindingSeverity severity)
{
    switch (severity) {
    case model::FindingSeverity::Damage: return "damaged";
    case model::FindingSeverity::Lost: return "lost";
    case model::FindingSeverity::Remark: break;
    }
    return "remark";
}

} // namespace

Terminal::Terminal()
    : m_isTerminal(::isatty(STDERR_FILENO) == 1)
{}

void Terminal::say(std::string_view line)
{
    clearProgress();
    fmt::print(stderr, "{}\n", printable(line));
}

void Terminal::sayError(const Error& error)
{
    say("blazedb: " + error.message);
}

void Terminal::sayFindings(const std::vector<model::Finding>& findings)
{
    for (const model::Finding& finding : findings) {
        std::string line = fmt::format("{}: {}", severityWord(finding.severity), finding.message);
        if (!finding.advice.empty()) line += fmt::format(" ({})", finding.advice);
        say(line);
    }
}

void Terminal::showProgress(const api::Progress& progress)
{
    if (!m_isTerminal) return;
    const std::string line = progress.total ? fmt::format("{} of {} {}", progress.done, *progress.total, progress.unit)
                                            : fmt::format("{} {}", progress.done, progress.unit);
    fmt::print(stderr, "\r\x1b[K{}", line);
    std::fflush(stderr);
    m_hasProgress = true;
}

void Terminal::clearProgress()
{
    if (!m_hasProgress) return;
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
    m_hasProgress = false;
}

bool hasDamage(const std::vector<model::Finding>& findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const model::Finding& finding) {
        return finding.severity != model::FindingSeverity::Remark;
    });
}

} // namespace blazedb::cli
