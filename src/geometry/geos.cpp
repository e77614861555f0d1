#include "geometry/geos.hpp"

#include "geometry/deadline.hpp"

namespace terracat::geometry {

Geos::Geos() : context_(GEOS_init_r()) {
  if (context_ == nullptr) throw std::bad_alloc();
  auto const keep = [](char const* text, void* message) {
    *static_cast<std::string*>(message) = text;
  };
  GEOSContext_setErrorMessageHandler_r(context_, keep, &message_);
}

Geos::~Geos() {
  GEOS_finish_r(context_);
}

GeosGeometry Geos::owned(GEOSGeometry* geometry) const {
  if (geometry == nullptr) fail();
  return GeosGeometry(geometry, GeosDeleter{context_});
}

GeosPrepared Geos::prepared(GEOSGeometry const& geometry) const {
  auto const* made = GEOSPrepare_r(context_, &geometry);
  if (made == nullptr) fail();
  return GeosPrepared(made, GeosDeleter{context_});
}

GeosGeometry Geos::read_wkb(std::string_view wkb) const {
  std::unique_ptr<GEOSWKBReader, GeosDeleter> const reader(GEOSWKBReader_create_r(context_),
                                                           GeosDeleter{context_});
  if (!reader) fail();
  return owned(GEOSWKBReader_read_r(
      context_, reader.get(), reinterpret_cast<unsigned char const*>(wkb.data()), wkb.size()));
}

std::string Geos::write_wkb(GEOSGeometry const& geometry) const {
  struct WriterDeleter {
    GEOSContextHandle_t context;

    void operator()(GEOSWKBWriter* writer) const noexcept {
      GEOSWKBWriter_destroy_r(context, writer);
    }
  };

  std::unique_ptr<GEOSWKBWriter, WriterDeleter> const writer(GEOSWKBWriter_create_r(context_),
                                                             WriterDeleter{context_});
  if (!writer) fail();
  GEOSWKBWriter_setOutputDimension_r(context_, writer.get(), 2);
  GEOSWKBWriter_setByteOrder_r(context_, writer.get(), GEOS_WKB_NDR);
  std::size_t size = 0;
  auto* const bytes = GEOSWKBWriter_write_r(context_, writer.get(), &geometry, &size);
  if (bytes == nullptr) fail();
  std::string out(reinterpret_cast<char const*>(bytes), size);
  GEOSFree_r(context_, bytes);
  return out;
}

bool Geos::truth(char answer) const {
  constexpr char raised = 2;
  if (answer == raised) fail();
  return answer == 1;
}

void Geos::fail() const {
  if (is_late()) throw Late();
  if (message_ == std::bad_alloc().what()) throw std::bad_alloc(); // GEOS keeps the text alone
  throw GeosError("GEOS: " + message_);
}

} // namespace terracat::geometry
