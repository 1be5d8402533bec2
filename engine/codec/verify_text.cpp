#include "engine/codec/verify_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "engine/codec/number_text.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

/// Byte sequences that are not UTF-8 become U+FFFD, one for each byte.
std::string validText(std::string_view text)
{
    if (model::isValidUtf8(text)) return std::string(text);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        while (length < 5 && at + length <= text.size() && !model::isValidUtf8(text.substr(at, length))) ++length;
        if (length < 5 && at + length <= text.size()) {
            out += text.substr(at, length);
            at += length;
        } else {
            out += "\xEF\xBF\xBD";
            ++at;
        }
    }
    return out;
}

std::string timeText(std::chrono::system_clock::time_point time)
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

const char* depthName(model::VerifyDepth depth)
{
    return depth == model::VerifyDepth::Full ? "full" : "quick";
}

double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// Indented JSON, written front to back. Thread-safety: none; one owner.
class ReportJson {
public:
    void open(std::string_view key, char bracket)
    {
        begin(key);
        m_out += bracket;
        ++m_level;
        m_isFirst = true;
    }
    void close(char bracket)
    {
        --m_level;
        if (!m_isFirst) breakLine();
        m_out += bracket;
        m_isFirst = false;
    }
    void text(std::string_view key, std::string_view value)
    {
        begin(key);
        quoted(value);
    }
    void number(std::string_view key, std::uint64_t value)
    {
        begin(key);
        m_out += std::to_string(value);
    }
    void milliseconds(std::string_view key, std::chrono::nanoseconds value)
    {
        begin(key);
        m_out += fmt::format("{:.3f}", codec::milliseconds(value));
    }
    void flag(std::string_view key, bool value)
    {
        begin(key);
        m_out += value ? "true" : "false";
    }
    std::string take() { return std::move(m_out) + "\n"; }

private:
    void begin(std::string_view key)
    {
        if (m_level > 0) {
            if (!m_isFirst) m_out += ',';
            breakLine();
        }
        m_isFirst = false;
        if (key.empty()) return;
        quoted(key);
        m_out += ": ";
    }
    void breakLine()
    {
        m_out += '\n';
        m_out.append(m_level * 2, ' ');
    }
    void quoted(std::string_view text)
    {
        m_out += '"';
        for (const char c : validText(text)) {
            if (c == '"' || c == '\\') {
                m_out += '\\';
                m_out += c;
            } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                m_out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
            } else {
                m_out += c;
            }
        }
        m_out += '"';
    }

    std::string m_out;
    std::size_t m_level = 0;
    bool m_isFirst = true;
};

/// A line of a table, its cells quoted where RFC 4180 wants it.
void appendCsvLine(std::string& out, const std::vector<std::string>& cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        std::string cell = cells[i];
        if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) cell.insert(cell.begin(), '\'');
        if (cell.find_first_of(",\"\r\n") == std::string::npos) {
            out += cell;
            continue;
        }
        out += '"';
        for (const char c : cell) {
            out += c;
            if (c == '"') out += '"';
        }
        out += '"';
    }
    out += "\r\n";
}

std::string escapedHtml(std::string_view text)
{
    std::string out;
    for (const char c : validText(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default:
            // Control characters have no place in a page, not even as references.
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f) out += "\xEF\xBF\xBD";
            else out += c;
        }
    }
    return out;
}

std::string whereText(const model::Finding& finding)
{
    std::string where;
    if (finding.record) where = "record " + finding.record->toString();
    if (finding.page) where += (where.empty() ? "page " : ", page ") + std::to_string(*finding.page);
    return where;
}

constexpr const char* kHtmlHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8885; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.failed, .damage, .lost { color: light-dark(#b3261e, #ff897d); font-weight: 600; }
.passed { color: light-dark(#1b6e3c, #7bd88f); }
.skipped, small { opacity: .75; }
</style>
)";

} // namespace

std::string verifyReportJson(const VerifySubject& subject, const model::VerifyReport& report)
{
    ReportJson json;
    json.open({}, '{');
    json.text("database", subject.name);
    json.text("path", subject.place);
    json.text("checkedAt", timeText(subject.checkedAt));
    json.text("depth", depthName(subject.depth));
    json.flag("isSound", report.isSound());
    json.milliseconds("durationMs", report.duration);
    json.number("recordsRead", report.recordsRead);
    json.number("recordsSound", report.recordsSound);
    json.number("pagesRead", report.pagesRead);
    json.number("bytesRead", report.bytesRead);
    if (report.pages) {
        json.open("pages", '{');
        json.number("main", report.pages->main);
        json.number("overflow", report.pages->overflow);
        json.number("free", report.pages->free);
        json.number("zero", report.pages->zero);
        json.number("orphan", report.pages->orphan);
        json.number("foreign", report.pages->foreign);
        json.number("listedOnly", report.pages->listedOnly);
        json.close('}');
    }
    json.open("rules", '[');
    for (const model::CheckedRule& rule : report.rules) {
        json.open({}, '{');
        json.text("name", rule.name);
        json.text("suite", rule.suite);
        json.text("title", rule.title);
        json.text("checks", rule.checks);
        json.text("outcome", model::ruleOutcomeName(rule.outcome()));
        json.text("unit", rule.unit);
        json.number("lookedAt", rule.lookedAt);
        json.number("problems", rule.problems);
        json.number("remarks", rule.remarks);
        if (rule.duration) json.milliseconds("durationMs", *rule.duration);
        if (!rule.skippedBecause.empty()) json.text("skippedBecause", rule.skippedBecause);
        json.close('}');
    }
    json.close(']');
    json.open("findings", '[');
    for (const model::Finding& finding : report.findings) {
        json.open({}, '{');
        json.text("severity", model::findingSeverityName(finding.severity));
        json.text("kind", model::findingKindName(finding.kind));
        json.text("message", finding.message);
        if (!finding.advice.empty()) json.text("advice", finding.advice);
        if (finding.record) json.text("record", finding.record->toString());
        if (finding.page) json.number("page", *finding.page);
        if (!finding.rule.empty()) json.text("rule", finding.rule);
        json.close('}');
    }
    json.close(']');
    json.number("findingsLeftOut", report.findingsLeftOut);
    json.close('}');
    return json.take();
}

std::string verifyReportCsv(const VerifySubject& subject, const model::VerifyReport& report)
{
    std::string out;
    appendCsvLine(out, {"entry", "rule", "outcome", "kind", "record", "page", "message", "advice", "unit", "lookedAt", "problems", "remarks", "durationMs"});
    appendCsvLine(out, {"report", {}, report.isSound() ? "sound" : "not sound", depthName(subject.depth), {}, {}, subject.name + ", " + subject.place,
                        timeText(subject.checkedAt), "records", std::to_string(report.recordsRead),
                        std::to_string(report.recordsRead - report.recordsSound), {}, fmt::format("{:.3f}", milliseconds(report.duration))});
    for (const model::CheckedRule& rule : report.rules)
        appendCsvLine(out, {"rule", rule.name, model::ruleOutcomeName(rule.outcome()), rule.suite, {}, {}, rule.title, rule.skippedBecause, rule.unit,
                            std::to_string(rule.lookedAt), std::to_string(rule.problems), std::to_string(rule.remarks),
                            rule.duration ? fmt::format("{:.3f}", milliseconds(*rule.duration)) : std::string()});
    for (const model::Finding& finding : report.findings)
        appendCsvLine(out, {"finding", finding.rule, model::findingSeverityName(finding.severity), model::findingKindName(finding.kind),
                            finding.record ? finding.record->toString() : std::string(), finding.page ? std::to_string(*finding.page) : std::string(),
                            finding.message, finding.advice, {}, {}, {}, {}, {}});
    return out;
}

std::string verifyReportHtml(const VerifySubject& subject, const model::VerifyReport& report)
{
    const bool isSound = report.isSound();
    std::string out = kHtmlHead;
    out += fmt::format("<title>Check of {}</title></head><body>\n<h1>Check of {}</h1>\n", escapedHtml(subject.name), escapedHtml(subject.name));
    out += fmt::format("<p><span class=\"{}\">{}</span> – {} check at {}, {} of {} records are sound, {} pages read in {:.2f} s.<br><small>{}</small></p>\n",
                       isSound ? "passed" : "failed", isSound ? "Sound" : "Not sound", depthName(subject.depth), timeText(subject.checkedAt),
                       grouped(report.recordsSound), grouped(report.recordsRead), grouped(report.pagesRead), milliseconds(report.duration) / 1000,
                       escapedHtml(subject.place));
    out += "<h2>Rules</h2>\n<table><tr><th>Suite</th><th>Rule</th><th>Outcome</th><th class=\"number\">Looked at</th><th class=\"number\">Problems</th>"
           "<th class=\"number\">Remarks</th></tr>\n";
    for (const model::CheckedRule& rule : report.rules) {
        const char* outcome = model::ruleOutcomeName(rule.outcome());
        const std::string& detail = rule.skippedBecause.empty() ? rule.checks : rule.skippedBecause;
        out += fmt::format("<tr><td>{}</td><td>{}<br><small>{}</small></td><td class=\"{}\">{}</td><td class=\"number\">{} {}</td><td class=\"number\">{}</td>"
                           "<td class=\"number\">{}</td></tr>\n",
                           escapedHtml(rule.suite), escapedHtml(rule.title), escapedHtml(detail), outcome, outcome, grouped(rule.lookedAt), escapedHtml(rule.unit),
                           grouped(rule.problems), grouped(rule.remarks));
    }
    out += "</table>\n<h2>Findings</h2>\n";
    if (report.findings.empty()) out += "<p>None.</p>\n";
    if (!report.findings.empty()) {
        out += "<table><tr><th>Severity</th><th>What</th><th>Where</th><th>Advice</th></tr>\n";
        for (const model::Finding& finding : report.findings) {
            const char* severity = model::findingSeverityName(finding.severity);
            out += fmt::format("<tr><td class=\"{}\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", severity, severity, escapedHtml(finding.message),
                               whereText(finding), escapedHtml(finding.advice));
        }
        out += "</table>\n";
    }
    if (report.findingsLeftOut > 0) out += fmt::format("<p>{} more findings are counted above and not listed.</p>\n", grouped(report.findingsLeftOut));
    out += "</body></html>\n";
    return out;
}

} // namespace blazedb::codec
