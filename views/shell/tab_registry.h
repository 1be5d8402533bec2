// The fifteen tabs as descriptors: the window knows tabs by these alone.
#pragma once

#include <functional>
#include <vector>

#include <QString>

#include "views/widgets/tab_page.h"

namespace blazedb::views {

struct TabDescriptor {
    QString id;       ///< "data"; the tab's object names begin with it.
    QString title;    ///< Translated.
    QString question; ///< "What is in it?"
    QString iconName;
    /// Adds the tab's commands, once, before the menus are built; may be empty.
    std::function<void(CommandRegistry&)> registerCommands;
    /// Makes the tab's widget; empty when the tab is not built yet.
    std::function<QWidget*(TabContext, QWidget* parent)> make;
    /// Why the tab cannot be used on this source; empty when it can. Translated.
    std::function<QString(const Session&)> reasonUnavailable;
};

/// In the order of the product: Monitor, Data, Query Builder, … Tests. Always fifteen.
std::vector<TabDescriptor> tabDescriptors();

} // namespace blazedb::views
