// What the build deflated, inflated when it is asked for.
#include <array>
#include <string>

#include "templates/embedded.h"
#include "text/inflate.h"

namespace daybook::templates {

std::string_view EmbeddedFile::bytes() const {
  if (plain.data() != nullptr) return plain;
  static std::array<std::string, 2> packs;
  std::string& all = packs.at(pack);
  if (all.empty()) all = text::Inflate(EmbeddedPacks()[pack].bytes, EmbeddedPacks()[pack].size);
  return std::string_view(all).substr(at, size);
}

}  // namespace daybook::templates
