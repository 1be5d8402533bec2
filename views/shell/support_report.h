// What somebody who helps with a problem needs to know, as one text that its owner reads before it is given away. Holds no
// password, no record and no field name; files are named only where the log names them, and the home folder is written as "~".
#pragma once

#include <vector>

#include <QList>
#include <QPair>
#include <QString>

#include "engine/api/data_source.h"
#include "engine/base/logger.h"

namespace blazedb::views {

struct SupportFacts {
    QString version;
    QList<QPair<QString, QString>> system;   ///< "Qt", "6.4.2"; in this order.
    QList<QPair<QString, QString>> settings; ///< Choices as they are stored; secrets are never among them.
    struct Source {
        QString format;
        QString encryption;
        bool isRescue = false;
        QList<QPair<QString, quint64>> parts; ///< Role and size in bytes.
        std::vector<model::Finding> findings;
    };
    QList<Source> sources;
    std::vector<LogLine> log; ///< Oldest first.
};

/// The facts of one open source.
SupportFacts::Source supportFactsOf(const api::SourceDescription& description, const std::vector<model::Finding>& findings);

/// Plain text in English. `homeFolder` and every path below it are shortened.
QString supportReport(const SupportFacts& facts, const QString& homeFolder);

} // namespace blazedb::views
