// Random changes to an open family between reads: ordinary ones by a writer in the Swift order, and bytes flipped, files cut,
// removed, put aside and back. Whatever happens, a look answers a state, its rows can be walked, and untouched files show what
// the writer committed.
#include <array>
#include <cstdint>
#include <cstdlib>

#include "engine/format28/live_view.h"
#include "tests/support/fake_clock.h"
#include "tests/support/family_state.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/swift_family_writer.h"

namespace {

using namespace blazedb;
using namespace std::chrono_literals;

void insist(bool holds)
{
    if (!holds) std::abort();
}

model::Uuid idOf(std::uint8_t number)
{
    model::Uuid id;
    id.bytes[0] = number;
    return id;
}

/// The family, who writes it and who looks. Thread-safety: none; one owner.
class Scene {
public:
    Scene(const std::uint8_t* data, std::size_t size)
        : m_data(data)
        , m_left(size)
    {
        m_clock.advance(3'600s);
        for (std::uint8_t i = 0; i < 4; ++i) m_writer.insert(idOf(i), fieldsOf(60));
        insist(m_view.open().has_value());
        m_view.follow();
    }

    void run()
    {
        for (int turn = 0; m_left > 0 && turn < 64; ++turn) {
            const std::uint8_t what = next() % 18;
            if (what < 10) write(what);
            else if (what < 15) tamper(what);
            else look(what);
        }
        look(15);
    }

private:
    std::uint8_t next()
    {
        if (m_left == 0) return 0;
        --m_left;
        return *m_data++;
    }

    static std::vector<model::Field> fieldsOf(std::size_t textBytes) { return {{"text", model::Value(std::string(textBytes, 't'))}}; }

    void write(std::uint8_t what)
    {
        const model::Uuid id = idOf(next() % 16);
        const bool isThere = m_writer.working().contains(id);
        const bool isInTransaction = m_writer.isInTransaction();
        // Long records cannot be rolled back, as in the Swift library.
        const bool isLong = next() % 4 == 0 && !isInTransaction;
        m_hasLong = m_hasLong || (isLong && what < 2);
        switch (what) {
        case 0:
            if (!isThere) m_writer.insert(id, fieldsOf(isLong ? 9'000 : 60));
            break;
        case 1:
            if (isThere) m_writer.update(id, fieldsOf(isLong ? 9'000 : 61));
            break;
        case 2:
            if (isThere) m_writer.remove(id);
            break;
        case 3:
            if (isThere) m_writer.softDelete(id);
            break;
        case 4:
            if (!isInTransaction && !m_isTampered && !m_hasLong) m_writer.begin();
            break;
        case 5:
            if (isInTransaction) m_writer.commit();
            break;
        case 6:
            if (isInTransaction) m_writer.rollback();
            break;
        case 7:
            if (!isInTransaction && !m_isTampered) m_writer.vacuum();
            break;
        case 8: m_writer.persist(); break;
        default:
            if (!isInTransaction) m_writer.close();
            break;
        }
    }

    void tamper(std::uint8_t what)
    {
        m_isTampered = true;
        const std::array<std::string, 3> names{m_writer.paths().pages, m_writer.paths().catalogue(), m_writer.paths().log()};
        const std::string& name = names[next() % names.size()];
        Bytes bytes = m_files.content(name);
        const std::size_t place = bytes.empty() ? 0 : next() * std::size_t{257} % bytes.size();
        switch (what) {
        case 10:
            if (!bytes.empty()) bytes[place] ^= std::byte{0x5A};
            m_files.setContent(name, bytes);
            break;
        case 11:
            bytes.resize(place);
            m_files.setContent(name, bytes);
            break;
        case 12: static_cast<void>(m_files.remove(name)); break;
        case 13:
            if (!m_files.rename(name, name + ".aside")) static_cast<void>(m_files.rename(name + ".aside", name));
            break;
        default:
            bytes.resize(bytes.size() + place % 9'000 + 1, std::byte{0x41});
            m_files.setContent(name, bytes);
            break;
        }
    }

    void look(std::uint8_t what)
    {
        if (what == 17) m_clock.advance(1s);
        const auto depth = what == 16 ? format28::LiveView::Depth::Glance : format28::LiveView::Depth::Thorough;
        const auto state = m_view.look(depth);
        insist(state.snapshot != nullptr && state.snapshot->sequence() >= m_sequence);
        m_sequence = state.snapshot->sequence();
        static_cast<void>(m_view.changes().since(0, 0, 100));
        static_cast<void>(m_view.condition());
        const auto shown = tests::shownState(*state.snapshot);
        // Nothing moves while it is read, so there is no conflict to meet.
        insist(shown.has_value());
        if (!m_isTampered) insist(tests::stateDifference(shown->records, tests::encodedState(m_writer.committed())).empty());
    }

    const std::uint8_t* m_data;
    std::size_t m_left;
    tests::MemoryFileSystem m_files;
    tests::FakeClock m_clock;
    metrics::CounterSet m_counters;
    tests::SwiftFamilyWriter m_writer{m_files, "/data/fuzz.blazedb", false, 1};
    format28::LiveView m_view{{m_files, m_clock, m_counters, m_writer.paths(), m_writer.key(), true}};
    bool m_isTampered = false;
    bool m_hasLong = false;
    std::uint64_t m_sequence = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Scene(data, size).run();
    return 0;
}
