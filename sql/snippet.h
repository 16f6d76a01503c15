// snippet_of(text, match, words): so many words of a text around what a match expression finds,
// with \x01 before and \x02 after what was found. It is FTS5's snippet() without the search in the
// index, which costs ten times what it takes to look through a text, once for each hit shown. Words
// are cut and folded by FTS5's own tokenizer. The expression is one of journal/search.cc: quoted
// words, with or without a star, and AND between them.
#pragma once

struct sqlite3;
struct fts5_api;

namespace daybook::sql {

// Makes the function known to queries of this connection. Gives SQLite's error code.
[[nodiscard]] int AddSnippet(sqlite3* db, fts5_api* api);

}  // namespace daybook::sql
