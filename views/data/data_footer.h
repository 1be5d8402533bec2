// The line below the records: how many, what is selected, what was just done; find, go to, and the zone of dates.
#pragma once

#include <QWidget>

#include "engine/model/schema.h"
#include "views/widgets/format.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace blazedb::views {

class Theme;

/// Object names `data.total`, `data.selection`, `data.sample`, `data.message`, `data.zone`, `data.find…`, `data.goTo`. GUI thread only.
class DataFooter final : public QWidget {
    Q_OBJECT

public:
    DataFooter(const Theme& theme, QWidget* parent = nullptr);

    void showTotal(const model::Count& total);
    void showSelection(qint64 selected, const model::Count& total); ///< One record or none says nothing.
    void showSample(const QString& text);
    void say(const QString& text); ///< Empty: nothing.
    void setZone(ZoneChoice zone);
    [[nodiscard]] QString findText() const;
    void focusFind();
    void focusGoTo();

Q_SIGNALS:
    void findRequested(bool isForward);
    void goToRequested(const QString& place);
    void zoneChosen(blazedb::views::ZoneChoice zone);

private:
    QLabel* m_total;
    QLabel* m_selection;
    QLabel* m_sample;
    QLabel* m_message;
    QToolButton* m_zone;
    QLineEdit* m_find;
    QLineEdit* m_goTo;
    ZoneChoice m_zoneChoice = ZoneChoice::Local;
};

} // namespace blazedb::views
