// XML read from front to back by expat: elements with their place in the text. No namespaces, no
// entities of the document's own, no external anything. What elements mean is import_wxr's
// business.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/import_items.h"

struct XML_ParserStruct;

namespace daybook::journal {

class XmlSink {
 public:
  virtual ~XmlSink() = default;
  // `attributes`: name, value, name, value, …, null.
  virtual void Start(std::string_view name, const char** attributes) = 0;
  virtual void End(std::string_view name) = 0;
  virtual void Text(std::string_view text) = 0;
};

class XmlReader {
 public:
  XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;
  ~XmlReader();

  // Begins a document. Line numbers count from `first_line`; `whole_file`: the words of an error
  // speak of a file.
  void Begin(XmlSink& sink, std::int64_t first_line, bool whole_file);
  // Throws ImportTrouble where the text is not well-formed, or whatever the sink throws.
  void Feed(std::string_view text, bool last);
  // A document in one piece.
  void Parse(XmlSink& sink, std::string_view text, std::int64_t first_line);

  // Of the event that the sink is being told of.
  [[nodiscard]] std::int64_t line() const;
  [[nodiscard]] std::uint64_t offset() const;  // bytes before it
  [[nodiscard]] std::uint64_t end() const;     // bytes before what follows it

 private:
  friend struct XmlCallbacks;
  XML_ParserStruct* parser_;
  XmlSink* sink_ = nullptr;
  std::int64_t first_line_ = 1;
  bool whole_file_ = true;
  std::exception_ptr thrown_;
};

// The value of an attribute; empty where there is none.
[[nodiscard]] std::string_view XmlAttribute(const char** attributes, std::string_view name);

}  // namespace daybook::journal
