#include "engine/format28/family_paths.h"

#include <string_view>

#include "engine/crypto/digest.h"

namespace blazedb::format28 {

namespace {

/// Characters that Foundation refuses in an extension, as UTF-8: space, slash and the bidirectional marks.
bool mayBeExtension(std::string_view text)
{
    static constexpr std::string_view kRefused[] = {
        " ", "/", "\u061C", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
    for (const std::string_view refused : kRefused)
        if (text.find(refused) != std::string_view::npos) return false;
    return true;
}

/// The path without its extension, by Foundation's rule.
std::string withoutExtension(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
    const std::string_view component = std::string_view(path).substr(start);
    const std::size_t dot = component.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == component.size()) return path;
    const std::string_view before = component.substr(0, dot);
    if (before == "." || before == ".." || !mayBeExtension(component.substr(dot + 1))) return path;
    return path.substr(0, start + dot);
}

} // namespace

std::string fileName(const std::string& path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0: a path without a folder is its own name
}

FamilyPaths familyPaths(const std::string& absolutePath)
{
    FamilyPaths paths;
    paths.pages = absolutePath;
    paths.base = withoutExtension(absolutePath);
    const std::size_t slash = absolutePath.rfind('/');
    paths.folder = slash == std::string::npos ? "." : slash == 0 ? "/" : absolutePath.substr(0, slash);
    paths.name = fileName(paths.base);
    return paths;
}

std::string transactionDigest(const std::string& absolutePath)
{
    return crypto::toHex(crypto::sha256(asBytes(absolutePath)));
}

} // namespace blazedb::format28
