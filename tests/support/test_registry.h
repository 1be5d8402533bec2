// One test program per folder: each test class registers itself, and the one main runs them all.
#pragma once

#include <functional>
#include <vector>

#include <QObject>
#include <QTest>

namespace blazedb::tests {

using TestFactory = std::function<QObject*()>;

inline std::vector<TestFactory>& testFactories()
{
    static std::vector<TestFactory> factories;
    return factories;
}

struct TestRegistration {
    explicit TestRegistration(TestFactory factory) { testFactories().push_back(std::move(factory)); }
};

/// Runs every registered class; the exit code is the number of failures. With an argument of the form Class or
/// Class::slot only that one runs.
int runRegisteredTests(int argc, char** argv);

} // namespace blazedb::tests

#define BLAZEDB_REGISTER_TEST(Class) \
    static const ::blazedb::tests::TestRegistration kRegister##Class([] { return new Class; })
