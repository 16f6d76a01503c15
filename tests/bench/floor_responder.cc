// The floor under our speed: the least that a FastCGI program can do. It answers every request with
// the bytes of a file, as they are or (--read) from one row of a SQLite table, read by primary key.
// tests/bench/speed_test.py measures Daybook against it in one run.
//   floor_responder SOCKET FILE [--read DATABASE]      FastCGI on a unix socket
//   floor_responder FILE                               one CGI answer
#include <fcgiapp.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Head(std::size_t length) {
  return "Content-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(length) +
         "\r\n\r\n";
}

int ServeCgi(const char* file) {
  const std::string body = ReadFile(file);
  const std::string head = Head(body.size());
  std::fwrite(head.data(), 1, head.size(), stdout);
  std::fwrite(body.data(), 1, body.size(), stdout);
  return 0;
}

class Table {
 public:
  Table(const char* path, const std::string& body) {
    sqlite3_open(path, &db_);
    sqlite3_exec(db_,
                 "create table if not exists page (id integer primary key, body text not null)",
                 nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db_, "insert or replace into page values (1, $1)", -1, &insert, nullptr);
    sqlite3_bind_text(insert, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_finalize(insert);
    sqlite3_prepare_v2(db_, "select body from page where id = $1", -1, &select_, nullptr);
  }
  std::string Read() {
    sqlite3_bind_int(select_, 1, 1);
    sqlite3_step(select_);
    std::string body(reinterpret_cast<const char*>(sqlite3_column_text(select_, 0)),
                     static_cast<std::size_t>(sqlite3_column_bytes(select_, 0)));
    sqlite3_reset(select_);
    return body;
  }

 private:
  sqlite3* db_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc == 1 && std::getenv("FLOOR_FILE")) return ServeCgi(std::getenv("FLOOR_FILE"));
  if (argc == 2) return ServeCgi(argv[1]);
  if (argc < 3) return 2;
  const std::string body = ReadFile(argv[2]);
  Table* table = argc == 5 ? new Table(argv[4], body) : nullptr;
  setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 0);
  FCGX_Init();
  const int socket = FCGX_OpenSocket(argv[1], 128);
  chmod(argv[1], 0666);
  FCGX_Request request;
  FCGX_InitRequest(&request, socket, 0);
  while (FCGX_Accept_r(&request) == 0) {
    const std::string page = table ? table->Read() : body;
    const std::string head = Head(page.size());
    FCGX_PutStr(head.data(), static_cast<int>(head.size()), request.out);
    FCGX_PutStr(page.data(), static_cast<int>(page.size()), request.out);
    FCGX_Finish_r(&request);
  }
  return 0;
}
