// Native files for tests of the program: made fast, and looked into by the engine itself.
#pragma once

#include <set>
#include <vector>

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include "engine/model/record.h"

namespace blazedb::tests {

inline constexpr const char* kNativePassword = "short and sweet";

/// A new file that one round of PBKDF2 opens.
bool makeNative(const QByteArray& path);

struct NativeContents {
    QString problem;        ///< Why it could not be opened or read; empty when it could.
    QString damage;         ///< What NativeStore::verify found, a line each.
    std::set<model::Uuid> ids;
    std::vector<model::Record> records; ///< By id.
};
/// Opens it under the lock, as after a crash, and reads all of one collection.
NativeContents contentsOf(const QByteArray& path, std::string_view collection = "default", std::string_view password = kNativePassword);

/// The n-th of a row of ids.
model::Uuid numberedId(std::uint32_t number);
/// Typed JSON lines of records `from` up to, not including, `to`: id, number and a text of `textBytes`.
QByteArray numberedLines(std::uint32_t from, std::uint32_t to, int textBytes = 300);
/// The ids on lines of their own; a half line at the end is left out.
std::vector<model::Uuid> reportedIds(const QByteArray& out);

} // namespace blazedb::tests
