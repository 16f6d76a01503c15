#!/usr/bin/env python3
"""kill -9 at any instant while people post: what was acknowledged is there, nothing is there twice, and the same form sent
again gives the same receipt. Of a worker process, of the master, of everything at once, and of CGI processes behind Apache.
DAYBOOK_LONG=1 goes on for a minute each."""
import contextlib
import http.client
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import threading
import time
import unittest
import urllib.parse

from journal_site import Answer, Client, JournalSite, entry, until

LONG = "DAYBOOK_LONG" in os.environ
SECONDS, WRITERS = (60, 8) if LONG else (4, 4)
PLACE = "/2019/3/4/open"
HEADERS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


class Writer(threading.Thread):
    """Posts until told to stop; sends each form again and again until it is acknowledged, as an obstinate person would."""

    def __init__(self, site, number, ends):
        super().__init__()
        self.site, self.number, self.ends = site, number, ends
        self.receipts, self.again, self.problems = {}, 0, []

    def ask(self, method, path, body=None):
        """The answer, or nothing where the server died meanwhile."""
        try:
            with contextlib.closing(Client(self.site.port).connection) as connection:
                connection.request(method, self.site.prefix + path, body, HEADERS)
                answer = connection.getresponse()
                return Answer(answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException):
            return None

    def run(self):
        count = 0
        while time.monotonic() < self.ends:
            count += 1
            text = f"Writer {self.number}, comment {count}"
            signature = self.until_answered(lambda: self.ask("GET", "/comment/sign/1"), (200,))
            if signature is None:
                return
            form = urllib.parse.urlencode({"author": "W", "post": text, "action": "create", "signature": signature.text}).encode()
            posted = self.until_answered(lambda: self.ask("POST", PLACE + "/comment", form), (303,))
            if posted is None:
                return
            self.receipts[text] = posted["Location"].rpartition("/")[2]
            if count % 7 == 0:  # and once more although it was taken
                repeated = self.until_answered(lambda: self.ask("POST", PLACE + "/comment", form), (303,))
                if repeated and repeated["Location"] != posted["Location"]:
                    self.problems.append("another receipt for the same form")

    def until_answered(self, ask, wanted):
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            answer = ask()
            if answer is not None and answer.status in wanted:
                return answer
            if answer is not None and answer.status not in (500, 502, 503, 504):
                self.problems.append(f"{answer.status}: {answer.text[:2000]}")
                return None
            self.again += 1
            time.sleep(0.01)
        self.problems.append("no answer for half a minute, the last one: " + (answer.text if answer else "none"))
        return None


def under(pid):
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found += [child, *under(child)]
        except OSError:
            pass
    return found


class Killed(unittest.TestCase):
    def torture(self, site, victims, kill):
        """`victims` gives processes to choose from; `kill` kills one and brings back what must be."""
        site.set("rates", "off")
        site.set("comments.hold", "none")
        ends, killed, chance = time.monotonic() + SECONDS, 0, random.Random(1)
        writers = [Writer(site, number, ends) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        while time.monotonic() < ends:
            time.sleep(chance.random() * 0.15)  # anywhere within a transaction
            found = victims()
            if found:
                killed += kill(chance.choice(found))
        for writer in writers:
            writer.join()
        self.assertEqual([p for w in writers for p in w.problems], [], site.logs())
        receipts = {text: receipt for w in writers for text, receipt in w.receipts.items()}
        with sqlite3.connect(f"file:{site.home}/private/journal.db", uri=True) as database:
            stored = database.execute("select body, receipt from comment").fetchall()
            self.assertEqual(database.execute("pragma integrity_check").fetchone(), ("ok",))
            database.execute("insert into comment_fts (comment_fts, rank) values ('integrity-check', 1)")
            counted, = database.execute("select comment_count from entry where id = 1").fetchone()
            shown, = database.execute("select count(*) from comment where status = 1").fetchone()
        self.assertEqual(len(stored), len(dict(stored)), "twice")
        self.assertEqual(receipts.items() - set(stored), set(), "acknowledged, but not there")
        self.assertEqual(counted, shown)
        self.assertGreater(len(receipts), 20)
        self.assertGreater(killed, 3)

    def send(self, pid):
        try:
            os.kill(pid, signal.SIGKILL)
            return 1
        except ProcessLookupError:
            return 0

    def test_a_worker_process(self):
        with JournalSite(entries=[entry("open", "Open", "2019-03-04T10:00:00+00:00")], workers=3) as site:
            master = site.server.processes[0].pid
            self.torture(site, lambda: [p for p in under(master) if self.name(p) == "daybook"], self.send)

    def test_the_master_and_all_its_children(self):
        with JournalSite(entries=[entry("open", "Open", "2019-03-04T10:00:00+00:00")], workers=2) as site:
            server = site.server

            def kill(_):
                old = server.processes[0]
                everyone = [old.pid, *under(old.pid)]
                for pid in everyone if random.random() < 0.5 else everyone[:1]:
                    self.send(pid)
                old.wait()
                sock = server.run / "daybook.sock"
                server._spawn(server._program_for_socket(sock), as_user=True)
                server.processes[0] = server.processes.pop()
                until(lambda: self.answers(site), "the new master")
                return 1
            self.torture(site, lambda: [server.processes[0].pid], kill)

    def test_a_cgi_process_behind_apache(self):
        with JournalSite(entries=[entry("open", "Open", "2019-03-04T10:00:00+00:00")], server="apache", mode="cgi",
                         prefix="/blog") as site:
            server = next(p.pid for p in site.server.processes if "apache" in str(p.args[0]))
            self.torture(site, lambda: [p for p in under(server) if self.name(p).startswith("daybook")], self.send)

    def answers(self, site):
        try:
            with contextlib.closing(Client(site.port).connection) as connection:
                connection.request("GET", "/robots.txt")
                return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def name(self, pid):
        try:
            return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            return ""


if __name__ == "__main__":
    unittest.main()
