// relevance(table, rows, weight…): an auxiliary function of FTS5, how well a row answers the match
// expression. It is SQLite's bm25() but for two things: how rare a word is is estimated from its
// first thousand rows, where bm25() walks all of them, for a word that stands in every entry too;
// and only so many rows of a query are ranked, the others get NULL (they are there to be counted).
// Smaller is better, as with bm25().
#pragma once

struct sqlite3;

namespace daybook::sql {

// Makes the function known to queries of this connection. Gives SQLite's error code.
[[nodiscard]] int AddRelevance(sqlite3* db);

}  // namespace daybook::sql
