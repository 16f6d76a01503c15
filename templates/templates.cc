// The embedded files, a theme's over them, and the templates made ready from both.
#include "templates/templates.h"

#include <ctemplate/template.h>

#include <algorithm>
#include <cstdio>

#include "templates/embedded.h"
#include "templates/load.h"
#include "text/config_error.h"

namespace daybook::templates {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxThemeFile = 4u << 20;

std::string ReadFile(const fs::path& path) {
  std::error_code error;
  const uintmax_t size = fs::file_size(path, error);
  if (error) throw text::ConfigError("Cannot read " + path.string() + ": " + error.message());
  if (size > kMaxThemeFile) throw text::ConfigError(path.string() + " is larger than 4 MB");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(path.c_str(), "rb"),
                                                           &std::fclose);
  std::string bytes(size, '\0');
  if (in == nullptr || std::fread(bytes.data(), 1, size, in.get()) != size) {
    throw text::ConfigError("Cannot read " + path.string());
  }
  return bytes;
}

std::string HashedName(const std::string& name, std::string_view bytes) {
  const size_t dot = std::min(name.find('.'), name.size());
  return name.substr(0, dot) + "." + ContentHash(bytes) + name.substr(dot);
}

std::string ThemeWords(const fs::path& theme) {
  const fs::path path = theme / "words.txt";
  std::error_code error;
  return !theme.empty() && fs::is_regular_file(path, error) ? ReadFile(path) : std::string();
}

bool IsStatic(const fs::path& path) {
  static constexpr std::string_view kKinds[] = {".css", ".svg",  ".ico", ".png",
                                                ".jpg", ".webp", ".js",  ".woff2"};
  const std::string ending = path.extension().string();
  return std::find(std::begin(kKinds), std::end(kKinds), ending) != std::end(kKinds);
}

}  // namespace

std::string ContentHash(std::string_view bytes) {
  uint64_t value = 0xcbf29ce484222325;
  for (const char byte : bytes) value = (value ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%010llx", static_cast<unsigned long long>(value >> 24));
  return digits;
}

Templates::Templates(const TemplateSet& set)
    : words_(set.language, ThemeWords(set.theme), set.date_order) {
  RegisterModifiers();
  std::string all = words_.language() + "\n" + set.date_order + "\n" + ThemeWords(set.theme);
  for (const EmbeddedFile& file : EmbeddedStatic()) {
    static_.push_back({std::string(file.name), std::string(file.hashed), "", &file});
  }
  std::string added = set.look;
  std::error_code error;
  if (!set.theme.empty() && fs::is_directory(set.theme, error)) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(set.theme, error)) {
      const std::string name = entry.path().lexically_relative(set.theme).generic_string();
      if (!entry.is_regular_file(error)) continue;
      if (name.ends_with(".tpl")) {
        theme_[name] = ReadFile(entry.path());
      } else if (name == "own.css") {
        added += ReadFile(entry.path());
      } else if (name.find('/') == std::string::npos && IsStatic(entry.path())) {
        std::string bytes = ReadFile(entry.path());
        std::erase_if(static_, [&](const StaticFile& file) { return file.name == name; });
        const std::string hashed = HashedName(name, bytes);
        static_.push_back({name, hashed, std::move(bytes), nullptr});
      }
    }
  }
  for (const auto& [name, bytes] : set.trial) {
    if (bytes)
      theme_[name] = *bytes;
    else
      theme_.erase(name);
  }
  for (const auto& [name, bytes] : theme_) all += name + ContentHash(bytes);
  for (StaticFile& file : static_) {
    if (file.name != "style.css" || added.empty()) continue;
    file.own = std::string(file.bytes()) + "\n" + added;
    file.embedded = nullptr;
    file.hashed = HashedName(file.name, file.own);
  }
  // The embedded templates and texts change only with the program, whose build is the caller's
  // part.
  for (const StaticFile& file : static_) all += file.hashed;
  fingerprint_ = ContentHash(all);

  ready_.resize(EmbeddedTemplates().size());
  if (set.lazy) return;
  for (size_t i = 0; i < ready_.size(); ++i) {
    if (!EmbeddedTemplates()[i].name.starts_with("parts/")) Ready({static_cast<int>(i)});
  }
}

Templates::~Templates() = default;

const ctemplate::Template& Templates::Ready(TemplateId id) const {
  std::unique_ptr<ctemplate::Template>& slot = ready_.at(static_cast<size_t>(id.index));
  if (slot == nullptr) {
    const LoadSources sources{[this](std::string_view name) -> std::optional<std::string_view> {
                                if (const auto found = theme_.find(name); found != theme_.end())
                                  return found->second;
                                for (const EmbeddedFile& file : EmbeddedTemplates()) {
                                  if (file.name == name) return file.bytes();
                                }
                                return std::nullopt;
                              },
                              [this](std::string_view name) -> std::optional<std::string_view> {
                                for (const StaticFile& file : static_) {
                                  if (file.name == name) return file.hashed;
                                }
                                return std::nullopt;
                              }};
    const std::string name(EmbeddedTemplates()[static_cast<size_t>(id.index)].name);
    const std::string source = Prepare(name, sources, words_);
    slot.reset(ctemplate::Template::StringToTemplate(source, ctemplate::STRIP_BLANK_LINES));
    if (slot == nullptr) {
      throw text::ConfigError("The template " + name +
                              " cannot be used: a section or a tag in it does not close");
    }
  }
  return *slot;
}

void Templates::Expand(TemplateId id, const ctemplate::TemplateDictionaryInterface& values,
                       std::string& out) const {
  Ready(id).Expand(&out, &values);
}

std::vector<std::string> ThemeComplaints(const TemplateSet& set) {
  std::vector<std::string> complaints;
  try {
    for (const std::string& line : UnknownWords(ThemeWords(set.theme)))
      complaints.push_back("words.txt, " + line +
                           " is no text of Daybook's, so the line does nothing");
    TemplateSet whole = set;
    whole.lazy = false;
    const Templates trial(whole);
    for (const auto& [name, bytes] : trial.theme_) {
      const auto known = [&name](const EmbeddedFile& file) { return file.name == name; };
      if (std::none_of(EmbeddedTemplates().begin(), EmbeddedTemplates().end(), known) &&
          !name.starts_with("parts/"))
        complaints.push_back(name + " is the name of no template of Daybook's, so it does nothing");
    }
  } catch (const text::ConfigError& error) {
    complaints.emplace_back(error.what());
  }
  return complaints;
}

}  // namespace daybook::templates
