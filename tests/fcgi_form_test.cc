// Forms: nothing lost, nothing invented, nothing undeclared; both encodings; the faults known of
// cgicc.
#include "fcgi/form.h"

#include <gtest/gtest.h>

namespace daybook::fcgi {
namespace {

constexpr FormField kFields[] = {{"author", 50}, {"post", 100}, {"f"}, {"x"}, {"pic", 0, true}};
constexpr char kUrlencoded[] = "application/x-www-form-urlencoded";

Request Post(std::string type, std::string body) {
  Request request;
  request.method = Method::kPost;
  request.headers = {{"content-type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

Form Good(const Request& request) {
  auto form = Form::Parse(request, kFields);
  EXPECT_TRUE(std::holds_alternative<Form>(form));
  return std::holds_alternative<Form>(form) ? std::get<Form>(form) : Form();
}

std::variant<Form, FormProblem> Parse(const Request& request) {
  return Form::Parse(request, kFields);
}

void ExpectProblem(const Request& request, FormProblem problem) {
  const auto form = Parse(request);
  ASSERT_TRUE(std::holds_alternative<FormProblem>(form)) << request.body;
  EXPECT_EQ(std::get<FormProblem>(form), problem) << request.body;
}

TEST(Form, DecodesUrlencodedValues) {
  const Request request = Post(kUrlencoded, "author=J%C3%BCrgen+M&post=a%0D%0Ab%0Dc&f=1%2B1%3D2");
  const Form form = Good(request);
  EXPECT_EQ(form["author"], "J\xC3\xBCrgen M");
  EXPECT_EQ(form["post"], "a\nb\nc");
  EXPECT_EQ(form["f"], "1+1=2");
}

TEST(Form, KeepsSemicolonsBareNamesAndStrayPercentSigns) {
  const Form form = Good(Post(kUrlencoded, "post=a;b&author=100%&x=5%zz&f"));
  EXPECT_EQ(form["post"], "a;b");
  EXPECT_EQ(form["author"], "100%");
  EXPECT_EQ(form["x"], "5%zz");
  EXPECT_TRUE(form.Has("f"));
}

TEST(Form, LeavesTheQueryOutOfIt) {
  Request request = Post(kUrlencoded, "author=body");
  request.query = "post=query&author=query";
  const Form form = Good(request);
  EXPECT_EQ(form["author"], "body");
  EXPECT_FALSE(form.Has("post"));
}

TEST(Form, DropsUndeclaredFieldsAndKeepsRepeatedOnes) {
  const Form form = Good(Post(kUrlencoded, "admin=1&x=1&x=2&&=y"));
  EXPECT_FALSE(form.Has("admin"));
  EXPECT_EQ(form.All("x"), (std::vector<std::string_view>{"1", "2"}));
  EXPECT_EQ(form["x"], "1");
}

TEST(Form, MarksLongValuesWithoutLosingThem) {
  const Form form = Good(Post(kUrlencoded, "author=" + std::string(51, 'a')));
  EXPECT_TRUE(form.TooLong("author"));
  EXPECT_EQ(form["author"].size(), 51u);
}

TEST(Form, ShowsWhatArrivedOfABodyOverItsCap) {
  for (const char* tail : {"%", "%C", "%C3", "%E2%82", "%F0%9F%98"}) {
    Request request = Post(kUrlencoded, std::string("author=me&post=text+so+far") + tail);
    request.body_state = BodyState::kTooLarge;
    EXPECT_EQ(Good(request)["post"], "text so far") << tail;
  }
}

TEST(Form, RefusesWhatIsNoText) {
  ExpectProblem(Post(kUrlencoded, "author=%FF"), FormProblem::kNotText);
  ExpectProblem(Post(kUrlencoded, "author=a%00b"), FormProblem::kNotText);
}

TEST(Form, RefusesWhatIsNoForm) {
  ExpectProblem(Post("text/plain", "author=x"), FormProblem::kNotAForm);
  ExpectProblem(Post("", "author=x"), FormProblem::kNotAForm);
  Request cut = Post(kUrlencoded, "author=x");
  cut.body_state = BodyState::kCutOff;
  ExpectProblem(cut, FormProblem::kMalformed);
}

TEST(Form, RefusesThousandsOfFields) {
  std::string body;
  for (int i = 0; i < 600; ++i) body += "x=1&";
  ExpectProblem(Post(kUrlencoded, body), FormProblem::kMalformed);
}

TEST(Form, AnEmptyBodyIsAnEmptyForm) { EXPECT_FALSE(Good(Post(kUrlencoded, "")).Has("x")); }

std::string Part(std::string disposition, std::string data, std::string more = "") {
  return "--B\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n" + data +
         "\r\n";
}

TEST(Multipart, GivesValuesAndFiles) {
  const Request request =
      Post("multipart/form-data; boundary=B",
           Part("name=\"author\"", "J\xC3\xBCrgen") +
               Part("name=\"pic\"; filename=\"C:\\a\\b+c%41.png\"", std::string("\0\r\n--C\r\n", 8),
                    "Content-Type: image/png\r\n") +
               Part("name=\"x\"", "") + "--B--\r\n");
  const Form form = Good(request);
  EXPECT_EQ(form["author"], "J\xC3\xBCrgen");
  EXPECT_TRUE(form.Has("x"));
  ASSERT_EQ(form.files().size(), 1u);
  EXPECT_EQ(form.files()[0].field, "pic");
  EXPECT_EQ(form.files()[0].name, "b+c%41.png");
  EXPECT_EQ(form.files()[0].type, "image/png");
  EXPECT_EQ(form.files()[0].bytes, std::string_view("\0\r\n--C\r\n", 8));
}

TEST(Multipart, ReadsQuotedBoundariesAndAMissingLastLineEnd) {
  for (const char* type : {"multipart/form-data; boundary=\"B\"; charset=utf-8",
                           "Multipart/Form-Data; charset=x; Boundary=B"})
    EXPECT_EQ(Good(Post(type, Part("name=\"x\"", "1") + "--B--"))["x"], "1") << type;
}

TEST(Multipart, TakesTheNameWhereverItStands) {
  const Request request = Post("multipart/form-data; boundary=B",
                               Part("filename=\"x\"; name=\"pic\"", "data") + "--B--\r\n");
  const Form form = Good(request);
  EXPECT_FALSE(form.Has("x"));
  ASSERT_EQ(form.files().size(), 1u);
  EXPECT_EQ(form.files()[0].field, "pic");
}

TEST(Multipart, RefusesBrokenStructure) {
  const std::string good = Part("name=\"x\"", "1");
  const std::string type = "multipart/form-data; boundary=B";
  for (const std::string& body :
       {std::string(), good, std::string("--B"), std::string("--B\r\n"), "junk" + good + "--B--",
        Part("", "1") + "--B--", Part("name=\"x", "1") + "--B--",
        Part("name=\"x\"; name=\"f\"", "1") + "--B--",
        Part("name=\"x\"", "1", "Content-Transfer-Encoding: base64\r\n") + "--B--",
        std::string("--B\r\n\r\n1\r\n--B--"), good + "--BX--"})
    ExpectProblem(Post(type, body), FormProblem::kMalformed);
  ExpectProblem(Post("multipart/form-data", good + "--B--"), FormProblem::kMalformed);
  ExpectProblem(Post("multipart/form-data; boundary=\"B\n\"", good + "--B--"),
                FormProblem::kMalformed);
}

}  // namespace
}  // namespace daybook::fcgi
