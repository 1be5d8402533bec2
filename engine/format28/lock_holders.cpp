#include "engine/format28/lock_holders.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <sys/sysmacros.h>

namespace blazedb::format28 {

std::vector<std::string> lockHolders(const FileStamp& file)
{
    char place[64];
    std::snprintf(place, sizeof place, "%02x:%02x:%llu", major(file.device), minor(file.device), static_cast<unsigned long long>(file.inode));
    std::vector<std::string> holders;
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
        // "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF"; waiting processes have "->" after the number.
        std::istringstream words(line);
        std::string number;
        std::string type;
        std::string advisory;
        std::string mode;
        std::string process;
        std::string where;
        words >> number >> type >> advisory >> mode >> process >> where;
        if (type != "FLOCK" || where != place) continue;
        std::string name;
        std::ifstream comm("/proc/" + process + "/comm");
        std::getline(comm, name);
        holders.push_back("process " + process + (name.empty() ? "" : " (" + name + ")"));
    }
    return holders;
}

} // namespace blazedb::format28
