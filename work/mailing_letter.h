// What a letter to many says: made once, with a mark where each receiver's own links come. How its
// copies leave: mailing.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/mailing.h"
#include "templates/keys.h"
#include "work/drain.h"
#include "work/message.h"

namespace daybook::work {

// A letter, with a mark where the receiver's own token comes.
struct Letter {
  Message message;
  std::string mark;
  bool empty = false;
};
[[nodiscard]] std::string WithToken(const std::string& text, const std::string& mark,
                                    std::string_view token);

// All three outlive it.
class LetterMaker {
 public:
  LetterMaker(const Tools& tools, const journal::Settings& settings,
              const journal::Mailing& mailing);
  // The letter for one receiver; nothing new for them: empty. Of a digest there are as many as
  // there are choices of tags.
  [[nodiscard]] const Letter& For(const journal::Copy& copy);
  // What is written so far, to who writes it; without anybody's links.
  [[nodiscard]] Letter Test();

 private:
  [[nodiscard]] std::string Base() const;
  [[nodiscard]] std::string Get(templates::WordKey key) const;
  [[nodiscard]] Letter New(std::string_view subject) const;
  [[nodiscard]] std::string Ways() const;
  [[nodiscard]] std::string Foot() const;
  [[nodiscard]] Letter OfEntry() const;
  [[nodiscard]] Letter Digest(const std::vector<journal::Id>& wanted) const;

  const Tools& tools_;
  const journal::Settings& settings_;
  const journal::Mailing& mailing_;
  std::string mark_;
  bool test_ = false;
  std::optional<std::vector<journal::NewEntry>> news_;
  std::map<std::vector<journal::Id>, Letter> letters_;
};

}  // namespace daybook::work
