#include "views/monitor/card_list.h"

#include <QCoreApplication>

namespace blazedb::views {
namespace {

QString trCard(const char* text)
{
    return QCoreApplication::translate("blazedb::views::monitor", text);
}

CardSpec card(const char* id, const QString& title, const char* iconName, std::vector<FigureSpec> figures)
{
    return {QString::fromLatin1(id), title, QString::fromLatin1(iconName), std::move(figures)};
}

std::vector<FigureSpec> activityFigures()
{
    return {{"activity.queries", trCard("Queries of this program"), FigureForm::Rate},
            {"activity.records_read", trCard("Records read by this program"), FigureForm::Rate},
            {"activity.bytes_read", trCard("Bytes read by this program"), FigureForm::Rate},
            {"activity.pages_logged", trCard("Pages written by the app, at least"), FigureForm::Rate},
            {"activity.catalogue_saves", trCard("Catalogues saved by the app, at least")},
            {"activity.records_damaged", trCard("Unreadable records met")},
            {"activity.read_retries", trCard("Reads made again")},
            {"activity.commits", trCard("Commits of the app")},
            {"activity.operations", trCard("Inserts, updates, deletes")},
            {"activity.latency_seconds", trCard("Latency")},
            {"activity.lock_waits", trCard("Lock waits")}};
}

std::vector<FigureSpec> storageFigures()
{
    return {{"storage.bytes", trCard("All files"), FigureForm::Lead},
            {"storage.records_named", trCard("Records in the catalogue")},
            {"storage.records_live", trCard("Live records")},
            {"storage.records_soft_deleted", trCard("Soft-deleted records")},
            {"storage.bytes_pages", trCard("Page file")},
            {"storage.bytes_catalogue", trCard("Catalogue")},
            {"storage.bytes_log", trCard("Log")},
            {"storage.bytes_salt", trCard("Salt")},
            {"storage.bytes_other", trCard("Other files")},
            {"storage.pages", trCard("Pages")},
            {"storage.pages_used", trCard("Pages used")},
            {"storage.pages_free", trCard("Pages free")},
            {"storage.pages_unlisted", trCard("Pages on no list, orphaned or emptied")},
            {"storage.fragmentation_ratio", trCard("Fragmentation")},
            {"storage.record_space_mean_bytes", trCard("Space per record")},
            {"storage.record_mean_bytes", trCard("Average record")},
            {"storage.record_max_bytes", trCard("Largest record")},
            {"storage.disk_free_bytes", trCard("Free disk")}};
}

std::vector<FigureSpec> durabilityFigures()
{
    return {{"durability.log_ratio", trCard("Log, as a share of the database"), FigureForm::Lead},
            {"durability.log_entries", trCard("Entries in the log"), FigureForm::Line},
            {"durability.log_changed", trCard("Log written")},
            {"durability.last_change", trCard("Last change")},
            {"durability.interrupted", trCard("Interrupted transaction or vacuum")},
            {"durability.level", trCard("Durability level")},
            {"durability.last_checkpoint", trCard("Last checkpoint")},
            {"durability.last_backup", trCard("Last backup")}};
}

} // namespace

std::vector<CardSpec> monitorCards()
{
    return {
        card("activity", trCard("Activity"), "activity", activityFigures()),
        card("storage", trCard("Storage"), "database", storageFigures()),
        card("durability", trCard("Durability"), "log", durabilityFigures()),
        card("memory", trCard("Memory and Cache"), "grid",
             {{"memory.record_cache_bytes", trCard("Records in memory"), FigureForm::Lead},
              {"memory.record_cache_max_bytes", trCard("At most")},
              {"memory.record_cache_hit_ratio", trCard("Hit rate of records")},
              {"memory.page_cache_hit_ratio", trCard("Hit rate of pages")}}),
        card("versions", trCard("Versions"), "recent",
             {{"versions.live", trCard("Live versions")},
              {"versions.removable", trCard("Removable versions")},
              {"versions.last_collection", trCard("Last collection")}}),
        card("indexes", trCard("Indexes"), "key",
             {{"indexes.secondary", trCard("Indexes"), FigureForm::Lead},
              {"indexes.keys", trCard("Keys")},
              {"indexes.bytes", trCard("Size")},
              {"indexes.unused", trCard("Unused")}}),
        card("structure", trCard("Structure"), "tree",
             {{"structure.collections", trCard("Collections"), FigureForm::Lead},
              {"structure.fields", trCard("Fields")},
              {"structure.schema_version", trCard("Schema version")}}),
        card("environment", trCard("Environment"), "info",
             {{"environment.format", trCard("Format"), FigureForm::Text},
              {"environment.format_version", trCard("Format version"), FigureForm::Text},
              {"environment.encoding", trCard("Encoding"), FigureForm::Text},
              {"environment.encryption", trCard("Encryption"), FigureForm::Text},
              {"environment.place", trCard("Place"), FigureForm::Text},
              {"environment.files", trCard("Files"), FigureForm::Text},
              {"environment.access", trCard("Access"), FigureForm::Text},
              {"environment.in_use_by", trCard("In use by"), FigureForm::Text},
              {"environment.created", trCard("Created")},
              {"environment.opened", trCard("Opened here")},
              {"environment.open_seconds", trCard("Open for")},
              {"environment.engine_version", trCard("Engine version"), FigureForm::Text}}),
    };
}

} // namespace blazedb::views
