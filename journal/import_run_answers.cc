// Comments and references of one checked file.
#include <charconv>
#include <functional>
#include <system_error>
#include <utility>
#include <vector>

#include "journal/import_guid.h"
#include "journal/import_run.h"
#include "sql/queries/import.h"
#include "sql/queries/write_answer.h"
#include "text/utf8.h"

namespace daybook::journal {
namespace {

namespace query = sql::query;

constexpr std::size_t kAnswerChunk = 256;

std::string AnswerName(const OldAnswer& answer) {
  const std::string& name =
      answer.is_reference ? answer.reference.title : answer.comment.author_name;
  return (answer.is_reference ? "reference “" : "comment by “") +
         std::string(text::CutCodePoints(name, 40)) + "”";
}

// Under which number the old journal's pages had it; 0: none that can be kept. A file may claim
// any, and after the largest one SQLite would give no more.
Id NumberOf(std::string_view key) {
  constexpr Id kMost = 1'000'000'000;
  Id number = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
  return error == std::errc() && end == key.data() + key.size() && number <= kMost ? number : 0;
}

}  // namespace

void ImportRun::TakeAnswers() {
  struct Answer {
    OldAnswer old;
    Id entry = 0;
    bool here = false;
  };
  std::vector<Answer> chunk;
  LaterWords later;
  const auto count_of = [&](const OldAnswer& a) -> ImportCount& {
    return a.is_reference ? report_.references : report_.comments;
  };
  const auto kind_of = [](const OldAnswer& a) {
    return std::string_view(a.is_reference ? "reference" : "comment");
  };
  const auto done = [&](std::size_t i, const std::string* why) {
    const Answer& a = chunk[i];
    ImportCount& count = count_of(a.old);
    ++count.found;
    if (why != nullptr) {
      report_.Need(NoteAt(a.old.line, AnswerName(a.old), *why + " It was not taken."));
      return;
    }
    ++count.taken;
    if (a.here) ++count.here_before;
  };
  const auto flush = [&] {
    if (parts_.options.dry_run) {
      parts_.journal.db.Read([&](sql::Tx& tx) {
        for (Answer& a : chunk) a.here = FindItem(tx, kind_of(a.old), a.old.key) != 0;
      });
      for (std::size_t i = 0; i < chunk.size(); ++i) done(i, nullptr);
      Between("", 0, 0);
      chunk.clear();
      return;
    }
    batches_.Run(
        chunk.size(),
        [&](sql::Tx& tx, std::size_t i) {
          Answer& a = chunk[i];
          a.here = FindItem(tx, kind_of(a.old), a.old.key) != 0;
          if (a.here) return;
          if (a.entry == 0)
            throw ImportTrouble{a.old.line, "The entry that it belongs to was not taken."};
          Id id = 0;
          if (a.old.is_reference) {
            NewReference reference = a.old.reference;
            reference.entry_id = a.entry;
            id = AddReference(tx, reference);
          } else {
            NewComment comment = a.old.comment;
            comment.entry_id = a.entry;
            if (!a.old.parent_key.empty())
              comment.parent_id = FindItem(tx, "comment", a.old.parent_key);
            if (!a.old.author.empty()) comment.author_id = terms_.KnownAuthor(a.old.author);
            id = AddComment(tx, comment, &later, NumberOf(a.old.key));
          }
          if (id == 0) throw ImportTrouble{a.old.line, "The journal did not take it."};
          tx.Exec(a.old.is_reference ? query::kReferenceCame : query::kCommentCame, id, parts_.now);
          tx.Exec(query::kImportPutItem, old_.identity, kind_of(a.old), a.old.key, id);
        },
        done, [&] { later.comments.clear(); }, [&](sql::Tx& tx) { IndexLater(tx, later); });
    chunk.clear();
  };
  for (std::size_t i = 0; i < old_.answers.size(); ++i) {
    const ItemPlace& place = old_.answers[i];
    try {
      Answer a;
      a.old = old_.read_answer(place, parts_.clock);
      a.entry = entry_ids_[place.owner];
      if (a.old.key.empty())
        a.old.key =
            GuidFor(std::to_string(a.entry), a.old.comment.author_name + std::to_string(place.at) +
                                                 a.old.comment.body + a.old.reference.url);
      // Two of one id are two where they differ.
      const std::hash<std::string> hash;
      const std::size_t content = hash(a.old.comment.author_name + a.old.comment.body +
                                       a.old.reference.url + a.old.reference.title) +
                                  place.owner;
      const auto [seen, is_new] = answers_seen_.emplace(
          hash(a.old.key) + static_cast<std::size_t>(a.old.is_reference), content);
      if (!is_new && seen->second != content)
        a.old.key +=
            "#" + GuidFor(a.old.key,
                          std::to_string(MarkOfText(a.old.comment.author_name + a.old.comment.body,
                                                    a.old.reference.url + a.old.reference.title)));
      chunk.push_back(std::move(a));
    } catch (const ImportTrouble& trouble) {
      const bool ping = place.kind == 1;
      ++(ping ? report_.references : report_.comments).found;
      report_.Need(NoteAt(trouble.line > 0 ? trouble.line : place.line,
                          ping ? "reference" : "comment", trouble.reason + " It was not taken."));
    }
    if (chunk.size() >= kAnswerChunk) {
      flush();
      Between("Comments", i + 1, old_.answers.size());
    }
  }
  flush();
  for (const auto& [lost, count] : {std::pair(&old_.lost_comments, &report_.comments),
                                    std::pair(&old_.lost_references, &report_.references)}) {
    for (const ItemPlace& place : *lost) {
      ++count->found;
      report_.Need(NoteAt(place.line, count == &report_.comments ? "comment" : "reference",
                          "It belongs to a file's page or to a kind of item that a journal does "
                          "not have. It was not taken."));
    }
  }
}

}  // namespace daybook::journal
