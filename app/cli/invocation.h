// What the command line asks for, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace blazedb::cli {

enum class CommandName {
    Info,
    Check,
    Export,
    Rescue,
    WriteFamily,
    Doctor,
    DumpWrite,
    DumpVerify,
    DumpRestore,
    Create,
    Import,
    Get,
    Put,
    Delete,
    Compact,
    Rekey,
    ChangePassword,
    KeyList,
    KeyAdd,
    KeyRemove
};
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

    /// Of the family that a rescue makes, the source's password otherwise; of a native file whose password or keys change.
    std::optional<int> newPasswordDescriptor;
    std::string from;                         ///< Typed JSON lines that become a family.
    std::vector<std::string> indexes;         ///< Of the new family: "field+field".

    // Of the native form.
    std::string keyFile;
    std::string newKeyFile;
    std::string label;             ///< Of a new key.
    std::size_t keySlot = 0;
    std::string collection;        ///< Empty: the default one.
    std::vector<std::string> ids;  ///< As typed.
    std::uint64_t commitEvery = 0; ///< Records a commit; 0: all of them together.
    bool isReportingCommitted = false;
    bool isReplacing = false; ///< Imported records take the place of others with their ids.
};

} // namespace blazedb::cli
