// The expected.jsonl files beside the family fixtures: what a database holds, kind by kind and bit by bit.
#pragma once

#include <string>
#include <vector>

#include <QString>

#include "engine/model/record.h"

namespace blazedb::tests {

/// Folder of a fixture in tests/data: "format28/workspace".
QString fixtureFolder(const QString& name);

/// Copies a fixture's files into `folder`, which must exist.
bool copyFixture(const QString& name, const QString& folder);

inline constexpr const char* kFixturePassword = "Correct-Horse-42";

/// Reads one expected.jsonl; records in the order of the file, fields by name.
std::vector<model::Record> readExpectedRecords(const QString& path);

/// Empty when both are the same record: kinds and bits, NaN payloads aside; otherwise says where they differ.
QString differenceOf(const model::Record& actual, const model::Record& expected);

} // namespace blazedb::tests
