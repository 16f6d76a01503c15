// relevance(table, rows, weight…): an auxiliary function of FTS5, how well a row answers the match
// expression. It is SQLite's bm25() but for two things: how rare a word is is estimated from its
// first few hundred rows, where bm25() walks all of them, for a word that stands in every entry
// too; and only so many rows of a query are ranked, the others get NULL (they are there to be
// counted). Smaller is better, as with bm25().
#pragma once

struct fts5_api;

namespace daybook::sql {

// Makes the function known to queries of the connection that `api` is of. Gives SQLite's error
// code.
[[nodiscard]] int AddRelevance(fts5_api* api);

}  // namespace daybook::sql
