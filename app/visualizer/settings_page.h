// The page where the user changes the settings; each change counts at once.
#pragma once

#include <vector>

#include <QString>
#include <QStringList>
#include <QWidget>

#include "app/visualizer/file_exchange.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace blazedb::views {
class CommandRegistry;
class KeysEditor;
class RememberedSecrets;
class Theme;
}

namespace blazedb::app {

class DesktopWatch;
class SettingRow;
class Settings;

/// What the page is made with; all outlive it.
struct SettingsPageParts {
    Settings& settings;
    views::Theme& theme;
    views::CommandRegistry& commands;
    FileExchange files;
    views::RememberedSecrets* secrets = nullptr; ///< Null where no password can be remembered.
    const DesktopWatch* desktop = nullptr;       ///< Null: sleep and screen lock are not heard.
    QString folder = {};                         ///< Where the settings are kept, to be shown.
};

/// Pages at the left, the settings of one at the right; a search shows what fits of all pages. Object names `settings.…`. GUI
/// thread only.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    explicit SettingsPage(SettingsPageParts parts, QWidget* parent = nullptr);

    void showPage(const QString& id); ///< "general", "keys" and so on; ends a search.

private:
    struct Section {
        QString id;
        QString title;
        QWidget* widget = nullptr;
        std::vector<SettingRow*> rows;
        QStringList keys;             ///< All that the page shows, in rows and otherwise.
        QPushButton* reset = nullptr; ///< Null where there is nothing of the table.
        QWidget* more = nullptr;      ///< What is no single setting; null: nothing.
        QString moreWords;            ///< By which it is found.
    };

    void build();
    Section makeSection(const QString& id, const QString& title, QWidget* parent);
    QWidget* makeMore(Section& section);
    QWidget* makeKeys(QWidget* parent);
    QWidget* makeFiles(QWidget* parent);
    void connectParts();
    void refresh();
    void showFound();
    void showReasons();
    void importSettings(const Result<QByteArray>& text);
    void say(const QString& text, bool isProblem);
    void askBeforeResettingAll();

    SettingsPageParts m_parts;
    std::vector<Section> m_sections;
    QLineEdit* m_search = nullptr;
    QListWidget* m_pages = nullptr;
    QScrollArea* m_scroll = nullptr;
    QLabel* m_noMatch = nullptr;
    views::KeysEditor* m_keys = nullptr;
    QPushButton* m_resetAll = nullptr;
    QLabel* m_message = nullptr;
};

} // namespace blazedb::app
