// The stored passwords on the settings page: which databases have one, and the way to forget them.
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace blazedb::views {
class RememberedSecrets;
}

namespace blazedb::app {

/// Object names `settings.secrets…`. GUI thread only.
class SecretsSection final : public QWidget {
    Q_OBJECT

public:
    /// Borrows `secrets`, which is null where no password can be remembered.
    explicit SecretsSection(views::RememberedSecrets* secrets, QWidget* parent = nullptr);

private:
    void show();
    void forgetChosen();
    void askBeforeForgettingAll();

    views::RememberedSecrets* m_secrets;
    QListWidget* m_list; ///< Rows in the order of RememberedSecrets::entries().
    QLabel* m_none;
    QPushButton* m_forget;
    QPushButton* m_forgetAll;
};

} // namespace blazedb::app
