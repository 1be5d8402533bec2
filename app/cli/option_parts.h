// Options that several commands have.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/invocation.h"

namespace blazedb::cli {

/// A command under `parent` that sets `invocation.command`. What it does not know stays for leftoverComplaint().
CLI::App* addCommand(CLI::App& parent, Invocation& invocation, CommandName name, const char* word, const char* description);
void addPasswordOption(CLI::App& command, Invocation& invocation);
void addKeyFileOption(CLI::App& command, Invocation& invocation);
void addJsonFlag(CLI::App& command, Invocation& invocation);

} // namespace blazedb::cli
