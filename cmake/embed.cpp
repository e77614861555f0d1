// The tool behind cmake/Embed.cmake:
//   embed FOLDER FUNCTION coded|stored -- NAME PATH... [-- NAME PATH...]...
// writes FOLDER/FUNCTION.bytes and FOLDER/FUNCTION.cpp.

#include <brotli/encode.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

struct File {
  std::string name;
  std::string bytes;
};

std::string read(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string gzip(std::string const& text) {
  z_stream stream{};
  constexpr int window_with_gzip_header = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_with_gzip_header, 9,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib cannot begin");
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string input = text; // zlib does not promise to leave it alone
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  bool const is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (!is_done) throw std::runtime_error("zlib cannot end");
  return out;
}

std::string brotli(std::string const& text) {
  auto size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT,
                            text.size(), reinterpret_cast<std::uint8_t const*>(text.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE) {
    throw std::runtime_error("brotli cannot code");
  }
  out.resize(size);
  return out;
}

std::string zstd(std::string const& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  auto const size =
      ZSTD_compress(out.data(), out.size(), text.data(), text.size(), ZSTD_maxCLevel());
  if (ZSTD_isError(size) != 0) throw std::runtime_error("zstd cannot code");
  out.resize(size);
  return out;
}

std::string hash_of(std::string const& bytes) {
  auto hash = XXH3_64bits(bytes.data(), bytes.size());
  std::string out(16, '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4) {
    *digit = "0123456789abcdef"[hash & 15];
  }
  return out;
}

/// "style.css" is "style.HASH.css".
std::string address_of(File const& file) {
  auto const slash = file.name.rfind('/');
  auto const from = slash == std::string::npos ? 0 : slash;
  auto const point = std::min(file.name.find('.', from), file.name.size());
  return file.name.substr(0, point) + "." + hash_of(file.bytes) + file.name.substr(point);
}

std::string quoted(std::string const& text) {
  std::string out = "\"";
  for (auto const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// All that is embedded, and the table that says where each piece of it lies.
class Archive {
 public:
  explicit Archive(std::string symbol) : symbol_(std::move(symbol)) {}

  void add(File const& file, bool is_coded) {
    table_ +=
        "    {" + quoted(file.name) + ", " + quoted(address_of(file)) + ", " + place(file.bytes);
    for (auto const code : {gzip, brotli, zstd}) {
      auto const coded = is_coded ? code(file.bytes) : std::string();
      table_ += ", " + (coded.size() < file.bytes.size() ? place(coded) : "{}");
    }
    table_ += "},\n";
    ++count_;
  }

  void write(std::string const& folder, std::string const& function) {
    auto const path = folder + "/" + function + ".bytes";
    if (bytes_.empty()) bytes_ = '\0';
    std::ofstream(path, std::ios::binary) << bytes_;
    std::ofstream out(folder + "/" + function + ".cpp");
    out << "// Made by cmake/embed.cpp.\n#include <terracat/embedded.hpp>\n\n#include <array>\n"
        << "#include <span>\n\nasm(\".section .rodata\\n.balign 16\\n\"\n    \"" << symbol_
        << ":\\n\"\n    \".incbin "
        << "\\\"" << path << "\\\"\\n.previous\\n\");\n\nextern \"C\" "
        << "__attribute__((visibility(\"hidden\"))) char const " << symbol_ << "[" << bytes_.size()
        << "];\n\nnamespace terracat::embedded {\nnamespace {\n\n"
        << "constexpr std::array<EmbeddedFile, " << count_ << "> files{{\n"
        << table_ << "}};\n\n} // namespace\n\nstd::span<EmbeddedFile const> " << function
        << "() noexcept;\n\nstd::span<EmbeddedFile const> " << function
        << "() noexcept {\n  return files;\n}\n\n} // namespace terracat::embedded\n";
    out.close();
    if (!out) throw std::runtime_error("cannot write in " + folder);
  }

 private:
  std::string place(std::string const& piece) {
    auto const at = bytes_.size();
    bytes_ += piece;
    return "{" + symbol_ + " + " + std::to_string(at) + ", " + std::to_string(piece.size()) + "}";
  }

  std::string symbol_;
  std::string bytes_;
  std::string table_;
  std::size_t count_ = 0;
};

std::vector<File> read_files(std::vector<std::string> const& arguments) {
  std::vector<File> files;
  bool is_name = false;
  for (auto const& argument : arguments) {
    if (argument == "--") {
      is_name = true;
    } else if (std::exchange(is_name, false)) {
      files.push_back({argument, {}});
    } else {
      files.back().bytes += read(argument);
    }
  }
  std::ranges::sort(files, {}, &File::name);
  return files;
}

} // namespace

int main(int count, char** given) {
  try {
    std::vector<std::string> const arguments(given + 1, given + count);
    Archive archive("terracat_embedded_" + arguments.at(1));
    bool const is_coded = arguments.at(2) == "coded";
    for (auto const& file : read_files({arguments.begin() + 3, arguments.end()})) {
      archive.add(file, is_coded);
    }
    archive.write(arguments.at(0), arguments.at(1));
    return 0;
  } catch (std::exception const& error) {
    std::cerr << "embed: " << error.what() << '\n';
    return 1;
  }
}
