// The real loop and the real master, over the real protocol: broken peers, signals, deaths, CGI
// runs.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/tools/fcgi_client.h"

namespace daybook::fcgi::testing {
namespace {

bool Until(const std::function<bool()>& condition, int seconds = 15) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool IsAlive(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(stat, line)) return false;
  return !Has(line, ") Z ");  // a zombie waits for its parent only
}

std::string Slurp(const std::string& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

pid_t PidIn(const std::string& answer) {
  const std::size_t at = answer.find("\npid=");
  return at == std::string::npos ? 0 : std::stoi(answer.substr(at + 5));
}

class Server : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/daybook-gateway-XXXXXX";
    dir_ = mkdtemp(name);
    socket_ = dir_ + "/s";
  }
  void TearDown() override {
    if (master_ > 0) {
      kill(master_, SIGKILL);
      waitpid(master_, nullptr, 0);
    }
    std::filesystem::remove_all(dir_);
  }

  pid_t Spawn(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), DAYBOOK_ECHO_APP);
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const pid_t pid = fork();
    if (pid == 0) {
      if (std::freopen((dir_ + "/log").c_str(), "a", stderr) == nullptr) _exit(9);
      execv(argv[0], argv.data());
      _exit(9);
    }
    return pid;
  }
  void Start(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"--socket", socket_});
    master_ = Spawn(more);
    ASSERT_TRUE(Until([&] { return Answers(); })) << Slurp(dir_ + "/log");
  }
  bool Answers() { return Has(Ask(socket_, "/"), "Status: 200"); }
  // Waits for the master and gives its exit code.
  int Ended() {
    int status = 0;
    EXPECT_TRUE(Until([&] { return waitpid(master_, &status, WNOHANG) == master_; }, 40));
    master_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string dir_, socket_;
  pid_t master_ = 0;
};

TEST_F(Server, AnswersAGetWhole) {
  Start();
  Client client(socket_);
  client.Send(WholeRequest(GetParams("/echo?x=1")));
  bool ended = false;
  const std::string out = Output(client.Receive(), 1, &ended);
  EXPECT_TRUE(ended);
  EXPECT_TRUE(out.starts_with("Status: 200 OK\r\n"));
  EXPECT_TRUE(Has(out, "\nquery=x=1\n"));
  EXPECT_FALSE(client.timed_out);
}

TEST_F(Server, BindsItsSocketForOwnerAndGroupOnly) {
  Start();
  struct stat found;
  ASSERT_EQ(stat(socket_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 07777, 0660u);
}

TEST_F(Server, ClosesAConnectionThatThePeerWantsKept) {
  Start();
  Client client(socket_);
  client.Send(WholeRequest(GetParams("/echo"), "", true));
  EXPECT_TRUE(Has(Output(client.Receive()), "Status: 200"));
  EXPECT_FALSE(client.timed_out);
  EXPECT_TRUE(Answers());
}

TEST_F(Server, ReadsBodiesWithAndWithoutALength) {
  Start();
  const std::string body(300000, 'b');
  for (const bool with_length : {true, false}) {
    Params params = {{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/echo"}};
    if (with_length) params["CONTENT_LENGTH"] = std::to_string(body.size());
    Client client(socket_);
    client.Send(WholeRequest(params, body));
    EXPECT_TRUE(Has(Output(client.Receive()), "\nbody=300000 ")) << with_length;
  }
}

TEST_F(Server, RefusesABodyShorterThanItsLength) {
  Start();
  Client client(socket_);
  client.Send(WholeRequest(
      {{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/echo"}, {"CONTENT_LENGTH", "9"}}, "abc"));
  EXPECT_TRUE(Has(Output(client.Receive()), "Status: 400"));
}

TEST_F(Server, AnswersABodyOverItsCapAndDropsIt) {
  Start();
  Client client(socket_);
  client.Send(WholeRequest({{"REQUEST_METHOD", "POST"}, {"REQUEST_URI", "/echo/small"}},
                           std::string(3000000, 'b')));
  EXPECT_TRUE(Has(Output(client.Receive()), "Status: 413"));
}

TEST_F(Server, SendsLargeAnswersWhole) {
  Start();
  const std::string out = Ask(socket_, "/large?bytes=3000000");
  EXPECT_GT(out.size(), 3000000u);
  EXPECT_TRUE(Has(out, "Content-Length: 3000000\r\n"));
}

TEST_F(Server, OutlivesEveryKindOfBrokenPeer) {
  Start({"--stall", "1"});
  const pid_t pid = PidIn(Ask(socket_, "/echo"));
  const std::string get = EncodeParams(GetParams("/echo"));
  std::string endless;  // a parameter that claims two gigabytes
  endless += std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8) + "REQUEST_METHOD";
  const std::vector<std::string> broken = {
      "",
      "GET / HTTP/1.1\r\n\r\n",
      std::string(5, '\0'),
      std::string(100000, '\xFF'),
      Record(kBegin, std::string(8, '\0'), 1, 9),                           // unknown version
      Record(kBegin, std::string("\0\7\0\0\0\0\0\0", 8)),                   // unknown role
      Record(kBegin, "abc"),                                                // short begin
      Record(kParams, get),                                                 // no begin
      Begin() + Record(99, "what"),                                         // unknown type
      Begin() + Record(kParams, get),                                       // parameters never end
      Begin() + Stream(kParams, endless),                                   // impossible lengths
      Begin() + Stream(kParams, get.substr(0, get.size() - 3)),             // cut within a value
      Begin() + Begin(2) + Record(kParams, get, 2) + Stream(kParams, get),  // interleaved
      Begin() + Record(kAbort, ""),
      Begin() + Stream(kParams, get) + Record(kAbort, ""),
      Begin() + Record(kParams, get).substr(0, 20),  // cut record
  };
  for (std::size_t i = 0; i < broken.size(); ++i) {
    {
      Client client(socket_);
      client.Send(broken[i]);
      client.HalfClose();
      client.Receive(5);
      EXPECT_FALSE(client.timed_out) << "case " << i;
    }
    EXPECT_TRUE(Answers()) << "case " << i;
  }
  EXPECT_EQ(PidIn(Ask(socket_, "/echo")), pid) << "a process died of it: " << Slurp(dir_ + "/log");
}

TEST_F(Server, AnswersTheFirstOfTwoInterleavedRequests) {
  Start();
  Client client(socket_);
  const std::string params = EncodeParams(GetParams("/echo"));
  client.Send(Begin(1) + Record(kParams, params.substr(0, 10), 1) + Begin(2) +
              Record(kParams, params, 2) + Record(kParams, params.substr(10), 1) +
              Record(kParams, "", 1) + Record(kStdin, "", 1));
  const std::string bytes = client.Receive();
  EXPECT_TRUE(Has(Output(bytes, 1), "Status: 200"));
  EXPECT_EQ(Output(bytes, 2), "");
}

TEST_F(Server, DropsPeersThatStall) {
  Start({"--stall", "1"});
  const std::string params = EncodeParams(GetParams("/echo"));
  for (const std::string& beginning :
       {Begin().substr(0, 3), Begin() + Record(kParams, params),
        Begin() + Stream(kParams, EncodeParams({{"REQUEST_METHOD", "POST"},
                                                {"REQUEST_URI", "/echo"},
                                                {"CONTENT_LENGTH", "100"}}))}) {
    Client stalled(socket_);
    stalled.Send(beginning);
    EXPECT_TRUE(Has(Ask(socket_, "/echo", 8), "Status: 200"));
  }
  // A reader who never takes the answer.
  Client deaf(socket_);
  deaf.Send(WholeRequest(GetParams("/large?bytes=20000000")));
  EXPECT_TRUE(Has(Ask(socket_, "/echo", 8), "Status: 200"));
}

TEST_F(Server, FinishesASlowRequestAndTheQueueBeforeItStops) {
  Start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<Client>(socket_));
    clients.back()->Send(WholeRequest(GetParams(i == 0 ? "/slow?ms=700" : "/echo")));
  }
  kill(master_, SIGTERM);
  for (auto& client : clients) {
    bool ended = false;
    EXPECT_TRUE(Has(Output(client->Receive(), 1, &ended), "Status: 200"));
    EXPECT_TRUE(ended);
  }
  EXPECT_EQ(Ended(), 0);
  EXPECT_FALSE(std::filesystem::exists(socket_));
}

TEST_F(Server, StartsAnotherProcessForOneThatWasKilled) {
  Start();
  const pid_t pid = PidIn(Ask(socket_, "/echo"));
  ASSERT_GT(pid, 0);
  kill(pid, SIGKILL);
  EXPECT_TRUE(Until([&] {
    const pid_t other = PidIn(Ask(socket_, "/echo"));
    return other > 0 && other != pid;
  }));
}

TEST_F(Server, SurvivesAHandlerThatAborts) {
  Start({"--workers", "2"});
  EXPECT_EQ(Ask(socket_, "/crash"), "");
  EXPECT_TRUE(Until([&] { return Answers(); }));
}

TEST_F(Server, TurnsWhateverAHandlerThrowsIntoAPage) {
  Start();
  const std::string out = Ask(socket_, "/fails");
  EXPECT_TRUE(Has(out, "Status: 500"));
  EXPECT_TRUE(Has(out, "Reference "));
  EXPECT_TRUE(Has(Ask(socket_, "/gone"), "Status: 410 Gone"));
}

TEST_F(Server, ChildrenDoNotOutliveAKilledMaster) {
  Start({"--worker", dir_ + "/worker"});
  const pid_t pid = PidIn(Ask(socket_, "/echo"));
  ASSERT_TRUE(Until([&] { return Has(Slurp(dir_ + "/worker"), "\n"); }));
  const pid_t worker = std::stoi(Slurp(dir_ + "/worker").substr(7));
  kill(master_, SIGKILL);
  waitpid(master_, nullptr, 0);
  master_ = 0;
  EXPECT_TRUE(Until([&] { return !IsAlive(pid) && !IsAlive(worker); }));
  Start();  // on the socket file that was left behind
}

TEST_F(Server, ReplacesItsProcessesOnHangup) {
  for (const bool reexec : {false, true}) {
    std::vector<std::string> more = {"--workers", "2"};
    if (reexec) more.insert(more.end(), {"--reexec", DAYBOOK_ECHO_APP});
    Start(more);
    std::set<pid_t> before;
    ASSERT_TRUE(
        Until([&] { return before.insert(PidIn(Ask(socket_, "/echo"))), before.size() == 2; }));
    Client slow(socket_);
    slow.Send(WholeRequest(GetParams("/slow?ms=600")));
    kill(master_, SIGHUP);
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(Answers()) << "a request was lost, " << reexec;
    EXPECT_TRUE(Has(Output(slow.Receive()), "slow"));
    EXPECT_TRUE(Until([&] {
      for (const pid_t pid : before)
        if (IsAlive(pid)) return false;
      return true;
    }));
    EXPECT_EQ(before.count(PidIn(Ask(socket_, "/echo"))), 0u);
    kill(master_, SIGTERM);
    EXPECT_EQ(Ended(), 0);
  }
}

TEST_F(Server, StartsTheWorkerAgain) {
  Start({"--worker", dir_ + "/worker"});
  ASSERT_TRUE(Until([&] { return Has(Slurp(dir_ + "/worker"), "\n"); }));
  kill(std::stoi(Slurp(dir_ + "/worker").substr(7)), SIGKILL);
  EXPECT_TRUE(Until([&] {
    const std::string lines = Slurp(dir_ + "/worker");
    return std::count(lines.begin(), lines.end(), '\n') == 2;
  }));
}

TEST_F(Server, RunsHooksInEachProcess) {
  Start({"--workers", "2", "--start", dir_ + "/start", "--idle", dir_ + "/idle"});
  EXPECT_TRUE(Until([&] {
    const std::string lines = Slurp(dir_ + "/start");
    return std::count(lines.begin(), lines.end(), '\n') == 2;
  }));
  EXPECT_TRUE(Until([&] { return Has(Slurp(dir_ + "/idle"), "idle"); }));
  EXPECT_TRUE(Has(Ask(socket_, "/after?file=" + dir_ + "/after"), "first"));
  EXPECT_TRUE(Until([&] { return Has(Slurp(dir_ + "/after"), "after"); }));
}

TEST_F(Server, LeavesASocketThatSomebodyAnswersOn) {
  Start();
  const pid_t second = Spawn({"--socket", socket_});
  int status = 0;
  waitpid(second, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_TRUE(Answers());
}

TEST_F(Server, LeavesAFileThatIsNoSocket) {
  std::ofstream(socket_) << "precious";
  const pid_t pid = Spawn({"--socket", socket_});
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_EQ(Slurp(socket_), "precious");
}

TEST_F(Server, ServesAnInheritedSocketWithoutAMaster) {
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  socket_.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(fd, 10), 0);
  master_ = fork();
  if (master_ == 0) {
    dup2(fd, 0);
    execl(DAYBOOK_ECHO_APP, DAYBOOK_ECHO_APP, nullptr);
    _exit(9);
  }
  close(fd);
  EXPECT_EQ(PidIn(Ask(socket_, "/echo")), master_);
  kill(master_, SIGTERM);
  EXPECT_EQ(Ended(), 0);
}

// Runs the program as a CGI server does.
std::string RunCgi(std::vector<std::string> env, const std::string& body, const std::string& dir) {
  std::ofstream(dir + "/in", std::ios::binary) << body;
  const pid_t pid = fork();
  if (pid == 0) {
    std::vector<char*> variables;
    env.push_back("GATEWAY_INTERFACE=CGI/1.1");
    for (auto& item : env) variables.push_back(item.data());
    variables.push_back(nullptr);
    dup2(open((dir + "/in").c_str(), O_RDONLY), 0);
    dup2(open((dir + "/out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
    char* const argv[] = {const_cast<char*>(DAYBOOK_ECHO_APP), nullptr};
    execve(argv[0], argv, variables.data());
    _exit(9);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_EQ(status, 0);
  return Slurp(dir + "/out");
}

TEST_F(Server, AnswersOneCgiRequest) {
  const std::string out = RunCgi({"REQUEST_METHOD=POST", "REQUEST_URI=/b/x.cgi/echo",
                                  "SCRIPT_NAME=/b/x.cgi", "CONTENT_LENGTH=5"},
                                 "hello and more", dir_);
  EXPECT_TRUE(out.starts_with("Status: 200 OK\r\n"));
  EXPECT_TRUE(Has(out, "\nprefix=/b/x.cgi\n"));
  EXPECT_TRUE(Has(out, "\nbody=5 "));
  EXPECT_TRUE(
      Has(RunCgi({"REQUEST_METHOD=POST", "REQUEST_URI=/echo"}, "hello", dir_), "\nbody=5 "));
  EXPECT_TRUE(Has(RunCgi({"REQUEST_METHOD=GET", "REQUEST_URI=/nothing"}, "", dir_), "Status: 404"));
}

TEST_F(Server, RunsWhatComesAfterACgiReplyInAChildOfItsOwn) {
  RunCgi({"REQUEST_METHOD=GET", "REQUEST_URI=/after?file=" + dir_ + "/after"}, "", dir_);
  EXPECT_TRUE(Until([&] { return Has(Slurp(dir_ + "/after"), "after"); }));
}

}  // namespace
}  // namespace daybook::fcgi::testing
