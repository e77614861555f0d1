#include "kinds/files/supply.hpp"

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

namespace terracat::kinds::files {
namespace {

namespace fs = std::filesystem;

bool lies_below(fs::path const& path, fs::path const& folder) {
  auto const [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  static_cast<void>(in_path);
  return in_folder == folder.end();
}

/// True if nothing on the way to it is passed by, as names are that begin with a dot.
bool is_met(fs::path const& path, fs::path const& folder) {
  auto const relative = path.lexically_relative(folder);
  return std::ranges::none_of(relative,
                              [](fs::path const& name) { return name.native().starts_with('.'); });
}

/// \throws std::bad_alloc  if that is what it was for want of: no fault of a file
std::string reason(std::error_code const& error) {
  if (error == std::errc::not_enough_memory) throw std::bad_alloc();
  return error.message();
}

class FilesBelow : public Supply {
 public:
  FilesBelow(std::vector<Root> roots, InnerLinks links) : roots_(std::move(roots)), links_(links) {}

  [[nodiscard]] std::optional<FoundFile> next() override {
    while (true) {
      if (folders_.empty()) {
        if (next_root_ == roots_.size()) return std::nullopt;
        if (auto file = begin_root(next_root_++)) return file;
        continue;
      }
      auto& folder = folders_.back();
      if (folder.names.empty()) {
        folders_.pop_back();
        continue;
      }
      auto const relative = folder.relative / folder.names.back();
      folder.names.pop_back();
      if (auto file = look_at(relative)) return file;
    }
  }

  [[nodiscard]] std::unique_ptr<Input> open(FoundFile const& file) override {
    return open_file(file.path);
  }

 private:
  struct Folder {
    fs::path relative;
    std::vector<fs::path> names; ///< the next one last
  };

  [[nodiscard]] Root const& root() const { return roots_[next_root_ - 1]; }

  [[nodiscard]] FoundFile found(fs::path const& relative, fs::path path, std::string fault) const {
    auto const shown = relative.empty() ? root().shown : root().shown / relative;
    return {.place = {.root = next_root_ - 1, .relative = relative},
            .shown = shown.generic_string(),
            .path = std::move(path),
            .name = root().path / relative,
            .is_given = relative.empty(),
            .fault = std::move(fault)};
  }

  std::optional<FoundFile> begin_root(std::size_t index) {
    std::error_code error;
    auto const path = fs::canonical(roots_[index].path, error);
    if (error) return found({}, roots_[index].path, reason(error));
    roots_[index].path = path;
    if (fs::is_directory(path, error)) return enter({});
    return found({}, path, {});
  }

  /// \return  the folder itself if it cannot be listed
  std::optional<FoundFile> enter(fs::path const& relative) {
    std::error_code error;
    auto entries = fs::directory_iterator(root().path / relative, error);
    Folder folder{.relative = relative, .names = {}};
    while (!error && entries != fs::directory_iterator()) {
      folder.names.push_back(entries->path().filename());
      entries.increment(error);
    }
    if (error) return found(relative, {}, reason(error));
    std::ranges::sort(folder.names, [](auto const& a, auto const& b) {
      return order_of_names(a, b) > 0; // the next one last
    });
    folders_.push_back(std::move(folder));
    return std::nullopt;
  }

  std::optional<FoundFile> look_at(fs::path const& relative) {
    if (relative.filename().native().starts_with('.')) return std::nullopt;
    std::error_code error;
    auto const path = root().path / relative;
    switch (fs::symlink_status(path, error).type()) {
    case fs::file_type::directory:
      return enter(relative);
    case fs::file_type::regular:
      return found(relative, path, {});
    case fs::file_type::symlink:
      return follow(relative, path);
    default:
      return std::nullopt;
    }
  }

  [[nodiscard]] std::optional<FoundFile> follow(fs::path const& relative,
                                                fs::path const& path) const {
    std::error_code error;
    auto target = fs::canonical(path, error);
    if (error) return found(relative, path, reason(error));
    if (fs::is_directory(target, error)) return std::nullopt;
    if (!lies_below(target, root().path)) {
      return found(relative, path, "a symbolic link that leads out of the folder");
    }
    bool const comes_by_itself = is_met(target, root().path);
    if (links_ == InnerLinks::passed_by && comes_by_itself) return std::nullopt;
    return found(relative, std::move(target), {});
  }

  std::vector<Root> roots_;
  InnerLinks links_;
  std::size_t next_root_ = 0;
  std::vector<Folder> folders_; ///< from the root down to the one that is being read
};

class OnlyStream : public Supply {
 public:
  explicit OnlyStream(std::istream& stream) : stream_(stream) {}

  [[nodiscard]] std::optional<FoundFile> next() override {
    if (std::exchange(is_given_out_, true)) return std::nullopt;
    return FoundFile{
        .place = {}, .shown = "-", .path = {}, .name = {}, .is_given = true, .fault = {}};
  }

  [[nodiscard]] std::unique_ptr<Input> open(FoundFile const&) override {
    return open_stream(stream_);
  }

 private:
  std::istream& stream_;
  bool is_given_out_ = false;
};

} // namespace

std::strong_ordering order_of_names(fs::path const& a, fs::path const& b) {
  bool const a_leads = a == "collection.json";
  bool const b_leads = b == "collection.json";
  if (a_leads != b_leads) return b_leads <=> a_leads;
  return a.compare(b) <=> 0;
}

std::unique_ptr<Supply> files_below(std::vector<Root> roots, InnerLinks links) {
  return std::make_unique<FilesBelow>(std::move(roots), links);
}

fs::path beside(FoundFile const& file, fs::path const& name) {
  std::error_code error;
  if (fs::symlink_status(name, error).type() != fs::file_type::symlink) return name;
  auto root = file.name;
  for (auto const& part : file.place.relative) {
    static_cast<void>(part);
    root = root.parent_path();
  }
  auto target = fs::canonical(name, error);
  bool const is_within = !error && !file.is_given && lies_below(target, root);
  return is_within ? target : fs::path();
}

std::unique_ptr<Supply> only_stream(std::istream& stream) {
  return std::make_unique<OnlyStream>(stream);
}

} // namespace terracat::kinds::files
