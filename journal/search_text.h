// What search can find: plain texts of entries and comments that everyone may read, and their
// indexes. Written whenever one of them changes (edit.h); how they are searched is in search.h.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/model.h"
#include "sql/tx.h"

namespace daybook::journal {

[[nodiscard]] bool HasEntryText(sql::Tx& tx, Id entry);
void PutEntryText(sql::Tx& tx, Id entry, std::string_view title, std::string_view plain);
void DropEntryText(sql::Tx& tx, Id entry);

struct CommentWords {
  Id comment = 0;
  std::string author, plain;
};
void PutCommentText(sql::Tx& tx, const CommentWords& words);
// Of comments whose words are not there yet: many in one go.
void PutNewCommentTexts(sql::Tx& tx, const std::vector<CommentWords>& comments);
// Whether any comment of that entry can be found.
[[nodiscard]] bool HasCommentTextsOf(sql::Tx& tx, Id entry);
void DropCommentText(sql::Tx& tx, Id comment);
void DropCommentTextsOf(sql::Tx& tx, Id entry);

// Makes the indexes forget deleted words for good. Slow: after somebody's data was erased.
void ForgetDeletedWords(sql::Tx& tx);
// Throws sql::DbError (kCorrupt) where an index does not fit its texts.
void CheckIndexes(sql::Tx& tx);

}  // namespace daybook::journal
