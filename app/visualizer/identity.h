// Who the program is, in one place: settings, window system, packages and the single-instance socket use these.
#pragma once

namespace blazedb::app {

inline constexpr const char* kOrganisation = "BlazeDB";
inline constexpr const char* kOrganisationDomain = "blazedb.org";
inline constexpr const char* kApplicationName = "BlazeDB Visualizer";
/// Reverse-DNS; the desktop entry, AppStream file and icon bear it.
inline constexpr const char* kApplicationId = "org.blazedb.Visualizer";
/// Folder name below the platform's settings, state, data and cache folders.
inline constexpr const char* kFolderName = "blazedb-visualizer";

} // namespace blazedb::app
