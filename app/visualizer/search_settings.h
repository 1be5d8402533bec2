// The part of the settings page that says where a search for databases looks.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace blazedb::app {

class Settings;

/// Object names `settings.search…`. Every change counts at once. GUI thread only.
class SearchSettings final : public QWidget {
    Q_OBJECT

public:
    explicit SearchSettings(Settings& settings, QWidget* parent = nullptr); ///< Borrows them.

private:
    void build();
    void show();
    void keepFolders();
    void keepExclusions();

    Settings& m_settings;
    QPlainTextEdit* m_folders; ///< One a line.
    QLabel* m_notUsed;         ///< Lines that name no folder by its full path.
    QSpinBox* m_depth;
    QLineEdit* m_exclusions; ///< Parted by commas.
    QPushButton* m_reset;
};

} // namespace blazedb::app
