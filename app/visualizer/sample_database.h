// The sample: a bug tracker of an invented project, written as a 2.8 family when it is first asked for.
#pragma once

#include <QString>

#include "engine/api/call_context.h"

namespace blazedb::app {

/// No secret: it stands here, in the handbook and on the unlock page.
inline constexpr const char* kSamplePassword = "Welcome-To-BlazeDB-28";

/// Where the sample lies below the program's data folder.
QString samplePath(const QString& dataFolder);

/// Writes the sample unless it is there; answers its path. Any thread; blocks. Errors: those of local::importFamily.
Result<QString> ensureSample(const api::CallContext& context, const QString& dataFolder);

} // namespace blazedb::app
