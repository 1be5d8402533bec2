// Help > Support Report: the whole text stands there before it is copied or saved.
#pragma once

#include <functional>

#include <QWidget>

#include "views/shell/support_report.h"

class QPlainTextEdit;

namespace blazedb::views {

struct ShellParts;

/// Version, system, settings, open databases and log, as they are now. GUI thread only.
SupportFacts collectSupportFacts(const ShellParts& parts);

/// Object names `help.support.…`. Nothing leaves the page by itself. GUI thread only.
class SupportPage final : public QWidget {
    Q_OBJECT

public:
    /// `makeText` is asked when the page is made and when it is to be brought up to date.
    explicit SupportPage(std::function<QString()> makeText, QWidget* parent = nullptr);

Q_SIGNALS:
    void saveRequested(const QString& text);

private:
    void refresh();

    std::function<QString()> m_makeText;
    QPlainTextEdit* m_text;
};

} // namespace blazedb::views
