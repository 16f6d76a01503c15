#!/usr/bin/env python3
"""The program as a CGI program where something is wrong with the home, the variables or the descriptors.

A reader always gets a page that says so in plain words; the log says what to mend. No web server takes part: the
variables of RFC 3875 are set here. What servers make of them is in servers_test.py.
"""
import json
import os
import pathlib
import pwd
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import unittest
import zipfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build")) / "daybook"
# Root may do everything; permissions need somebody who may not.
USER = "www-data" if os.geteuid() == 0 else None
DOWN = "cannot be opened just now"


def pair_of(kind):
    """Two ends of a connection."""
    if kind == socket.AF_UNIX:
        return socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname())
        return ours, server.accept()[0]


class Answer:
    def __init__(self, process):
        self.code = process.returncode
        self.log = process.stderr.decode(errors="replace") if process.stderr else ""
        head, _, self.body = (process.stdout or b"").decode("utf-8", "replace").partition("\r\n\r\n")
        self.lines = head.split("\r\n")
        self.status = int(self.lines[0].split()[1]) if self.lines[0].startswith("Status: ") else 0

    def header(self, name):
        return next((line.split(": ", 1)[1] for line in self.lines if line.startswith(name + ": ")), None)


class CgiFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-cgi-"))
        cls.folder.chmod(0o755)
        cls.program = cls.folder / "daybook"
        shutil.copy2(PROGRAM, cls.program)
        cls.model = cls.folder / "model"
        subprocess.run([cls.program, "init", "--home", cls.model, "--title", "The model", "--url", "https://example.org",
                        "--owner", "Ann", "--email", "ann@example.org", "--password-stdin"],
                       input=b"correct horse battery\n", check=True, stdout=subprocess.DEVNULL)
        subprocess.run([PROGRAM, "import", "--home", cls.model, "--media", SOURCE / "scripts/demo/media",
                        SOURCE / "scripts/demo/journal.json"], check=True, stdout=subprocess.DEVNULL)

        subprocess.run([cls.program, "settings", "--home", cls.model, "set", "title", "The model"], check=True)

    @classmethod
    def tearDownClass(cls):
        subprocess.run(["chmod", "-R", "u+rwX", cls.folder], check=True)
        shutil.rmtree(cls.folder)

    def home(self):
        """A copy of the model that this test may spoil; it belongs to whom the program runs as."""
        copy = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "home"
        subprocess.run(["cp", "-a", self.model, copy], check=True)
        self.own(copy)
        return copy

    def own(self, home):
        home.parent.chmod(0o755)
        if USER:
            who = pwd.getpwnam(USER)
            subprocess.run(["chown", "-R", f"{who.pw_uid}:{who.pw_gid}", home], check=True)

    def ask(self, home, body=b"", stdout=subprocess.PIPE, shell=None, program=None, arguments=(), **variables):
        env = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/", "SCRIPT_NAME": "/daybook.cgi",
               "HTTP_HOST": "example.org", "SERVER_PROTOCOL": "HTTP/1.1", "QUERY_STRING": "", "DAYBOOK_HOME": str(home)}
        env |= variables
        env = {name: value for name, value in env.items() if value is not None}
        argv = [program or self.program, *arguments] if shell is None else ["/bin/sh", "-c", f'exec "$0" {shell}', self.program]
        who = {"user": USER, "group": USER, "extra_groups": []} if USER else {}
        return Answer(subprocess.run(argv, env=env, input=body, stdout=stdout, stderr=subprocess.PIPE, timeout=60, **who))

    def reads(self, home, title="The model"):
        answer = self.ask(home)
        self.assertEqual((answer.code, answer.status), (0, 200), answer.log)
        self.assertTrue(f"<title>{title}</title>" in answer.body, answer.body[:300])
        return answer

    def is_down(self, home, *words, **variables):
        """503 with a page that holds no detail; the log line under the page's reference has `words`."""
        answer = self.ask(home, **variables)
        self.assertEqual((answer.code, answer.status), (0, 503), answer.log)
        self.assertIsNotNone(answer.header("Retry-After"))
        self.assertEqual(answer.header("Cache-Control"), "private, no-store")
        self.assertIn(DOWN, answer.body)
        self.assertNotIn("<title></title>", answer.body)
        self.assertNotIn("SQLite", answer.body)
        self.assertNotIn(str(self.folder), answer.body)
        reference = re.search(r"under (\w{10})\.", answer.body).group(1)
        self.assertIn(reference, answer.log)
        for word in words:
            self.assertIn(word, answer.log)
        return answer

    # How it is started

    def test_a_connected_socket_as_standard_input_is_cgi(self):
        """As LiteSpeed starts programs: one socket for the body, which it leaves open, and for the answer. It listens to nobody."""
        home = self.home()
        env = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_URI": "/search", "SCRIPT_NAME": "/daybook.cgi", "HTTP_HOST": "example.org",
               "SERVER_PROTOCOL": "HTTP/1.1", "QUERY_STRING": "", "DAYBOOK_HOME": str(home), "DAYBOOK_PREFIX": "/"}
        who = {"user": USER, "group": USER, "extra_groups": []} if USER else {}
        for kind in (socket.AF_UNIX, socket.AF_INET):
            for method, body, status in (("GET", b"", b"200"), ("POST", b"q=tide", b"405")):
                ours, theirs = pair_of(kind)
                more = {"REQUEST_METHOD": method, "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
                with ours, subprocess.Popen([self.program], env=env | more, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, **who) as process:
                    theirs.close()
                    ours.settimeout(20)
                    ours.sendall(body)
                    got = b"".join(iter(lambda: ours.recv(65536), b""))
                    process.stderr.read()
                self.assertTrue(got.startswith(b"Status: " + status), got[:300])
                self.assertIn(b"</html>", got)

    # The journal while others use it

    def test_the_database_is_closed_before_the_fork_that_goes_on_after_the_reply(self):
        # SQLite would take the parent's locks for the child's own: seen as writes without a lock, and as readers who
        # waited for ten seconds.
        home = self.home()
        log = home / "calls"
        self.ask(home, program="/usr/bin/strace", arguments=["-f", "-o", log, "-e", "trace=openat,close,/fork|clone", self.program])
        opened, forked = {}, False
        lines = log.read_text().splitlines()
        parent = lines[0].split()[0]
        for line in lines:
            process, call = line.split(None, 1)
            if process != parent:
                continue
            if call.startswith("openat") and "journal.db" in call and "= -1" not in call:
                opened[call.rsplit(" ", 1)[1]] = call
            elif call.startswith("close("):
                opened.pop(call[len("close("):call.index(")")], None)
            elif "clone" in call or "fork" in call:
                forked = True
                self.assertEqual(opened, {})
        self.assertTrue(forked, "the first run keeps the sidebar after its reply")

    # The home

    def test_a_home_that_cannot_be_written_is_read(self):
        home = self.home()
        subprocess.run(["chmod", "-R", "a-w", home], check=True)
        self.reads(home)
        home = self.home()
        (home / "private/journal.db").chmod(0o400)
        self.reads(home)

    def test_a_log_that_was_not_written_back_is_read_too(self):
        home = self.home()
        db = sqlite3.connect(home / "private/journal.db")
        db.execute("pragma wal_autocheckpoint = 0")
        db.execute("update setting set value = 'Newer title' where name = 'title'")
        db.commit()
        copy = home.with_name("copy")
        shutil.copytree(home, copy)
        db.close()
        self.own(copy)
        subprocess.run(["chmod", "-R", "a-w", copy], check=True)
        self.reads(copy, "Newer title")
        subprocess.run(["chmod", "u+w", copy / "private"], check=True)
        (copy / "private/journal.db-shm").unlink()
        subprocess.run(["chmod", "u-w", copy / "private"], check=True)
        self.is_down(copy, "log that was not written back")

    def test_a_lock_that_cannot_be_opened_does_not_stop_reading(self):
        home = self.home()
        for name in ("journal.lock", "journal.queue"):
            (home / "private" / name).touch()
            (home / "private" / name).chmod(0)
        self.reads(home)

    def test_a_missing_journal_is_said_and_answers_again_once_it_is_there(self):
        home = self.home()
        away = home / "private/away.db"
        (home / "private/journal.db").rename(away)
        self.is_down(home, "daybook init")
        self.assertFalse((home / "private/journal.db").exists())
        away.rename(home / "private/journal.db")
        self.reads(home)
        self.is_down(self.folder / "none", "daybook init")
        self.is_down("", "DAYBOOK_HOME", DAYBOOK_HOME=None)

    def test_a_damaged_database_is_a_page(self):
        home = self.home()
        file = home / "private/journal.db"
        whole = file.read_bytes()
        file.write_bytes(b"x" * 8192)
        self.is_down(home, "not a database")
        file.write_bytes(b"")
        self.is_down(home, "is empty", "backups")
        for spoilt in (whole[:len(whole) // 2], whole[:5000], whole[:4096] + b"\xa5" * (len(whole) - 4096),
                       whole[:40960] + b"\x00" * (len(whole) - 40960)):
            file.write_bytes(spoilt)
            for path in ("/", "/archive", "/search?q=paper", "/rss.xml", "/sitemap.xml"):
                answer = self.ask(home, REQUEST_URI=path, QUERY_STRING=path.partition("?")[2])
                self.assertEqual(answer.code, 0, answer.log)
                self.assertIn(answer.status, (200, 500, 503), answer.log)
                if answer.status != 200:
                    self.assertNotIn("SQLite", answer.body)
                    self.assertIn("<h1>", answer.body)
                    self.assertIn("SQLite", answer.log)

    def test_the_doctor_names_the_way_back_from_damage_and_it_leads_back(self):
        home = self.home()
        file = home / "private/journal.db"
        spoil = lambda: file.write_bytes(file.read_bytes()[:4096] + b"\xa5" * 40960)
        examine = lambda: json.loads(subprocess.run([PROGRAM, "doctor", "--json", "--home", home], check=False,
                                                    stdout=subprocess.PIPE).stdout)
        mend = lambda: next(each["mend"] for each in examine() if each["name"] == "database" and each["state"] == "bad")
        whole = file.read_bytes()
        spoil()
        self.assertIn("no backup", mend())
        file.write_bytes(whole)
        subprocess.run([PROGRAM, "backup", "--home", home], check=True, stdout=subprocess.DEVNULL)
        spoil()
        command = re.search(r"daybook (restore --home '[^']+' '[^']+')\.", mend()).group(1)
        subprocess.run([PROGRAM, *shlex.split(command)], check=True, stdout=subprocess.DEVNULL)
        self.assertEqual([each["state"] for each in examine() if each["name"] == "database"], ["good"])
        # without a shell: as the same line says
        spoil()
        backup = re.search(r"'([^']+\.zip)'", mend()).group(1)
        with zipfile.ZipFile(backup) as zipped:
            file.write_bytes(zipped.read("journal.db"))
        for rest in ("-wal", "-shm"):
            file.with_name("journal.db" + rest).unlink(missing_ok=True)
        self.assertEqual([each["state"] for each in examine() if each["name"] == "database"], ["good"])

    def test_a_schema_of_another_edition_is_left_alone(self):
        for version, words in ((99, "newer Daybook"), (0, "is empty")):
            home = self.home()
            db = sqlite3.connect(home / "private/journal.db")
            db.execute(f"pragma user_version = {version}")
            db.close()
            self.own(home)
            self.is_down(home, words)

    def test_settings_that_cannot_be_read_are_said(self):
        home = self.home()
        (home / "private/daybook.conf").write_text("titel = x\n")
        self.is_down(home, "line 1", "title")
        home = self.home()
        (home / "private").chmod(0)
        self.is_down(home)

    # The variables

    def test_every_script_name_is_survived(self):
        for name in (None, "", "/", "//", "daybook.cgi", "/../..", "/%zz", "/\udcff", "\n", "/a b/daybook.cgi", "x" * 70000):
            answer = self.ask(self.model_home, SCRIPT_NAME=name)
            self.assertEqual((answer.code, answer.status), (0, 200), repr(name)[:40] + answer.log)

    def test_without_the_address_its_parts_are_used(self):
        answer = self.ask(self.model_home, REQUEST_URI=None, PATH_INFO="/archive")
        self.assertEqual(answer.status, 200)
        self.assertIn("/daybook.cgi/archive", answer.body)
        answer = self.ask(self.model_home, REQUEST_URI=None)
        self.assertEqual((answer.status, answer.header("Location")), (308, "/daybook.cgi/"))
        for path in (None, "", "/", "/archive"):
            answer = self.ask(self.model_home, REQUEST_URI=None, PATH_INFO=path, DAYBOOK_PREFIX="/")
            self.assertEqual(answer.status, 200, path)

    def test_what_is_no_request_is_refused_with_a_page(self):
        for length in ("-1", "9" * 20, "5", " 5", "0x3", "1e3", "three"):
            answer = self.ask(self.model_home, b"a=b", REQUEST_METHOD="POST", REQUEST_URI="/subscribe", CONTENT_LENGTH=length)
            self.assertEqual((answer.code, answer.status), (0, 400), length)
            self.assertIn("<h1>", answer.body)
        for length in ("1", "", None):
            answer = self.ask(self.model_home, b"a=bcdef", REQUEST_METHOD="POST", REQUEST_URI="/subscribe", CONTENT_LENGTH=length)
            self.assertEqual((answer.code, answer.status), (0, 200), length)
        for method in ("", "BREW", "get", "A" * 5000):
            self.assertEqual(self.ask(self.model_home, REQUEST_METHOD=method).status, 501, method[:10])
        answer = self.ask(self.model_home, SERVER_PROTOCOL=None, HTTP_HOST=None, QUERY_STRING=None)
        self.assertEqual(answer.status, 200)

    # The descriptors

    def test_a_reader_who_left_is_no_crash(self):
        reading, writing = os.pipe()
        os.close(reading)
        self.assertEqual(self.ask(self.model_home, stdout=writing).code, 1)
        os.close(writing)
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.ask(self.model_home, stdout=full).code, 1)

    def test_closed_descriptors_are_survived(self):
        self.assertEqual(self.ask(self.model_home, shell=">&-").code, 1)
        for shell in ("2>&-", "<&-", "<&- 2>&-"):
            answer = self.ask(self.model_home, shell=shell)
            self.assertEqual((answer.code, answer.status), (0, 200), shell)
        answer = self.ask(self.model_home, shell="<&-", REQUEST_METHOD="POST", CONTENT_LENGTH="5")
        self.assertEqual((answer.code, answer.status), (0, 400))

    @property
    def model_home(self):
        if not hasattr(CgiFaults, "kept"):
            CgiFaults.kept = self.home()
        return CgiFaults.kept


if __name__ == "__main__":
    unittest.main()
