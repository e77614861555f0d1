#include "store/sqlite/instance_lock.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <terracat/store.hpp>

#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

using namespace terracat::store;

namespace {

std::string content(std::string const& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

} // namespace

TEST_CASE("the lock stands on a file of its own and says who holds it, where, since when") {
  terracat::test::TemporaryFolder const folder;
  auto const path = (folder.path() / "c.sqlite").string();
  InstanceLock const lock(path);
  CHECK_FALSE(std::filesystem::exists(path));
  std::array<char, 256> host{};
  REQUIRE(::gethostname(host.data(), host.size() - 1) == 0);
  auto const holder = content(path + ".lock");
  CHECK(
      holder.starts_with("pid " + std::to_string(::getpid()) + " on " + host.data() + " since 2"));
  CHECK(holder.ends_with("Z"));
}

TEST_CASE("a second instance is refused, naming the first, until that has gone") {
  terracat::test::TemporaryFolder const folder;
  auto const path = (folder.path() / "c.sqlite").string();
  {
    InstanceLock const first(path);
    auto const holder = content(path + ".lock");
    try {
      InstanceLock const second(path);
      FAIL("not refused");
    } catch (StoreError const& error) {
      CHECK(error.reason() == StoreError::Reason::locked);
      CHECK(error.what() == path + " is in use by another terracat (" + holder + ")");
    }
    CHECK(content(path + ".lock") == holder);
  }
  CHECK_NOTHROW(InstanceLock(path));
}

TEST_CASE("what a longer name of a holder left behind does not show") {
  terracat::test::TemporaryFolder const folder;
  auto const path = (folder.path() / "c.sqlite").string();
  std::ofstream(path + ".lock") << std::string(500, 'x');
  InstanceLock const lock(path);
  CHECK(content(path + ".lock").find('x') == std::string::npos);
}

TEST_CASE("a folder that is not there is no place for a lock") {
  terracat::test::TemporaryFolder const folder;
  CHECK_THROWS_AS(InstanceLock((folder.path() / "none" / "c.sqlite").string()), StoreError);
}

TEST_CASE("network file systems are known by the number that the system gives them") {
  for (long const type : {0x6969L, 0x517BL, 0xFF534D42L, 0xFE534D42L, 0x01021997L, 0x00C36400L,
                          0x65735546L}) { // NFS, SMB, CIFS, SMB2, 9p, Ceph, FUSE
    INFO(type);
    CHECK(is_network_file_system(type));
  }
  for (long const type : {0xEF53L, 0x58465342L, 0x01021994L, 0x9123683EL, 0x794C7630L}) {
    INFO(type); // ext4, XFS, tmpfs, Btrfs, overlay
    CHECK_FALSE(is_network_file_system(type));
  }
}

TEST_CASE("the file system of the temporary folder is let through") {
  terracat::test::TemporaryFolder const folder;
  CHECK_NOTHROW(refuse_network_file_system((folder.path() / "c.sqlite").string()));
}
