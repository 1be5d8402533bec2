// Where the program speaks: lines for people on standard error, and a progress line while it is a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/finding.h"

namespace blazedb::cli {

/// One thread at a time.
class Terminal {
public:
    Terminal();

    /// One line on standard error, control characters made visible.
    void say(std::string_view line);
    void sayError(const Error& error);
    /// "damage: page 7: …", one line each.
    void sayFindings(const std::vector<model::Finding>& findings);

    /// Draws over the line before; nothing unless standard error is a terminal.
    void showProgress(const api::Progress& progress);
    void clearProgress();

private:
    bool m_isTerminal;
    bool m_hasProgress = false;
};

/// True when one of them is more than a remark.
bool hasDamage(const std::vector<model::Finding>& findings);

} // namespace blazedb::cli
