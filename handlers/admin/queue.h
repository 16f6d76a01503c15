// What the pages of the queue share: one thing that waits, as it is shown.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "handlers/admin/visit.h"
#include "handlers/frame.h"
#include "journal/judge_block.h"
#include "journal/queue.h"

namespace daybook::handlers::admin {

struct QueueList {
  std::string_view name;  // in addresses
  journal::AnswerStatus status;
  templates::WordKey label, empty;
};
// What waits, spam, trash; the first for a name that is none of them.
std::span<const QueueList> QueueLists();
const QueueList& QueueListNamed(std::string_view name);
const QueueList* QueueListOf(journal::AnswerStatus status);  // nullptr: public

// Who, where, when, the reasons; not the text. Addresses of mail are for owners alone, as the
// comment form says.
void FillWaiting(templates::Block block, const Frame& frame, const Viewer& viewer,
                 const journal::QueueItem& item, journal::Seconds now);
// The decisions that can be made about what is in a list, as buttons: ACT_NAME, ACT_LABEL.
void FillActs(templates::Block block, templates::SectionKey section, const templates::Words& words,
              journal::AnswerStatus status);

// Why something is not put on the block list, with what to write instead.
std::string BlockRefusal(const templates::Words& words, journal::BlockKind kind);

std::string QueueItemPath(const journal::Which& which);

}  // namespace daybook::handlers::admin
