#pragma once

#include "api/families.hpp"
#include "api/storage.hpp"
#include "catalogue/concept_rules.hpp"
#include "catalogue/scope.hpp"
#include "gazetteer/gazetteer.hpp"
#include "log/logger.hpp"
#include "pages/guide.hpp"
#include "pages/look.hpp"

#include <terracat/instant.hpp>
#include <terracat/store_reader.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace terracat::vocabulary {
class Thesaurus;
} // namespace terracat::vocabulary

namespace terracat::json {
class SchemaSet;
} // namespace terracat::json

namespace terracat::catalogue {
class ConceptIndex;
} // namespace terracat::catalogue

namespace terracat::api {

/// One API root: an address and what it shows.
struct Root {
  std::string prefix; ///< "/stac", "/poles/aeris/features"
  Family family = Family::stac;
  std::string id; ///< of the catalogue that it is
  std::string title;
  std::string subject; ///< the title without what tells the family
  std::string description;
  catalogue::Scope scope = catalogue::Scope::everything();
  bool takes_transactions = false; ///< what it shows can be written there, too
  std::string home = {};           ///< the own site of whose it is; may be empty
};

/// An owner of sources that has roots of its own.
struct Pole {
  std::string name; ///< as in addresses
  std::string title;
  std::string description; ///< empty: the title
  std::vector<std::string> sources;
  std::string home = {}; ///< its own site; may be empty
};

/// The roots of a site, one of each family for everything and for each pole.
[[nodiscard]] std::vector<Root> roots_of(std::string const& title, std::string const& description,
                                         std::vector<Pole> const& poles);

/// Who may write by HTTP, and what.
struct Transactions {
  std::string api_key;              ///< not empty; never told, never logged
  std::vector<std::string> sources; ///< whose records can be written; new ones are of the first
  std::size_t max_body_bytes = 0;
  /// Of STAC extensions, by which what is written is judged. Null for none. Shared, for each
  /// request has the site that it began with.
  std::shared_ptr<json::SchemaSet const> schemas = nullptr;
};

/// Files of one source that the site serves.
struct AssetFolder {
  std::string source;
  std::string path;
};

/// One check of readiness that failed.
struct Unready {
  std::string check;
  std::string reason;
};

/// Copies of the catalogue that the site keeps.
struct Backups {
  std::optional<model::Instant> newest;
};

/// What keeps runs of a source from beginning by themselves.
struct Standstill {
  std::string source;
  std::optional<model::Instant> paused_since = {}; ///< by an operator
  std::string reason = {};                         ///< of his, for operators alone; may be empty
  std::optional<model::Instant> rests_until = {};  ///< its host, whose runs have failed
  std::uint32_t failures = 0;                      ///< in a row
};

/// What operators say to the harvests of the site. It holds at once, or it is said why not: of no
/// such source, of one that is not paused, of a run that nobody is in the middle of. Any thread.
class HarvestOrders {
 public:
  HarvestOrders() = default;
  HarvestOrders(HarvestOrders const&) = delete;
  HarvestOrders& operator=(HarvestOrders const&) = delete;
  HarvestOrders(HarvestOrders&&) = delete;
  HarvestOrders& operator=(HarvestOrders&&) = delete;
  virtual ~HarvestOrders() = default;

  /// Leaves the source alone; a run in progress stops at its next page.
  /// \return  false if it was paused already, and has the new reason
  [[nodiscard]] virtual Result<bool> pause(std::string const& source,
                                           std::string const& reason) = 0;

  /// \return  true if an interrupted run of the source goes on
  [[nodiscard]] virtual Result<bool> resume(std::string const& source) = 0;

  /// Stops the run at its next page. \return  its source
  [[nodiscard]] virtual Result<std::string> abort(RunNumber run) = 0;
};

/// What an API needs to know of the site that it speaks for. Fixed while it serves.
struct Site {
  std::string version; ///< of the program: another one may answer in other words
  std::string title;
  std::string description;
  std::string public_url;  ///< without a slash at the end; may have a path
  std::vector<Root> roots; ///< see roots_of()
  std::vector<AssetFolder> asset_folders;
  std::vector<std::string> sources; ///< names of those in the configuration
  /// Those of them that are harvested from public addresses: where their documents are may be told.
  std::vector<std::string> public_sources = {};
  std::string publisher; ///< who answers for the site; may be empty
  std::string contact;   ///< http or mailto; may be empty
  /// Of texts in answers (BCP 47), the preferred one first; not empty.
  std::vector<std::string> languages{"en"};
  /// From where pages may show pictures of items, beside the site's own: "https://files.example".
  std::vector<std::string> picture_origins = {};
  /// What pages look like beside what is shipped. Shared with the generations of settings; null for
  /// nothing.
  std::shared_ptr<pages::Look const> look = nullptr;
  std::string map_tiles = {};   ///< which maps show over the coasts: an address with {z}, {x}, {y}
  std::string tile_origin = {}; ///< where they are: "https://tiles.example"
  std::string map_credit = {};
  /// Tutorials and tools. Shared with the generations of settings; never null.
  std::shared_ptr<std::vector<pages::Guide> const> guides =
      std::make_shared<std::vector<pages::Guide> const>(pages::shipped_guides());

  /// All vocabularies. Null for none, until an application has the site: there it never is. Shared,
  /// for a reload that does not change them makes no others.
  std::shared_ptr<vocabulary::Thesaurus const> thesaurus;

  /// Nothing: nobody may. To be set by take_transactions().
  std::optional<Transactions> transactions = {};

  /// By which operators are told of runs and reports; empty: nobody is. Never told, never logged.
  std::string operators_key = {};

  /// The concepts that records are about, by these vocabularies. Null until an application has the
  /// site. Shared, for a reload that changes no vocabulary goes on with it.
  std::shared_ptr<catalogue::ConceptIndex> concepts = nullptr;

  /// By which `concepts` are concluded where no words say them, if it is null; may be null itself.
  std::shared_ptr<catalogue::ConceptRules const> concept_rules = nullptr;

  /// By which other ways files can be had.
  Storage storage = {};

  // Keys of the configuration, where their defaults are.
  std::size_t default_limit;
  std::size_t max_limit;
  std::size_t max_body_bytes;
  std::chrono::milliseconds answer_timeout;
  std::size_t scan_items;             ///< more than this to look into is a scan
  bool lenient_datetime;              ///< for all clients, not only QGIS
  std::vector<std::string> sortables; ///< as in the catalogue's rules

  /// Names of places that questions are understood by; shared with the generations of settings.
  std::shared_ptr<gazetteer::Gazetteer const> places =
      std::make_shared<gazetteer::Gazetteer const>();

  /// What keeps the site from being ready; empty: nothing.
  std::function<std::vector<Unready>()> readiness;

  /// \return  nothing if the site keeps none. May be null, which says the same
  std::function<std::optional<Backups>()> backups;

  /// Sources that are left alone, as of the reader's state. May be null, which says there are none.
  std::function<std::vector<Standstill>(store::Reader&)> standstills = {};

  /// Null: nothing can be said to harvests, for this server only reads. Shared with the generations
  /// of settings.
  std::shared_ptr<HarvestOrders> orders = nullptr;

  /// Told of each fault of the store that a request met. May be null.
  std::function<void(store::StoreError const&)> on_store_fault;

  /// The text of `/metrics`.
  std::function<std::string()> metrics;
};

/// Lets the root of all of STAC be written to. \pre the site has its roots
void take_transactions(Site& site, Transactions transactions);

/// The root of records of the pole that owns a source. \return  null: none does
[[nodiscard]] Root const* pole_of(Site const& site, std::string const& source) noexcept;

/// The name of that pole; empty if none does.
[[nodiscard]] std::string_view pole_name(Site const& site, std::string const& source) noexcept;

/// The root of that family that shows everything. \pre the site has roots, as roots_of() makes them
[[nodiscard]] Root const& whole_root(Site const& site, Family family);

} // namespace terracat::api
