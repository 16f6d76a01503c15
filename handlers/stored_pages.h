// Public pages as files for the web server: which of them may be one, how they are stored after a
// reply, and how a CGI run answers with one without opening anything else. What a file is and when
// it may be read is in sql/page_store.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/request.h"
#include "fcgi/response.h"
#include "journal/model.h"
#include "sql/db.h"

namespace daybook::handlers {

// The mark of a generation: of the program, of what else its pages are made of, and of the prefix
// in their links. `build` is App's.
std::string StoreMark(std::string_view build, std::string_view prefix);

// The prefix of the pages that may be stored: the path of the journal's address ("https://x/blog/"
// gives "/blog"). Nothing without an address: then links hold the host that was asked for.
std::optional<std::string> StoredPrefix(std::string_view url);

// Whether a web server that knows no more than the file's name would send the same: an HTML page
// for everyone, under an address without a query, which loads nothing from elsewhere (the header
// that permits it is not in a file).
bool IsStorable(const fcgi::Request& request, const fcgi::Response& response);

// True if storing is worth a try now; a few looks at file names.
bool StoreIsReady(const sql::PageStore& pages, journal::Seconds now);

// A page that may be stored, but for its bytes.
struct StorablePage {
  std::int64_t rev = 0;  // of which it was made
  std::string mark;      // StoreMark
  std::string path;
};

// Stores it where its generation is open. False if it is not, and StoreAnew might help.
bool StorePage(sql::PageStore& pages, const StorablePage& page, std::string_view bytes);

// Opens its generation first, or shuts away what was another program's, where that may be.
void StoreAnew(sql::Db& db, const StorablePage& page, std::string_view bytes, journal::Seconds now);

// The answer to a request for a stored page, as the page itself was answered, or 304. Nothing if it
// is not there, or is another program's.
std::optional<fcgi::Response> FromStore(const std::filesystem::path& public_folder,
                                        const fcgi::Request& request);

}  // namespace daybook::handlers
