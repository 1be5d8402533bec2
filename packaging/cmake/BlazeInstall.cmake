# What `cmake --install` and the packages hold: components cli and visualizer.
include(GNUInstallDirs)
set(BLAZEDB_LINUX_FILES ${PROJECT_SOURCE_DIR}/packaging/linux)

install(TARGETS blazedb_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT cli)
install(FILES ${BLAZEDB_LINUX_FILES}/blazedb.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT cli)

if(BLAZEDB_GUI)
    install(TARGETS blazedb_visualizer RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT visualizer)
    install(FILES ${BLAZEDB_LINUX_FILES}/blazedb-visualizer.1
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT visualizer)
    install(FILES ${BLAZEDB_LINUX_FILES}/org.blazedb.Visualizer.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT visualizer)
    install(FILES ${BLAZEDB_LINUX_FILES}/org.blazedb.Visualizer.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT visualizer)
    install(FILES ${BLAZEDB_LINUX_FILES}/org.blazedb.Visualizer.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages COMPONENT visualizer)
    install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/org.blazedb.Visualizer.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT visualizer)
endif()

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME blazedb)
set(CPACK_PACKAGE_VENDOR BlazeDB)
set(CPACK_PACKAGE_CONTACT "BlazeDB <packages@blazedb.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_VISUALIZER_PACKAGE_NAME blazedb-visualizer)
set(CPACK_DEBIAN_CLI_PACKAGE_NAME blazedb-cli)
set(CPACK_STRIP_FILES ON)
include(CPack)
