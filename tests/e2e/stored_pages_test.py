#!/usr/bin/env python3
"""Pages that lie ready as files: the web server hands them out without the program, with the program's headers, and
never an older one than the journal. The store's own steps and faults are in store_faults_test.py."""
import concurrent.futures
import os
import subprocess
import threading
import time
import unittest
from datetime import datetime, timedelta, timezone

from journal_site import PROGRAM, Client, JournalSite, entry, until

ENTRIES = [entry("first", "First", "2019-03-01T10:00:00+00:00"),
           entry("index", "Named like a folder's page", "2019-03-02T10:00:00+00:00"),
           entry("sealed", "Sealed", "2019-03-03T10:00:00+00:00", password="fusee"),
           entry("unfinished", "Unfinished", "2019-03-04T10:00:00+00:00", status="draft")]
FIRST = "/2019/3/1/first.html"
SAME = ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
        "Permissions-Policy", "Cross-Origin-Opener-Policy")


def from_file(answer):
    """The program names each of its answers; a file has no such name."""
    return answer["X-Request-Id"] is None


class Stored:
    prefix = ""

    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(server=cls.server, mode=cls.mode, prefix=cls.prefix, entries=ENTRIES, settings={"zone": "UTC"})
        cls.addClassCleanup(cls.site.stop)
        cls.live = cls.site.home / "public/live"

    def stored(self, path):
        return until(lambda: from_file(answer := self.site.get(path)) and answer, path + " to be a file")

    def test_a_page_becomes_a_file_that_says_the_same(self):
        for path in ("/", FIRST, "/archive", "/2019/3/", "/2019/3/1/first/print"):
            made = self.site.get(path, Cookie="x=1")
            if from_file(made):  # it was quick; then nothing is left to compare with
                made = self.site.ask("GET", self.prefix + path + "?fresh=1")
                self.assertFalse(from_file(made))
            kept = self.stored(path)
            self.assertEqual(kept.status, 200)
            self.assertEqual(kept.body.replace(b"?fresh=1", b""), made.body.replace(b"?fresh=1", b""), path)
            for name in SAME:
                self.assertEqual(kept[name], made[name], f"{path}: {name}")
            packed = self.site.get(path, Accept_Encoding="gzip")
            self.assertTrue(from_file(packed))
            head = self.site.ask("HEAD", self.prefix + path)
            self.assertEqual((head.status, head.body, from_file(head)), (200, b"", True))
            again = self.site.get(path, If_None_Match=kept["ETag"])
            self.assertEqual((again.status, again.body), (304, b""))

    def test_a_file_is_gone_before_the_change_is_acknowledged(self):
        for number in range(3):
            self.stored("/")
            self.stored(FIRST)
            self.site.set("title", f"Name {number}")
            for path in ("/", FIRST):
                self.assertIn(f"Name {number}", self.site.get(path).text)

    def test_a_reader_with_the_programs_mark_is_told_that_it_is_still_good(self):
        self.stored("/")
        mark = self.site.ask("GET", self.prefix + "/?fresh=1")["ETag"]
        self.stored("/")
        self.assertEqual(self.site.get("/", If_None_Match=mark).status, 304)
        self.site.set("title", "Another")
        self.assertEqual(self.site.get("/", If_None_Match=mark).status, 200)

    def test_what_is_not_for_everyone_is_never_a_file(self):
        self.stored("/")
        self.site.get("/2019/3/3/sealed.html")
        self.site.post("/2019/3/3/sealed/unlock", "password=fusee")
        self.site.get("/2019/3/4/unfinished.html")
        self.site.get("/search?q=first")
        for path in ("/nowhere", "/rss.xml", "/robots.txt", "/sitemap.xml"):
            self.site.get(path)
        self.stored(FIRST)
        files = {str(file.relative_to(self.live)) for file in self.live.rglob("*") if file.is_file()}
        for file in files:
            for word in ("sealed", "unfinished", "search", "nowhere", ".xml", ".txt"):
                self.assertNotIn(word, file)
        self.assertIn("index.html", files)

    def test_a_folders_page_has_one_address(self):
        day = self.stored("/2019/3/2/")
        self.stored("/2019/3/")
        self.assertNotEqual(self.site.get("/2019/3/index.html").status, 200)
        named = self.site.get("/2019/3/2/index.html")
        self.assertEqual(named.status, 200)
        self.assertIn("Named like a folder", named.page.one("h1").words)
        self.assertNotEqual(named.body, day.body)

    def test_an_address_with_a_query_and_a_form_reach_the_program(self):
        self.stored("/")
        self.assertFalse(from_file(self.site.ask("GET", self.prefix + "/?x=1")))
        self.assertFalse(from_file(self.site.post("/", "a=b")))


class UnderFire:
    """Readers and a writer at once; the writer pauses now and then, as the store opens only in a quiet moment."""

    def test_nothing_older_than_what_was_acknowledged_is_read_while_many_read(self):
        rounds = 12 if os.environ.get("DAYBOOK_LONG") else 2
        acknowledged, files, complaints, done = [0], [0], [], threading.Event()

        def read(paths):
            client = Client(self.site.port, self.prefix)
            while not done.is_set() and not complaints:
                for path in paths:
                    least = acknowledged[0]
                    answer = client.get(path)
                    seen = int(answer.text.partition("Edition ")[2].partition("<")[0] or -1)
                    files[0] += from_file(answer)
                    if answer.status != 200 or seen < least:
                        complaints.append(f"{answer.status}: edition {seen} after {least} was acknowledged")
            client.connection.close()

        def write():
            number = acknowledged[0] + 1
            self.site.set("title", f"Edition {number}")
            acknowledged[0] = number

        self.site.set("title", "Edition 0")
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            readers = [pool.submit(read, paths) for paths in (("/", FIRST), (FIRST, "/archive"), ("/",))]
            try:
                for _ in range(rounds):
                    until(lambda: complaints or self.live.exists(), "the store to open")
                    before = files[0]
                    until(lambda: complaints or files[0] > before + 20, "pages to be files")
                    for _ in range(4):
                        write()
            finally:
                done.set()
            for reader in readers:
                reader.result()
        self.assertEqual(complaints, [])


class Nginx(UnderFire, Stored, unittest.TestCase):
    server, mode = "nginx", "fastcgi"

    def test_a_scheduled_entry_appears_on_time_though_all_pages_are_files(self):
        due = (datetime.now(timezone.utc) + timedelta(seconds=5)).replace(microsecond=0)
        self.site.add(entries=[entry("due", "Just due", due.isoformat())])
        self.stored("/")  # the worker is there, so the store may open
        while datetime.now(timezone.utc) < due:
            self.assertNotIn("Just due", self.site.get("/").text)
            time.sleep(0.1)
        until(lambda: "Just due" in self.site.get("/").text, "the entry", seconds=3)


class NginxBlog(Stored, unittest.TestCase):
    server, mode, prefix = "nginx", "fastcgi", "/blog"


class NginxCgi(Stored, unittest.TestCase):
    server, mode = "nginx", "cgi"


class ApacheFastcgi(Stored, unittest.TestCase):
    server, mode = "apache", "fastcgi"


class ApacheCgiBlog(UnderFire, Stored, unittest.TestCase):
    server, mode, prefix = "apache", "cgi", "/blog"


class LighttpdFastcgiBlog(UnderFire, Stored, unittest.TestCase):
    server, mode, prefix = "lighttpd", "fastcgi", "/blog"


class LighttpdCgi(Stored, unittest.TestCase):
    server, mode = "lighttpd", "cgi"


class WithoutProgram(unittest.TestCase):
    def test_the_files_outlive_the_program(self):
        with JournalSite(entries=ENTRIES) as site:
            until(lambda: from_file(site.get("/")), "the page to be a file")
            site.server.processes[0].terminate()
            until(lambda: site.get("/search?q=x").status in (502, 503, 504), "the program to be gone")
            self.assertEqual(site.get("/").status, 200)


class CgiAlone(unittest.TestCase):
    """A server that starts the program for everything, without looking for files."""

    def setUp(self):
        self.site = JournalSite(mode="cgi", entries=ENTRIES, settings={"zone": "UTC"})
        self.addCleanup(self.site.stop)

    def run_cgi(self, path, **variables):
        run = subprocess.run([PROGRAM], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True, env={
            "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": path, "SCRIPT_NAME": "/daybook.cgi",
            "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(self.site.port), "QUERY_STRING": "",
            "HTTP_HOST": f"127.0.0.1:{self.site.port}", "REMOTE_ADDR": "127.0.0.1", "DAYBOOK_HOME": str(self.site.home),
            "DAYBOOK_PREFIX": "/"} | variables)
        head, _, body = run.stdout.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        return {name: value for name, _, value in (line.partition(": ") for line in lines)}, body

    def test_a_stored_page_is_answered_as_the_page_itself_was(self):
        made, body = self.run_cgi(FIRST)
        file = self.site.home / "public/live" / FIRST[1:]
        until(lambda: self.run_cgi(FIRST) and file.exists(), "the file")
        made.pop("X-Request-Id"), made.pop("Link")
        kept, kept_body = self.run_cgi(FIRST)
        kept.pop("X-Request-Id")
        self.assertEqual((kept, kept_body), (made, body))
        file.write_text("As it is in the file.")
        self.assertEqual(self.run_cgi(FIRST)[1], b"As it is in the file.")
        self.assertTrue(self.run_cgi(FIRST, HTTP_IF_NONE_MATCH=kept["ETag"])[0]["Status"].startswith("304"))
        other, _ = self.run_cgi("/blog" + FIRST, DAYBOOK_PREFIX="/blog/")
        self.assertIn("Link", other, "links of another prefix are not in that file")

    def test_another_configuration_needs_other_pages(self):
        file = self.site.home / "public/live" / FIRST[1:]
        until(lambda: self.run_cgi(FIRST) and file.exists(), "the file")
        (self.site.home / "private/daybook.conf").write_text("title = Configured\n")
        until(lambda: self.run_cgi("/archive") and not file.exists(), "the old pages to be shut away")
        self.assertIn(b"Configured", self.run_cgi(FIRST)[1])


if __name__ == "__main__":
    unittest.main()
