// The eleven kinds of value a field can hold (semantics 1.1). A missing field is not a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/model/uuid.h"

namespace blazedb::model {

/// In the order of the alternatives of Value::Storage.
enum class ValueKind { Null, Bool, Integer, Double, Date, Text, Uuid, Data, Array, Vector, Dictionary };
inline constexpr std::size_t kValueKindCount = 11;

/// "null", "bool", "integer", "double", "date", "text", "UUID", "bytes", "array", "vector", "dictionary".
std::string_view valueKindName(ValueKind kind);

struct Null {
    friend bool operator==(Null, Null) = default;
};

/// An instant: seconds since 2001-01-01T00:00:00Z, any double. Never a Unix time.
struct Date {
    static constexpr double kUnixSecondsAtReference = 978'307'200.0;
    double seconds = 0;
    friend bool operator==(const Date&, const Date&) = default;
};

struct Value;
struct DictionaryEntry;

using Array = std::vector<Value>;
/// Keys are unique up to canonical equivalence; the order is that of the stored form and carries no meaning.
using Dictionary = std::vector<DictionaryEntry>;
/// Elements as doubles. The 2.8 form stores the high 32 bits of each, so what was read has 32 zero bits below.
struct Vector {
    std::vector<double> elements;
    friend bool operator==(const Vector&, const Vector&) = default;
};

struct Value {
    using Storage = std::variant<Null, bool, std::int64_t, double, Date, std::string, Uuid, Bytes, Array, Vector, Dictionary>;
    Storage storage;

    Value() = default;
    Value(Null);
    explicit Value(bool value);
    explicit Value(std::int64_t value);
    explicit Value(double value);
    explicit Value(Date value);
    explicit Value(std::string value);
    explicit Value(Uuid value);
    explicit Value(Bytes value);
    explicit Value(Array value);
    explicit Value(Vector value);
    explicit Value(Dictionary value);
    Value(const char*) = delete; ///< Would become a bool; write std::string.

    [[nodiscard]] ValueKind kind() const { return static_cast<ValueKind>(storage.index()); }
    template <typename T>
    [[nodiscard]] const T* as() const
    {
        return std::get_if<T>(&storage);
    }
    [[nodiscard]] bool isNull() const { return storage.index() == 0; }

    /// Same kind and same bits, recursively: NaN is identical to the same NaN, minus zero differs from zero,
    /// texts differ in normalisation. For tests and for "was it changed"; queries use compare.h.
    [[nodiscard]] bool isIdenticalTo(const Value& other) const;
};

struct DictionaryEntry {
    std::string key;
    Value value;
};

// Here, where a dictionary's entries are complete.
inline Value::Value(Null) {}
inline Value::Value(bool value) : storage(value) {}
inline Value::Value(std::int64_t value) : storage(value) {}
inline Value::Value(double value) : storage(value) {}
inline Value::Value(Date value) : storage(value) {}
inline Value::Value(std::string value) : storage(std::move(value)) {}
inline Value::Value(Uuid value) : storage(value) {}
inline Value::Value(Bytes value) : storage(std::move(value)) {}
inline Value::Value(Vector value) : storage(std::move(value)) {}
inline Value::Value(Array value) : storage(std::move(value)) {}
inline Value::Value(Dictionary value) : storage(std::move(value)) {}

/// The value of a key, or null. Keys match by canonical equivalence.
const Value* find(const Dictionary& dictionary, std::string_view key);

/// "As" readings of DM-4: an integer or a finite double in range, truncated; otherwise nullopt.
std::optional<std::int64_t> coerceToInteger(const Value& value);
/// A bool, or an integer that is not zero. Soft deletion reads `isDeleted` with this.
std::optional<bool> coerceToBool(const Value& value);

} // namespace blazedb::model
