// Answers for programs: JSON of findings and errors.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/error.h"
#include "engine/model/finding.h"

namespace blazedb::cli {

nlohmann::ordered_json toJson(const model::Finding& finding);
nlohmann::ordered_json toJson(const std::vector<model::Finding>& findings);
nlohmann::ordered_json toJson(const Error& error);

/// Indented, with a line end; bytes that are not UTF-8 (file names) come out as replacement characters.
std::string jsonDocument(const nlohmann::ordered_json& json);

} // namespace blazedb::cli
