#include "engine/local/target_guard.h"

namespace blazedb::local {

Result<void> refusePartOfSource(FileSystem& files, const api::DataSource& source, const std::string& path)
{
    const auto target = files.stamp(path);
    if (!target) return {};
    for (const api::SourcePart& part : source.describe().parts) {
        const auto stamp = files.stamp(part.path);
        if (stamp && stamp->device == target->device && stamp->inode == target->inode)
            return Error{ErrorCode::InvalidArgument, path + " is the " + part.role + " of the database that is read; choose another name"};
    }
    return {};
}

} // namespace blazedb::local
