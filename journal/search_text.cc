// Puts plain texts into entry_text and comment_text; triggers keep the indexes.
#include "journal/search_text.h"

#include "sql/queries/search_write.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

}  // namespace

bool HasEntryText(sql::Tx& tx, Id entry) { return tx.Has(query::kEntryTextHas, entry); }

void PutEntryText(sql::Tx& tx, Id entry, std::string_view title, std::string_view plain) {
  DropEntryText(tx, entry);
  tx.Exec(query::kEntryTextPut, entry, title, plain);
  tx.Exec(query::kEntryIndexPut, entry, title, plain);
}

void DropEntryText(sql::Tx& tx, Id entry) {
  tx.Exec(query::kEntryIndexDrop, entry);
  tx.Exec(query::kEntryTextDrop, entry);
}

void PutCommentText(sql::Tx& tx, const CommentWords& words) {
  DropCommentText(tx, words.comment);
  PutNewCommentTexts(tx, {words});
}

void PutNewCommentTexts(sql::Tx& tx, const std::vector<CommentWords>& comments) {
  for (const CommentWords& words : comments)
    tx.Exec(query::kCommentTextPut, words.comment, words.plain, words.author);
  for (const CommentWords& words : comments)
    tx.Exec(query::kCommentIndexPut, words.comment, words.plain, words.author);
}

bool HasCommentTextsOf(sql::Tx& tx, Id entry) { return tx.Has(query::kCommentTextsHas, entry); }

void DropCommentText(sql::Tx& tx, Id comment) {
  tx.Exec(query::kCommentIndexDrop, comment);
  tx.Exec(query::kCommentTextDrop, comment);
}

void DropCommentTextsOf(sql::Tx& tx, Id entry) {
  tx.Exec(query::kCommentIndexesDrop, entry);
  tx.Exec(query::kCommentTextsDrop, entry);
}

void ForgetDeletedWords(sql::Tx& tx) {
  tx.Exec(query::kEntryIndexMerge);
  tx.Exec(query::kCommentIndexMerge);
}

void CheckIndexes(sql::Tx& tx) {
  tx.Exec(query::kEntryIndexCheck);
  tx.Exec(query::kCommentIndexCheck);
}

}  // namespace daybook::journal
