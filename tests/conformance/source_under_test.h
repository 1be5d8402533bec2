// One kind of source that the suites of this folder run on. Another kind (a server, a synchronised source) joins by adding
// itself to sourceKinds(); the suites know only this.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QTest>

#include "engine/api/data_source.h"
#include "engine/base/clock.h"
#include "engine/model/record.h"
#include "engine/model/schema.h"
#include "tests/support/memory_database.h"

namespace blazedb::tests {

/// What the source is to hold.
struct SourceContent {
    std::vector<model::Record> records;
    std::vector<std::vector<std::string>> indexes = {}; ///< The fields of each index.
    std::vector<model::Uuid> damaged = {};              ///< Of `records`: they are there but cannot be read.
};

/// An open source and the hand that changes it behind its back. Thread-safety: as the source.
class SourceUnderTest {
public:
    virtual ~SourceUnderTest() = default;
    virtual api::DataSource& source() = 0;
    /// Another state with these records, as if the database's owner had saved it. False when that failed.
    virtual bool change(std::vector<model::Record> records) = 0;
};

/// Null when the source could not be made. The clock outlives it.
using MakeSource = std::unique_ptr<SourceUnderTest> (*)(const SourceContent& content, Clock& clock);

std::unique_ptr<SourceUnderTest> makeFamilySource(const SourceContent& content, Clock& clock);
std::unique_ptr<SourceUnderTest> makeMemorySource(const SourceContent& content, Clock& clock);
std::unique_ptr<SourceUnderTest> makeNativeSource(const SourceContent& content, Clock& clock);
/// With an index on most fields of random records, so that their queries are answered by indexes.
std::unique_ptr<SourceUnderTest> makeIndexedNativeSource(const SourceContent& content, Clock& clock);

/// What a store of these records would say of itself.
MemoryFacts factsOf(const SourceContent& content);

/// For the _data slot of a test that runs on every kind: QFETCH(MakeSource, make).
inline void addSourceKinds()
{
    QTest::addColumn<MakeSource>("make");
    QTest::newRow("a family of files") << &makeFamilySource;
    QTest::newRow("rows in memory") << &makeMemorySource;
    QTest::newRow("a native file") << &makeNativeSource;
    QTest::newRow("a native file with indexes") << &makeIndexedNativeSource;
}

} // namespace blazedb::tests

Q_DECLARE_METATYPE(blazedb::tests::MakeSource)
