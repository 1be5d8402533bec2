// Runs a fuzzer over the files of a folder, each whole, cut at every place of a coarse grid, and with bytes changed.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void tryInput(const std::string& bytes)
{
    // A copy of the exact size, so that a sanitizer sees a read past its end.
    const std::basic_string<std::uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

} // namespace

int main(int argc, char** argv)
{
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            tryInput(bytes);
            const std::size_t step = bytes.size() / 64 + 1;
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                tryInput(bytes.substr(0, at));
                for (const int change : {0x01, 0x80, 0xff}) {
                    std::string changed = bytes;
                    changed[at] = static_cast<char>(changed[at] ^ change);
                    tryInput(changed);
                }
            }
            ++files;
        }
    }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
