// Forms with files that are too large for memory.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "fcgi/body.h"
#include "fcgi/form.h"

namespace daybook::fcgi {
namespace {

namespace fs = std::filesystem;
constexpr FormField kFields[] = {{"alt", 100}, {"file", 0, true}};

class SpoolTest : public testing::Test {
 protected:
  SpoolTest() {
    std::string name = (fs::temp_directory_path() / "daybook-spool-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~SpoolTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  // A form of 5 MB whose file holds what nearly ends it again and again.
  static std::string Body() {
    std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nBoats\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    body += Content();
    return body + "\r\n--B--\r\n";
  }
  static std::string Content() {
    std::string content;
    while (content.size() < 5'000'000)
      content += "\r\n--A\r\n-\r\n--" + std::to_string(content.size());
    return content;
  }
  Parsed Read(std::string body, const SpoolFolder& spool, std::size_t cap = 64 << 20) {
    Parsed parsed;
    parsed.has_body = true;
    parsed.request.method = Method::kPost;
    parsed.request.headers.push_back({"content-type", "multipart/form-data; boundary=B"});
    std::string_view rest = body;
    ReadBody(
        parsed, cap,
        [&](char* buffer, std::size_t size) {
          const std::size_t got = rest.copy(buffer, size);
          rest.remove_prefix(got);
          return got;
        },
        spool);
    return parsed;
  }
  fs::path folder_;
};

TEST_F(SpoolTest, TheFileIsReadFromTheDiskAndNothingHasAName) {
  const Parsed parsed = Read(Body(), [&](const Request&) { return folder_ / "uploads"; });
  const Request& request = parsed.request;
  EXPECT_TRUE(request.body.empty());
  EXPECT_EQ(request.body_state, BodyState::kComplete);
  EXPECT_EQ(request.body_size, Body().size());
  EXPECT_TRUE(fs::is_empty(folder_ / "uploads"));
  const auto parsed_form = Form::Parse(request, kFields);
  const Form* form = std::get_if<Form>(&parsed_form);
  ASSERT_NE(form, nullptr);
  EXPECT_EQ((*form)["alt"], "Boats");
  ASSERT_EQ(form->files().size(), 1u);
  const FormFile& file = form->files()[0];
  EXPECT_TRUE(file.spooled);
  std::string content(file.size, '\0');
  ASSERT_EQ(pread(request.body_file, content.data(), content.size(), static_cast<off_t>(file.at)),
            static_cast<ssize_t>(content.size()));
  EXPECT_EQ(content, Content());
}

TEST_F(SpoolTest, WhoeverMayHaveNoFileIsToldThatNothingWasKept) {
  const Parsed nobody = Read(Body(), [](const Request&) { return fs::path(); });
  EXPECT_EQ(nobody.request.body_state, BodyState::kNotKept);
  EXPECT_TRUE(nobody.request.body.empty());
  const Parsed nowhere = Read(Body(), [&](const Request&) { return folder_ / "no/such"; });
  EXPECT_EQ(nowhere.request.body_state, BodyState::kNotKept);
  EXPECT_EQ(nowhere.request.body_file, -1);
}

TEST_F(SpoolTest, SmallFormsAndOtherBodiesStayInMemory) {
  const auto spool = [&](const Request&) { return folder_; };
  EXPECT_EQ(Read("--B--\r\n", spool).request.body, "--B--\r\n");
  EXPECT_EQ(Read(Body(), {}).request.body.size(), Body().size());
  EXPECT_EQ(Read(Body(), spool, 1000).request.body_state, BodyState::kTooLarge);
  EXPECT_EQ(Read(Body(), spool, 3 << 20).request.body_state, BodyState::kTooLarge);
}

TEST_F(SpoolTest, ABodyThatEndsTooEarlyIsNoForm) {
  const Parsed parsed = Read(Body().substr(0, 4'000'000), [&](const Request&) { return folder_; });
  const auto form = Form::Parse(parsed.request, kFields);
  ASSERT_TRUE(std::holds_alternative<FormProblem>(form));
  EXPECT_EQ(std::get<FormProblem>(form), FormProblem::kMalformed);
}

}  // namespace
}  // namespace daybook::fcgi
