#include "views/widgets/color_tokens.h"

#include <algorithm>
#include <cmath>

namespace blazedb::views {
namespace {

struct TokenRow {
    ColorToken token;
    QRgb light;
    QRgb dark;
};

constexpr std::array<TokenRow, kColorTokenCount> kTokenRows{{
    {ColorToken::Window, 0xF4F5F7, 0x15181E},
    {ColorToken::Base, 0xFFFFFF, 0x1B1F27},
    {ColorToken::Sunken, 0xECEEF2, 0x101318},
    {ColorToken::Line, 0xD3D7DE, 0x39414F},
    {ColorToken::Text, 0x1A1E26, 0xE6E9EF},
    {ColorToken::Muted, 0x586273, 0x9FA9B8},
    {ColorToken::Accent, 0xB33F08, 0xFF8B4D},
    {ColorToken::OnAccent, 0xFFFFFF, 0x1A1E26},
    {ColorToken::Focus, 0xD2540F, 0xFF8B4D},
    {ColorToken::Select, 0xFBE3D3, 0x4A2C1B},
    {ColorToken::Info, 0x0A5FA8, 0x6FB4F0},
    {ColorToken::Ok, 0x19713A, 0x6CCB8B},
    {ColorToken::Warn, 0x825300, 0xE5B454},
    {ColorToken::Danger, 0xAE2218, 0xFF8A80},
    {ColorToken::Pending, 0xFFF4CC, 0x3D3618},
    {ColorToken::Inserted, 0xDDF3E4, 0x17372A},
    {ColorToken::Removed, 0xFBE0DD, 0x46221F},
    {ColorToken::Null, 0x6B4BA3, 0xB79BE8},
    {ColorToken::Series1, 0x0A5FA8, 0x6FB4F0},
    {ColorToken::Series2, 0xB8420A, 0xFF8B4D},
    {ColorToken::Series3, 0x19713A, 0x6CCB8B},
    {ColorToken::Series4, 0x8A4FBE, 0xC29BF0},
    {ColorToken::Series5, 0x7A5A00, 0xE5B454},
    {ColorToken::Series6, 0xB3246B, 0xF58AB8},
    {ColorToken::Series7, 0x0F7C86, 0x5CC9D3},
    {ColorToken::Series8, 0x545E6E, 0xAEB7C4},
    {ColorToken::Development, 0x19713A, 0x19713A},
    {ColorToken::Test, 0x0A5FA8, 0x0A5FA8},
    {ColorToken::Production, 0xAE2218, 0xAE2218},
}};

ColorTable column(QRgb TokenRow::* which)
{
    ColorTable table;
    for (const TokenRow& row : kTokenRows) table[static_cast<std::size_t>(row.token)] = QColor::fromRgb(row.*which);
    return table;
}

double relativeLuminance(const QColor& color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const ColorTable& lightColors()
{
    static const ColorTable kTable = column(&TokenRow::light);
    return kTable;
}

const ColorTable& darkColors()
{
    static const ColorTable kTable = column(&TokenRow::dark);
    return kTable;
}

ColorTable highContrastColors(const QPalette& system)
{
    const bool isDark = system.color(QPalette::Base).lightness() < 128;
    const QColor base = isDark ? QColor(Qt::black) : QColor(Qt::white);
    const QColor text = isDark ? QColor(Qt::white) : QColor(Qt::black);
    const QColor highlight = system.color(QPalette::Highlight);
    const QColor accent = contrastRatio(highlight, base) >= 4.5 ? highlight : text;

    ColorTable table = isDark ? darkColors() : lightColors();
    const auto set = [&table](ColorToken token, const QColor& color) { table[static_cast<std::size_t>(token)] = color; };
    // Backgrounds of states say nothing here; frames and words do.
    for (const ColorToken token : {ColorToken::Window, ColorToken::Base, ColorToken::Sunken, ColorToken::Select,
                                   ColorToken::Pending, ColorToken::Inserted, ColorToken::Removed})
        set(token, base);
    for (const ColorToken token : {ColorToken::Text, ColorToken::Muted, ColorToken::Line}) set(token, text);
    set(ColorToken::Accent, accent);
    set(ColorToken::Focus, accent);
    set(ColorToken::OnAccent, base);
    return table;
}

double contrastRatio(const QColor& left, const QColor& right)
{
    const double a = relativeLuminance(left);
    const double b = relativeLuminance(right);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace blazedb::views
