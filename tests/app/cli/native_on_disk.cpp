#include "tests/app/cli/native_on_disk.h"

#include "engine/local/native_documents.h"
#include "engine/local/native_file.h"
#include "tests/support/native_database.h"

namespace blazedb::tests {

bool makeNative(const QByteArray& path)
{
    local::NewNative request;
    request.path = path.toStdString();
    request.secret.password = SecureBytes::fromText(kNativePassword);
    request.cost = cheapCost();
    return local::createNative({}, localFileSystem(), std::move(request)).has_value();
}

namespace {

Result<void> readInto(NativeContents& contents, const QByteArray& path, std::string_view collection, std::string_view password)
{
    BLAZE_TRY_VALUE(auto locked, local::lockNative(localFileSystem(), path.toStdString()));
    BLAZE_TRY_VALUE(auto store, local::openLocked(std::move(locked), testPassword(password), {}));
    contents.damage = QString::fromStdString(findingsOf(*store));
    BLAZE_TRY_VALUE(const auto documents, local::NativeDocuments::open(std::move(store)));
    BLAZE_TRY_VALUE(const auto view, documents->documents().view());
    const documents::CollectionView* found = view->collection(collection);
    if (found == nullptr) return {};
    auto cursor = found->cursor();
    BLAZE_TRY_VALUE(bool isOnRecord, cursor.first());
    while (isOnRecord) {
        BLAZE_TRY_VALUE(model::Record record, found->record(cursor.id()));
        contents.ids.insert(record.id);
        contents.records.push_back(std::move(record));
        BLAZE_TRY_VALUE(isOnRecord, cursor.next());
    }
    return {};
}

} // namespace

NativeContents contentsOf(const QByteArray& path, std::string_view collection, std::string_view password)
{
    NativeContents contents;
    if (const auto read = readInto(contents, path, collection, password); !read) contents.problem = QString::fromStdString(read.error().message);
    return contents;
}

model::Uuid numberedId(std::uint32_t number)
{
    model::Uuid id;
    // Spread over the key space, and the number is found back: an odd factor is a permutation.
    const std::uint32_t spread = number * 2'654'435'761U;
    for (std::size_t i = 0; i < 4; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(spread >> (24 - 8 * i));
        id.bytes[12 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    }
    return id;
}

QByteArray numberedLines(std::uint32_t from, std::uint32_t to, int textBytes)
{
    QByteArray lines;
    for (std::uint32_t number = from; number < to; ++number)
        lines += R"({"id":{"$uuid":")" + QByteArray::fromStdString(numberedId(number).toString()) + R"("},"number":)" + QByteArray::number(number) + R"(,"text":")" +
                 QByteArray(textBytes, static_cast<char>('a' + number % 26)) + "\"}\n";
    return lines;
}

std::vector<model::Uuid> reportedIds(const QByteArray& out)
{
    std::vector<model::Uuid> ids;
    const qsizetype end = out.lastIndexOf('\n');
    if (end < 0) return ids;
    for (const QByteArray& line : out.left(end).split('\n'))
        if (const auto id = model::Uuid::parse(line.toStdString())) ids.push_back(*id);
    return ids;
}

} // namespace blazedb::tests
