#!/usr/bin/env python3
"""What goes wrong while somebody comments: whatever the answer, all that was typed stands on its page, byte for byte. Behind
nginx with FastCGI and as CGI behind Apache."""
import fcntl
import hashlib
import hmac
import http.client
import pathlib
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import unittest
import urllib.parse

from comment_test import SAME, Reader, fields_of
from journal_site import Client, JournalSite, entry, until

ENTRIES = [entry(name, f"About {name}", f"2019-03-{day:02}T10:00:00+00:00")
           for day, name in enumerate(("open", "hidden", "gone", "moved", "other"), 4)]
OPEN, HIDDEN, GONE, MOVED = "/2019/3/4/open", "/2019/3/5/hidden", "/2019/3/6/gone", "/2019/3/7/moved"
# As a browser sends it (line ends of two bytes), and as it stands in the page afterwards.
TYPED = {"author": "Ann \"Quote\" O'Neil & <b>Söhne</b>", "email": "ann+x@example.org", "url": "example.com/?a=1&b=\"2\"",
         "post": "\r\n\r\n  First after two empty lines\t|\r\n</textarea><script>alert(1)</script>\r\n&amp; &#10; \u00a0\u2028 \U0001f600\r\n\r\n\r\nend  \r\n"}
SHOWN = {name: value.replace("\r\n", "\n") for name, value in TYPED.items()}
FORM = "application/x-www-form-urlencoded"


class Faults:
    """The tests; the two classes below say behind which server."""

    server, mode, prefix = "nginx", "fastcgi", ""

    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(entries=ENTRIES, server=cls.server, mode=cls.mode, prefix=cls.prefix)
        cls.addClassCleanup(cls.site.stop)
        cls.site.set("rates", "off")
        cls.site.set("comments.hold", "none")

    def setUp(self):
        self.reader = Reader(self.site)

    def database(self):
        return sqlite3.connect(f"file:{self.site.home}/private/journal.db", uri=True, timeout=10)

    def count(self):
        with self.database() as database:
            return database.execute("select count(*) from comment").fetchone()[0]

    def stored(self):
        """What people wrote, shown or held."""
        with self.database() as database:
            return [body for body, in database.execute("select body from comment")]

    def signed(self, place=OPEN, **typed):
        """Where the form of an entry goes, and its fields after a preview, with what a browser would send."""
        answer = self.reader.get(self.prefix + place + ".html")
        self.assertEqual(answer.status, 200, self.site.logs())
        address, fields = fields_of(answer.page)
        shown = self.reader.send(address, fields | TYPED | typed | {"action": "preview"})
        self.assertEqual(shown.status, 200)
        return address, fields_of(shown.page)[1] | TYPED | typed | {"action": "create"}

    def assert_kept(self, answer, status, said="", shown=SHOWN):
        self.assertEqual(answer.status, status)
        self.assertIn("no-store", answer["Cache-Control"])
        self.assertIn(said, answer.page.one("main").words)
        _, fields = fields_of(answer.page)
        for name, value in shown.items():
            self.assertEqual(fields[name], value, name)

    # --- refusals

    def test_errors_of_fields(self):
        address, fields = self.signed()
        for wrong in ({"author": "\u200b"}, {"email": "ann@@example"}, {"url": "ftp://x"}, {"author": "n" * 51}):
            answer = self.reader.send(address, fields | wrong)
            self.assert_kept(answer, 422, shown=SHOWN | wrong)
            self.assertTrue(answer.page.one("title").words.startswith("Error:"))

    def test_foreign_and_forged_forms(self):
        address, fields = self.signed()
        foreign = Reader(self.site, {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
        self.assert_kept(foreign.send(address, fields), 403, "sent from another website")
        self.assert_kept(self.reader.send(address, fields | {"signature": "s.1.2.3"}), 403, "changed on its way")

    def test_no_origin_a_null_origin_and_an_old_signature_lead_to_the_preview(self):
        address, fields = self.signed()
        for headers in ({}, {"Origin": "null"}):
            self.assert_kept(Reader(self.site, headers).send(address, fields), 200, "Check your comment.")
        with self.database() as database:
            secret, number = database.execute(
                "select value, (select id from entry where slug = 'open') from secret where name = 'forms'").fetchone()
        stamp = f"s.{int(time.time()) - 86500}.0123456789abcdef"
        secret = secret.encode() if isinstance(secret, str) else secret
        mac = hmac.new(secret, b"form\0" + f"{number}.{stamp}".encode(), hashlib.sha512).hexdigest()[:32]
        answer = self.reader.send(address, fields | {"signature": f"{stamp}.{mac}"})
        self.assert_kept(answer, 200, "Check your comment.")
        self.assertEqual(self.reader.send(address, fields_of(answer.page)[1] | {"action": "create"}).status, 303)

    def test_too_long_a_text(self):
        address, fields = self.signed()
        long = "é" * 40_000 + "\n end"
        self.assert_kept(self.reader.send(address, fields | {"post": long}), 413, "80,005 bytes; at most 65,536",
                         SHOWN | {"post": long})

    def test_a_megabyte_of_text_comes_back_whole(self):
        address, fields = self.signed()
        long = "é<&\"\r\n" * (1024 * 1024 // 7)
        self.assert_kept(self.reader.send(address, fields | {"post": long}), 413, "bytes; at most 65,536",
                         SHOWN | {"post": long.replace("\r\n", "\n")})
        title = "ö" * 500_000
        answer = self.reader.send(self.prefix + OPEN + "/respond", {"title": title, "url": "https://example.org/a", "excerpt": "é" * 9000})
        self.assertIn(answer.status, (413, 422))
        self.assertEqual(next(e["value"] for e in answer.page.all("input") if e.get("name") == "title"), title)

    def test_a_body_beyond_the_cap_shows_what_arrived_and_says_that_it_is_not_all(self):
        address, fields = self.signed()
        answer = self.reader.send(address, fields | {"post": "y" * 4_900_000})
        self.assert_kept(answer, 413, "below is only the part that arrived", {n: SHOWN[n] for n in ("author", "email", "url")})
        self.assertGreater(len(fields_of(answer.page)[1]["post"]), 4_000_000)

    def test_too_many_from_one_network(self):
        address, fields = self.signed()
        self.site.set("rates", "on")
        try:
            for number in range(40):
                answer = self.reader.send(address, fields | {"post": TYPED["post"] + str(number)})
                if answer.status != 303:
                    break
            self.assert_kept(answer, 429, "Press Create Post again after", SHOWN | {"post": SHOWN["post"] + str(number)})
            self.assertGreater(int(answer["Retry-After"]), 0)
        finally:
            self.site.set("rates", "off")
            with self.database() as database:
                database.execute("delete from rate")

    # --- what happened meanwhile

    def change(self, sql, *values):
        with self.database() as database:
            database.execute(sql, values)
            database.execute("update state set rev = rev + 1")

    def test_closed_hidden_and_erased_entries(self):
        address, fields = self.signed()
        self.site.set("comments", "closed")
        try:
            self.assert_kept(self.reader.send(address, fields), 403, "Comments closed while you were writing.")
        finally:
            self.site.set("comments", "open")
        address, fields = self.signed(HIDDEN)
        self.change("update entry set status = 0 where slug = 'hidden'")
        self.assert_kept(self.reader.send(address, fields), 404, "taken down while you were writing")
        address, fields = self.signed(GONE)
        self.change("delete from entry where slug = 'gone'")
        self.assert_kept(self.reader.send(address, fields), 404, "taken down while you were writing")
        self.assert_kept(self.reader.send(address, fields | {"signature": ""}), 404, "taken down while you were writing")

    def test_an_entry_that_moved_takes_it(self):
        address, fields = self.signed(MOVED)
        self.change("insert into redirect (path, entry_id, status) select path, id, 301 from entry where slug = 'moved'")
        self.change("update entry set slug = 'away', path = '/2019/3/7/away.html' where slug = 'moved'")
        self.assertEqual(self.reader.send(address, fields | {"post": "To where it is now"}).status, 303)
        self.assertIn("To where it is now", self.stored())

    def test_a_locked_journal(self):
        address, fields = self.signed()
        with open(self.site.home / "private/journal.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            answer = self.reader.send(address, fields | {"post": TYPED["post"] + "locked"})
        self.assert_kept(answer, 503, "Press Create Post again in 5 seconds.", SHOWN | {"post": SHOWN["post"] + "locked"})
        self.assertEqual(answer["Retry-After"], "5")
        # And the form on that page posts.
        address, fields = fields_of(answer.page)
        self.assertEqual(self.reader.send(address, fields | {"action": "create"}).status, 303)

    def test_readers_do_not_wait_behind_a_locked_journal(self):
        if self.mode == "cgi":
            self.skipTest("each has a process of its own")
        forms = [self.signed() for _ in range(4)]
        waits, answers = [], []

        def post(number):
            address, fields = forms[number]
            begun = time.monotonic()
            answer = Reader(Client(self.site.port)).send(address, fields | {"post": TYPED["post"] + str(number)})
            answers.append((time.monotonic() - begun, number, answer))
        with open(self.site.home / "private/journal.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            posters = [threading.Thread(target=post, args=(number,)) for number in range(4)]
            posters[0].start()
            until(lambda: (self.site.home / "private/journal.queue").stat().st_size, "somebody who waits for long")
            for poster in posters[1:]:
                poster.start()
            while any(poster.is_alive() for poster in posters):
                begun = time.monotonic()
                self.assertEqual(self.reader.get(self.prefix + OPEN + ".html").status, 200)
                waits.append(time.monotonic() - begun)
                posters[0].join(0.1)
        self.assertLess(max(waits), 1)
        self.assertEqual(len(answers), 4)
        for seconds, number, answer in answers:
            self.assert_kept(answer, 503, "Press Create Post again in 5 seconds.", SHOWN | {"post": SHOWN["post"] + str(number)})
            self.assertLess(seconds, 2 if number else 12)

    def test_another_program_keeps_the_database(self):
        address, fields = self.signed()
        database = sqlite3.connect(f"file:{self.site.home}/private/journal.db", uri=True, isolation_level=None)
        database.execute("begin immediate")
        try:
            answer = self.reader.send(address, fields | {"post": TYPED["post"] + "busy"})
        finally:
            database.execute("rollback")
            database.close()
        self.assert_kept(answer, 503, "Press Create Post again in 5 seconds.", SHOWN | {"post": SHOWN["post"] + "busy"})

    # --- bodies that no form sends

    def ask(self, address, body, kind=FORM, **headers):
        return self.site.ask("POST", address, SAME | {"Content-Type": kind} | headers, body)

    def test_bytes_that_are_no_text_are_refused_with_what_could_be_read(self):
        address, fields = self.signed()
        before = self.count()
        for bad, shown in ((b"caf%E9 noir", "caf\ufffd noir"), (b"a%00b", "a\ufffdb"), (b"%ED%A0%80", "\ufffd")):
            body = urllib.parse.urlencode({n: v for n, v in fields.items() if n != "post"}).encode() + b"&post=" + bad
            answer = self.ask(address, body)
            self.assertEqual(answer.status, 400, bad)
            kept = fields_of(answer.page)[1]
            self.assertTrue(kept["post"].startswith(shown[:3]), kept["post"])
            self.assertIn("\ufffd", kept["post"])
            self.assertEqual(kept["author"], SHOWN["author"])
        self.assertEqual(self.count(), before)

    def test_other_kinds_of_bodies(self):
        address, fields = self.signed()
        before = self.count()
        body = urllib.parse.urlencode(fields).encode()
        for kind in ("application/json", "text/plain", "", "application/x-www-form-urlencodedx", "multipart/mixed; boundary=b"):
            self.assertEqual(self.ask(address, body, kind).status, 415, kind)
        for kind, broken in (("multipart/form-data", body), ("multipart/form-data; boundary=b", b"--c\r\n\r\n--c--"),
                             ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=\"post\"\r\n\r\ncut")):
            self.assertEqual(self.ask(address, broken, kind).status, 400, broken[:20])
        self.assertEqual(self.ask(address, b"&".join(b"a=b" for _ in range(600))).status, 400)
        self.assertEqual(self.ask(address, b"").status, 422)
        self.assertEqual(self.count(), before)

    def test_a_form_in_parts_with_files_among_them_is_a_form(self):
        address, fields = self.signed(post="In parts\r\nof a body")
        parts = b"".join(f"--b\r\nContent-Disposition: form-data; name=\"{n}\"\r\n\r\n{v}\r\n".encode() for n, v in fields.items())
        parts += b"--b\r\nContent-Disposition: form-data; name=\"post\"; filename=\"x.exe\"\r\nContent-Type: a/b\r\n\r\n\0\xff\r\n--b--\r\n"
        self.assertEqual(self.ask(address, parts, "multipart/form-data; boundary=b").status, 303)
        self.assertIn("In parts\nof a body", self.stored())

    def test_of_a_field_that_comes_twice_the_first_counts(self):
        address, fields = self.signed(post="The first of two")
        body = urllib.parse.urlencode(fields).encode() + b"&post=The+second&author=Other"
        self.assertEqual(self.ask(address, body).status, 303)
        self.assertIn("The first of two", self.stored())
        self.assertNotIn("The second", self.stored())

    def test_a_body_in_chunks_and_one_that_asks_first(self):
        for number, headers in enumerate(({"Transfer-Encoding": "chunked"}, {"Expect": "100-continue"})):
            address, fields = self.signed(post=f"Sent in another way {number}")
            body = urllib.parse.urlencode(fields).encode()
            connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
            if number == 0:
                connection.request("POST", address, iter([body[:50], body[50:51], body[51:]]), SAME | {"Content-Type": FORM} | headers,
                                   encode_chunked=True)
            else:
                connection.request("POST", address, body, SAME | {"Content-Type": FORM} | headers)
            self.assertEqual(connection.getresponse().status, 303, headers)
            connection.close()
            self.assertIn(f"Sent in another way {number}", self.stored())

    def test_a_body_that_breaks_off_stores_nothing(self):
        address, fields = self.signed(post="Half of it")
        before = self.count()
        body = urllib.parse.urlencode(fields).encode()
        for length in (len(body) + 500, 10 ** 12):
            with socket.create_connection(("127.0.0.1", self.site.port), timeout=30) as peer:
                peer.sendall((f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.site.port}\r\nSec-Fetch-Site: same-origin\r\n"
                              f"Content-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n").encode() + body)
                peer.shutdown(socket.SHUT_WR)
                peer.settimeout(30)
                try:
                    answer = peer.recv(100)
                except OSError:
                    answer = b""
                self.assertNotIn(b" 303 ", answer)
                self.assertNotIn(b" 500 ", answer)
        self.assertEqual(self.count(), before)
        self.assertEqual(self.reader.send(address, fields).status, 303)

    def test_reading_never_acts(self):
        before = self.count()
        address, fields = self.signed()
        for path in (address, self.prefix + OPEN + "/comment"):
            self.assertIn(self.site.ask("GET", path + "?" + urllib.parse.urlencode(fields | {"post": "x"}), SAME).status, (200, 303))
        self.assertEqual(self.count(), before)


class BehindNginx(Faults, unittest.TestCase):
    def test_a_full_disk(self):
        address, fields = self.signed()
        workers = [pid for pid in children(self.site.server.processes) if comm(pid) == "daybook"]  # not daybook-work, which ends by itself
        tracers = [subprocess.Popen(["strace", "-qq", "-o", "/dev/null", "-p", str(pid), "-e", "trace=pwrite64",
                                     "-e", "inject=pwrite64:error=ENOSPC"], stderr=subprocess.DEVNULL) for pid in workers]
        try:
            until(lambda: all(traced(pid) for pid in workers), "strace")
            answer = self.reader.send(address, fields | {"post": TYPED["post"] + "full"})
        finally:
            for tracer in tracers:
                tracer.send_signal(signal.SIGINT)
                tracer.wait()
        self.assert_kept(answer, 507, "The disk is full here", SHOWN | {"post": SHOWN["post"] + "full"})
        self.assertEqual(self.reader.send(address, fields | {"post": TYPED["post"] + "full"}).status, 303)

    def test_a_change_of_the_own_comment_is_kept_too(self):
        foreign = Reader(self.site, {"Sec-Fetch-Site": "cross-site"})
        for who, number, status in ((foreign, 1, 403), (self.reader, 1, 403), (self.reader, 999, 403)):
            answer = who.send(f"/comment/edit/{number}", {"post": TYPED["post"], "action": "save"})
            self.assertEqual(answer.status, status)
            self.assertEqual(answer.page.one("textarea").text.removeprefix("\n"), SHOWN["post"])


class AsCgiBehindApache(Faults, unittest.TestCase):
    server, mode, prefix = "apache", "cgi", "/blog"


def comm(pid):
    return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()


def traced(pid):
    return "TracerPid:\t0\n" not in pathlib.Path(f"/proc/{pid}/status").read_text()


def children(processes):
    found, new = [], [process.pid for process in processes]
    while new:
        pid = new.pop()
        found.append(pid)
        for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
            new += map(int, task.read_text().split())
    return found


if __name__ == "__main__":
    unittest.main()
