// A database as its users see it. The window, the command line and the conformance tests know only this.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/finding.h"
#include "engine/model/principal.h"

namespace blazedb::api {

class Access;
class Changes;
class Monitor;
class Records;
class Structure;
class Sync;
class Telemetry;
class Upkeep;

/// A file that belongs to the source, for display.
struct SourcePart {
    std::string role; ///< "pages", "catalogue", "log", "salt".
    std::string path;
    std::uint64_t sizeBytes = 0;
};

struct SourceDescription {
    std::string name;     ///< "orders"
    std::string place;    ///< A path, or user@host.
    std::string identity; ///< Stable across moves where the source has one; keys layouts and saved filters.
    std::string format;   ///< "BlazeDB 2.8 family"
    std::string encryption; ///< "AES-256-GCM, PBKDF2-HMAC-SHA256 with 600,000 rounds"
    bool isReadOnly = true;
    std::string readOnlyReason; ///< Why changing is not possible; empty when it is.
    bool isRescue = false;      ///< Shows what a page scan found; not to be taken for the whole database.
    std::vector<SourcePart> parts;
    model::Principal principal;
};

/// Any thread; every facet call may block until its CallContext says stop.
class DataSource {
public:
    virtual ~DataSource() = default;
    virtual SourceDescription describe() const = 0; ///< Never blocks.
    /// What opening met: remarks, and in a rescue view everything that is lost and why. Never blocks.
    virtual std::vector<model::Finding> openingFindings() const = 0;
    virtual Records& records() = 0;
    virtual Structure* structure() { return nullptr; }
    virtual Changes* changes() { return nullptr; }
    virtual Access* access() { return nullptr; }
    virtual Upkeep* upkeep() { return nullptr; }
    virtual Monitor* monitor() { return nullptr; }
    virtual Sync* sync() { return nullptr; }
    virtual Telemetry* telemetry() { return nullptr; }
};

} // namespace blazedb::api
