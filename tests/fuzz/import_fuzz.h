// Runs the first pass of an import over bytes, then reads everything that it found.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <map>
#include <string>

#include "journal/import_bytes.h"
#include "journal/import_items.h"
#include "journal/import_links.h"
#include "journal/import_shortcodes.h"

namespace daybook::journal {

template <typename Scan>
void ReadEverything(const std::uint8_t* data, std::size_t size, Scan scan) {
  const int file = memfd_create("fuzz", MFD_CLOEXEC);
  if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) __builtin_trap();
  {
    const auto bytes = ImportBytes::Open("/proc/self/fd/" + std::to_string(file));
    if (bytes == nullptr) __builtin_trap();
    try {
      const OldJournal journal = scan(*bytes, ScanOptions{});
      std::map<std::string, std::int64_t> dropped;
      const AddressOf address_of = [](std::string_view url, bool) -> std::optional<NewAddress> {
        if (url.size() % 2 == 0) return std::nullopt;
        return NewAddress{"/new", url.size() % 3 != 0};
      };
      for (const ItemPlace& place : journal.entries) {
        try {
          const OldEntry entry = journal.read_entry(place, ImportClock());
          (void)RewriteHtml(
              HtmlFromShortcodes(
                  entry.draft.body,
                  [](const GalleryRequest&) { return std::vector<GalleryPicture>(); }, dropped),
              address_of);
          (void)RewriteMarkdown(entry.draft.body, address_of);
        } catch (const ImportTrouble&) {
        }
      }
      for (const ItemPlace& place : journal.answers) {
        if (place.owner >= journal.entries.size()) __builtin_trap();
        try {
          (void)journal.read_answer(place, ImportClock());
        } catch (const ImportTrouble&) {
        }
      }
    } catch (const ImportTrouble& trouble) {
      if (trouble.reason.empty()) __builtin_trap();  // the owner must be told why
    }
  }
  close(file);
}

}  // namespace daybook::journal
