#include "views/widgets/scrolled.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include "views/widgets/parts.h"

namespace blazedb::views {

QWidget* makeScrolled(QWidget* page, const QString& objectName)
{
    auto* const area = new QScrollArea(page);
    area->setObjectName(objectName);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus); // what is in it takes the focus, and is scrolled to
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const content = new QWidget(area);
    area->setWidget(content);
    makeColumn(page)->addWidget(area);
    return content;
}

} // namespace blazedb::views
