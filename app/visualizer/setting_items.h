// The settings as a person meets them: on which page, in which words.
#pragma once

#include <vector>

#include <QString>
#include <QStringList>

namespace blazedb::app {

struct SettingItem {
    QString key;         ///< Of the table.
    QString page;        ///< "general", "sources", "display", "monitor", "security".
    QString objectName;  ///< "settings.theme"; its parts are named after it.
    QString title;       ///< Translated, as all that follows.
    QString explanation; ///< What it does, in a sentence.
    QStringList choices = {}; ///< Of a choice: the texts of its words, in their order.
    QString unit = {};        ///< Of a number, behind it: " min".
    QString least = {};       ///< Of a number: what its smallest value means; empty: itself.
};

struct SettingPageName {
    QString id;
    QString title;
};

/// In the order they are listed in. Pages without items of the table show parts of their own: "keys", "advanced".
std::vector<SettingPageName> settingPages();
/// Every setting of the table that is a row, in the order of the pages.
std::vector<SettingItem> settingItems();

} // namespace blazedb::app
