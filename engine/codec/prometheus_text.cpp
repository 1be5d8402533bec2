#include "engine/codec/prometheus_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace blazedb::codec {

namespace {

namespace unit = model::metricunit;

/// Backslash and line feed always; the quote only inside a label's value.
void appendEscaped(std::string& out, std::string_view text, bool isLabel)
{
    for (const char character : text) {
        if (character == '\\') out += "\\\\";
        else if (character == '\n') out += "\\n";
        else if (character == '"' && isLabel) out += "\\\"";
        else out += character;
    }
}

std::string numberText(const model::MetricValue& value)
{
    if (const auto* whole = std::get_if<std::uint64_t>(&value)) return std::to_string(*whole);
    const double* real = std::get_if<double>(&value);
    if (real == nullptr) return "1"; // an _info metric
    if (std::isnan(*real)) return "NaN";
    if (std::isinf(*real)) return *real > 0 ? "+Inf" : "-Inf";
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, *real).ptr;
    return std::string(digits, end);
}

bool hasWord(std::string_view name, std::string_view word)
{
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        const bool begins = at == 0 || name[at - 1] == '_';
        const bool ends = at + word.size() == name.size() || name[at + word.size()] == '_';
        if (begins && ends) return true;
    }
    return false;
}

void appendLabels(std::string& out, const MetricSource& source, const model::MetricSample& figure)
{
    std::string labels;
    const auto add = [&labels](std::string_view name, std::string_view value) {
        labels += labels.empty() ? '{' : ',';
        labels += name;
        labels += "=\"";
        appendEscaped(labels, value, true);
        labels += '"';
    };
    for (const auto& [name, value] : source.labels) add(name, value);
    if (const auto* text = std::get_if<std::string>(&figure.value)) add("value", *text);
    if (!labels.empty()) out += labels + '}';
}

const model::MetricSample* findFigure(const MetricSource& source, const std::string& id)
{
    const auto found = std::find_if(source.figures.begin(), source.figures.end(), [&](const model::MetricSample& f) { return f.id == id; });
    return found == source.figures.end() ? nullptr : &*found;
}

void appendMetric(std::string& out, const std::vector<MetricSource>& sources, const model::MetricSample& first)
{
    std::string samples;
    std::string reason;
    const std::string name = prometheusName(first);
    for (const MetricSource& source : sources) {
        const model::MetricSample* figure = findFigure(source, first.id);
        if (figure == nullptr) continue;
        if (!figure->isMeasured()) {
            reason = figure->reason;
            continue;
        }
        samples += name;
        appendLabels(samples, source, *figure);
        samples += ' ' + numberText(figure->value) + '\n';
    }
    if (samples.empty()) {
        out += "# " + name + " is not measured here: ";
        appendEscaped(out, reason, false);
        out += '\n';
        return;
    }
    out += "# HELP " + name + ' ';
    appendEscaped(out, first.help, false);
    out += "\n# TYPE " + name + (first.kind == model::MetricKind::Counter ? " counter\n" : " gauge\n") + samples;
}

} // namespace

std::string prometheusName(const model::MetricSample& figure)
{
    std::string name = "blazedb_" + figure.id;
    std::replace(name.begin(), name.end(), '.', '_');
    if (figure.unit == unit::kText) return name + "_info";
    if (figure.unit == unit::kTime) return name + "_timestamp_seconds";
    if (figure.unit != unit::kCount && !hasWord(name, figure.unit)) name += '_' + figure.unit;
    return figure.kind == model::MetricKind::Counter ? name + "_total" : name;
}

std::string toPrometheusText(const std::vector<MetricSource>& sources)
{
    std::string out;
    std::vector<std::string> said;
    for (const MetricSource& source : sources) {
        for (const model::MetricSample& figure : source.figures) {
            if (std::find(said.begin(), said.end(), figure.id) != said.end()) continue;
            said.push_back(figure.id);
            appendMetric(out, sources, figure);
        }
    }
    return out;
}

} // namespace blazedb::codec
