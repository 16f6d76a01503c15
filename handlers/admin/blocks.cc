// The block lists: what is on them, what is added, what is taken off. From one comment:
// queue_item.cc.
#include "journal/judge_block.h"

#include "handlers/admin/frame.h"
#include "handlers/admin/pages.h"
#include "handlers/admin/queue.h"
#include "handlers/comment_pages.h"
#include "templates/admin_keys.h"

namespace daybook::handlers::admin {

namespace key = templates::key;
namespace word = templates::word;
using fcgi::Response;
using journal::BlockKind;
using templates::Block;

namespace {

constexpr fcgi::FormField kFields[] = {{"kind", 20}, {"pattern", 500}};
constexpr BlockKind kKinds[] = {BlockKind::kWord, BlockKind::kEmail, BlockKind::kUrl,
                                BlockKind::kNetwork};

templates::WordKey LabelOf(BlockKind kind) {
  switch (kind) {
    case BlockKind::kWord:
      return word::kAdminBlocksWord;
    case BlockKind::kEmail:
      return word::kAdminBlocksEmail;
    case BlockKind::kUrl:
      return word::kAdminBlocksUrl;
    case BlockKind::kNetwork:
      break;
  }
  return word::kAdminBlocksNetwork;
}

struct Typed {
  BlockKind kind = BlockKind::kWord;
  std::string pattern, wrong;
};

Response Show(const Frame& frame, const Viewer& viewer, sql::Tx& tx, const Typed& typed,
              std::string_view notice, journal::Seconds now) {
  const templates::Words& words = frame.words();
  Page page(frame, viewer, templates::tpl::kAdminBlocks, words.Get(word::kAdminBlocksTitle),
            "/admin/waiting", !typed.wrong.empty());
  if (!notice.empty()) page.Notice(notice);
  if (!typed.wrong.empty()) page.Alert(typed.wrong);
  templates::View& view = page.view();
  view.Set(key::kQueueUrl, frame.links.To("/admin/waiting"));
  view.Set(key::kBlocksUrl, frame.links.To("/admin/blocks"));
  for (const BlockKind kind : kKinds) {
    Block choice = view.Add(key::kBlockChoice);
    choice.Set(key::kBlockKind, journal::NameOf(kind));
    choice.Set(key::kBlockText, words.Get(LabelOf(kind)));
    choice.Show(key::kBlockChosen, kind == typed.kind);
  }
  view.Set(key::kPatternValue, typed.pattern);
  view.Show(key::kBlockWrong, key::kBlockError, typed.wrong);
  const auto rules = journal::ListBlockRules(tx);
  view.Show(key::kNoEntries, rules.empty());
  if (rules.empty()) return page.Done(typed.wrong.empty() ? 200 : 422);
  Block list = view.Add(key::kBlockRules);
  for (const journal::BlockRule& rule : rules) {
    // An address of mail is the owner's to know, here as everywhere.
    if (rule.kind == BlockKind::kEmail && !viewer.person.IsOwner()) continue;
    Block row = list.Add(key::kBlockRule);
    row.Set(key::kBlockPattern, rule.pattern);
    row.Set(key::kBlockText, words.Get(LabelOf(rule.kind)));
    row.Set(key::kRowDatetime, MomentOf(frame, rule.created_at, "").machine);
    row.Set(key::kRowDate, TimeOf(frame, rule.created_at, now));
    row.Set(key::kRemoveUrl,
            frame.links.To("/admin/blocks/" + std::to_string(rule.id) + "/remove"));
  }
  return page.Done(typed.wrong.empty() ? 200 : 422);
}

}  // namespace

std::string BlockRefusal(const templates::Words& words, BlockKind kind) {
  switch (kind) {
    case BlockKind::kWord:
      return words.Get(word::kAdminBlocksNotWord);
    case BlockKind::kEmail:
      return words.Get(word::kAdminBlocksNotEmail);
    case BlockKind::kUrl:
      return words.Get(word::kAdminBlocksNotUrl);
    case BlockKind::kNetwork:
      break;
  }
  return words.Get(word::kAdminBlocksNotNetwork);
}

Response BlocksPage(Visit& visit) {
  const std::string done = visit.context.request.Param("done").value_or("");
  const Frame frame = FrameOf(visit.context);
  return Show(frame, visit.viewer, visit.context.tx, {},
              done == "added"     ? frame.words().Get(word::kAdminBlocksAdded)
              : done == "removed" ? frame.words().Get(word::kAdminBlocksRemoved)
                                  : "",
              visit.context.now);
}

Response BlocksPost(Visit& visit) {
  const fcgi::Form form = ReadForm(visit.context.request, kFields);
  Typed typed{journal::BlockKindNamed(form["kind"]).value_or(BlockKind::kWord),
              std::string(form["pattern"]), ""};
  visit.context.act = [frame = FrameOf(visit.context), viewer = visit.viewer, typed,
                       now = visit.context.now](sql::Db& db) mutable {
    const auto outcome = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::BlockFrom(tx, typed.kind, typed.pattern, viewer.person.id, now).outcome;
    });
    if (outcome != journal::BlockOutcome::kRefused)
      return fcgi::Redirect(303, frame.links.To("/admin/blocks", "?done=added").view());
    typed.wrong = BlockRefusal(frame.words(), typed.kind);
    return db.Read([&](sql::Tx& tx) { return Show(frame, viewer, tx, typed, "", now); });
  };
  return {};
}

Response BlockRemovePost(Visit& visit) {
  visit.context.act = [frame = FrameOf(visit.context), id = visit.context.captures.Int("id"),
                       who = visit.person().id, now = visit.context.now](sql::Db& db) {
    const bool removed = db.Write(sql::Publicity::kPrivate, [&](sql::Tx& tx) {
      return journal::UnblockFrom(tx, id, who, now);
    });
    return fcgi::Redirect(303,
                          frame.links.To("/admin/blocks", removed ? "?done=removed" : "").view());
  };
  return {};
}

}  // namespace daybook::handlers::admin
