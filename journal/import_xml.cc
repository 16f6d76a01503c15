// expat is C: an exception may not pass through it, so it is kept and thrown again when expat has
// returned.
#include "journal/import_xml.h"

#include <expat.h>

#include <exception>
#include <utility>

namespace daybook::journal {

struct XmlCallbacks {
  template <typename F>
  static void Guard(void* data, F&& f) {
    auto* reader = static_cast<XmlReader*>(data);
    if (reader->thrown_) return;
    try {
      f(*reader->sink_);
    } catch (...) {
      reader->thrown_ = std::current_exception();
      XML_StopParser(reader->parser_, XML_FALSE);
    }
  }
  static void Start(void* data, const char* name, const char** attributes) {
    Guard(data, [&](XmlSink& sink) { sink.Start(name, attributes); });
  }
  static void End(void* data, const char* name) {
    Guard(data, [&](XmlSink& sink) { sink.End(name); });
  }
  static void Text(void* data, const char* text, int length) {
    Guard(data, [&](XmlSink& sink) { sink.Text({text, static_cast<std::size_t>(length)}); });
  }
  static void Doctype(void* data, const char*, const char*, const char*, int) {
    auto* reader = static_cast<XmlReader*>(data);
    const std::int64_t line = reader->line();
    Guard(data, [&](XmlSink&) {
      throw ImportTrouble{
          line, "The file begins with a document type (<!DOCTYPE …>), and no export does."};
    });
  }
};

XmlReader::XmlReader() : parser_(XML_ParserCreate("UTF-8")) {
  if (parser_ == nullptr) throw std::bad_alloc();
}

XmlReader::~XmlReader() { XML_ParserFree(parser_); }

void XmlReader::Begin(XmlSink& sink, std::int64_t first_line, bool whole_file) {
  XML_ParserReset(parser_, "UTF-8");
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, XmlCallbacks::Start, XmlCallbacks::End);
  XML_SetCharacterDataHandler(parser_, XmlCallbacks::Text);
  XML_SetStartDoctypeDeclHandler(parser_, XmlCallbacks::Doctype);
  sink_ = &sink;
  first_line_ = first_line;
  whole_file_ = whole_file;
  thrown_ = nullptr;
}

void XmlReader::Feed(std::string_view text, bool last) {
  const XML_Status status =
      XML_Parse(parser_, text.data(), static_cast<int>(text.size()), last ? XML_TRUE : XML_FALSE);
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  if (status == XML_STATUS_OK) return;
  const XML_Error error = XML_GetErrorCode(parser_);
  const bool cut =
      last && (error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN ||
               error == XML_ERROR_UNCLOSED_CDATA_SECTION || error == XML_ERROR_PARTIAL_CHAR);
  if (cut && whole_file_) {
    throw ImportTrouble{line(),
                        "The file ends here in the middle, so it was cut off. Export it again."};
  }
  throw ImportTrouble{line(), std::string("The XML is broken here (") + XML_ErrorString(error) +
                                  "). Export it again, or mend this line."};
}

void XmlReader::Parse(XmlSink& sink, std::string_view text, std::int64_t first_line) {
  Begin(sink, first_line, false);
  Feed(text, true);
}

std::int64_t XmlReader::line() const {
  return first_line_ - 1 + static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_));
}

std::uint64_t XmlReader::offset() const {
  return static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_));
}

std::uint64_t XmlReader::end() const {
  return offset() + static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser_));
}

std::string_view XmlAttribute(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (name == attributes[0]) return attributes[1];
  }
  return {};
}

}  // namespace daybook::journal
