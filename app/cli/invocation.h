// What the command line asks for, as values.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace blazedb::cli {

enum class CommandName { Info, Check, Export, Rescue, WriteFamily, Doctor, DumpWrite, DumpVerify, DumpRestore };
enum class ExportFormat { JsonLines, Csv };

struct Invocation {
    CommandName command = CommandName::Info;
    std::string path;
    std::optional<int> passwordDescriptor;
    bool isJson = false;   ///< Answers for programs instead of people.
    bool isRescue = false; ///< Show what the pages still hold, without the catalogue.

    ExportFormat format = ExportFormat::JsonLines;
    std::optional<std::string> where; ///< Filter text with at least one condition.
    std::string to;    ///< A file; empty: standard output.
    bool withSoftDeleted = false;

    std::optional<int> newPasswordDescriptor; ///< Of the family that a rescue makes; the source's password otherwise.
    std::string from;                         ///< Typed JSON lines that become a family.
    std::vector<std::string> indexes;         ///< Of the new family: "field+field".
};

} // namespace blazedb::cli
