// The strip at the top of the window that says in which environment the database in front is, so that production is never mistaken.
#pragma once

#include <QString>
#include <QWidget>

#include "views/shell/source_marks.h"

namespace blazedb::views {

class Theme;

/// Hidden for a database without an environment. Object name `main.environment`. GUI thread only.
class EnvironmentStrip final : public QWidget {
    Q_OBJECT

public:
    explicit EnvironmentStrip(const Theme& theme, QWidget* parent = nullptr); ///< Borrows it.

    /// `about` is what stands after the environment's name: which database, and in which mode.
    void showEnvironment(Environment environment, const QString& about);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    Environment m_environment = Environment::None;
    QString m_text;
};

} // namespace blazedb::views
