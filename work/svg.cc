// SVG for pages, which ask for it: what was uploaded is looked at, and a code is drawn. Reading XML
// and drawing are no page's business.
#include <unistd.h>

#include <array>
#include <string>

#include "journal/import_svg.h"
#include "work/command.h"
#include "work/qr.h"

namespace daybook::work {
namespace {

constexpr int kBorder = 4;

std::string Input() {
  std::string all;
  std::array<char, 65536> piece;
  for (ssize_t n = 0; (n = read(STDIN_FILENO, piece.data(), piece.size())) > 0;)
    all.append(piece.data(), static_cast<std::size_t>(n));
  return all;
}

}  // namespace

int RunLookAtSvg(const text::Arguments&) {
  const journal::SvgFacts facts = journal::LookAtSvg(Input());
  text::Print(std::string(facts.passive ? "1 " : "0 ") + std::to_string(facts.width) + " " +
              std::to_string(facts.height));
  return text::kDone;
}

int RunQr(const text::Arguments&) {
  const auto code = MakeQrCode(Input());
  if (!code) return text::kFailed;
  text::Print(std::to_string(code->side + 2 * kBorder) + " " + SvgPathOf(*code, kBorder));
  return text::kDone;
}

}  // namespace daybook::work
