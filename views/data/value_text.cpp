#include "views/data/value_text.h"

#include <algorithm>

#include <QCoreApplication>
#include <QTreeWidget>

#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr int kTreeItemsMax = 5000;

void addTreeItems(QTreeWidgetItem* parent, const QString& name, const model::Value& value, ZoneChoice zone, int& left)
{
    if (--left < 0) return;
    auto* item = new QTreeWidgetItem(parent, {name, kindName(value.kind()), formatCell(value, zone)});
    if (const auto* array = value.as<model::Array>()) {
        for (std::size_t i = 0; i < array->size() && left >= 0; ++i) addTreeItems(item, QStringLiteral("[%1]").arg(i), (*array)[i], zone, left);
    } else if (const auto* dictionary = value.as<model::Dictionary>()) {
        for (const model::DictionaryEntry& entry : *dictionary) addTreeItems(item, toQString(entry.key), entry.value, zone, left);
    }
}

} // namespace

QString hexText(ByteView bytes, std::uint64_t offset)
{
    constexpr std::size_t kLine = 16;
    QString text;
    for (std::size_t at = 0; at < bytes.size(); at += kLine) {
        QString hex;
        QString characters;
        for (std::size_t i = at; i < std::min(at + kLine, bytes.size()); ++i) {
            const auto byte = std::to_integer<unsigned>(bytes[i]);
            hex += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
            characters += byte >= 0x20 && byte < 0x7f ? QChar(byte) : QLatin1Char('.');
        }
        text += QStringLiteral("%1  %2 %3\n").arg(offset + at, 8, 16, QLatin1Char('0')).arg(hex, -48).arg(characters);
    }
    return text;
}

void fillValueTree(QTreeWidget* tree, const QString& name, const model::Value& value, ZoneChoice zone)
{
    tree->clear();
    int left = kTreeItemsMax;
    addTreeItems(tree->invisibleRootItem(), name, value, zone, left);
    if (left < 0) new QTreeWidgetItem(tree, {QCoreApplication::translate("blazedb::views::ValuePanel", "… and more than %n items", nullptr, kTreeItemsMax)});
    tree->expandToDepth(1);
}

} // namespace blazedb::views
