// Files of static/ and media/ as the program itself gives them out.
#include "handlers/public_files.h"

#include <gtest/gtest.h>

#include <fstream>

namespace daybook::handlers {
namespace {

namespace fs = std::filesystem;

class PublicFiles : public testing::Test {
 protected:
  PublicFiles() {
    std::string name = (fs::temp_directory_path() / "daybook-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    fs::create_directories(folder_ / "public/static");
    fs::create_directories(folder_ / "public/media/2024");
    fs::create_directories(folder_ / "private");
    for (const char* file :
         {"private/journal.db", "public/static/style.0123.css", "public/static/.hidden",
          "public/media/2024/a.png", "public/media/2024/a.svg", "public/media/2024/a.html",
          "public/media/2024/a.js"})
      std::ofstream(folder_ / file) << "bytes";
  }
  ~PublicFiles() override { fs::remove_all(folder_); }

  std::optional<fcgi::Response> Ask(const std::string& path,
                                    fcgi::Method method = fcgi::Method::kGet) {
    fcgi::Request request;
    request.method = method;
    request.path = path;
    return PublicFile(folder_ / "public", request);
  }
  static std::string HeaderOf(const fcgi::Response& response, const std::string& name) {
    for (const fcgi::Header& header : response.headers)
      if (header.name == name) return header.value;
    return "";
  }
  fs::path folder_;
};

TEST_F(PublicFiles, StyleMayBeKeptForEver) {
  const auto style = Ask("/static/style.0123.css");
  ASSERT_TRUE(style);
  EXPECT_EQ(style->content_type, "text/css; charset=utf-8");
  EXPECT_EQ(HeaderOf(*style, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(PublicFiles, ForeignBytesAreShownOrOfferedAndNeverRun) {
  EXPECT_EQ(Ask("/media/2024/a.png")->content_type, "image/png");
  EXPECT_EQ(HeaderOf(*Ask("/media/2024/a.png"), "Content-Disposition"), "");
  EXPECT_NE(HeaderOf(*Ask("/media/2024/a.svg"), "Content-Security-Policy").find("sandbox"),
            std::string::npos);
  for (const char* path : {"/media/2024/a.html", "/media/2024/a.js"}) {
    const auto file = Ask(path);
    ASSERT_TRUE(file);
    EXPECT_EQ(HeaderOf(*file, "Content-Disposition"), "attachment") << path;
    EXPECT_EQ(HeaderOf(*file, "Content-Security-Policy"), "default-src 'none'; sandbox") << path;
  }
  EXPECT_EQ(Ask("/media/2024/a.html")->content_type, "application/octet-stream");
}

TEST_F(PublicFiles, NothingElseIsAFile) {
  for (const char* path :
       {"/", "/static", "/static/", "/media/2024", "/static/none.css", "/static/.hidden",
        "/static/../../private/journal.db", "/private/journal.db", "/live/index.html"})
    EXPECT_FALSE(Ask(path)) << path;
  EXPECT_FALSE(Ask("/static/style.0123.css", fcgi::Method::kPost));
}

}  // namespace
}  // namespace daybook::handlers
