#!/usr/bin/env python3
"""What posting a comment costs, and how many a second eight writers get in while readers read: a table of bounds and figures.

    python3 tests/bench/posting_test.py
    POSTING_SECONDS=10 POSTING_ONLY=held,public python3 tests/bench/posting_test.py

Needs build/ (or DAYBOOK_BUILD) with the target daybook, and nginx. With `rates = off`, behind nginx and four processes. Each
writer does what a browser with script does: fetches the form's signature, then sends the form, over a kept connection.
Readers ask for the entry that is written to, the front page and the feed. Every answer is looked at: anything but 200 and
303 fails the run, and so does a comment that was acknowledged and is not there. POSTING_SECONDS: of each run, 5 unless said. POSTING_ONLY: held
public replies large one. Figures are no test on a machine that others use, too: only wrong answers fail.
"""
import json
import multiprocessing
import os
import pathlib
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import processes
from processes import SOURCE, local_server

BUILD = pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build"))
SECONDS = float(os.environ.get("POSTING_SECONDS", "5"))
ONLY = [word for word in os.environ.get("POSTING_ONLY", "").split(",") if word]
WRITERS, READERS, PROCESSES, ENTRIES = 8, 2, 4, 20
WORDS = ("harbour morning water light bread letter garden window evening river stone paper road winter summer kitchen table "
         "remember walked thought found wrote slowly quiet small older again never always because although between the of and "
         "to in it was that he she we they with from but not had been would could about after before what which their there").split()
rows = []


def show(what, bound, value, unit, smaller=True, more=""):
    kept = bound is None or (value <= bound if smaller else value >= bound)
    if bound is not None:
        rows.append(kept)
    limit = "" if bound is None else f"{'≤' if smaller else '≥'} {bound:g}"
    print(f"{what:<52}{limit:>8}{value:>10.2f} {unit:<5}{'' if kept else 'OVER  '}{more}", flush=True)


class Wire:
    """One kept connection; whole requests out, (status, headers, body) in. Not http.client: that costs more than the server."""

    def __init__(self, port):
        self.port, self.socket, self.data = port, None, b""

    def ask(self, head, body=b""):
        request = head + (f"Content-Length: {len(body)}\r\n\r\n".encode() if body else b"\r\n") + body
        for attempt in (1, 2):
            try:
                if self.socket is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
                    self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self.data = b""
                    fresh = True
                else:
                    fresh = False
                self.socket.sendall(request)
                return self._answer()
            except ConnectionError:  # nginx ends a connection after a thousand requests
                self.socket = None
                if fresh or attempt == 2:
                    raise
        return None

    def _more(self):
        data = self.socket.recv(1 << 16)
        if not data:
            raise ConnectionResetError
        self.data += data

    def _answer(self):
        while b"\r\n\r\n" not in self.data:
            self._more()
        head, _, self.data = self.data.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        if found:
            size = int(found[1])
            while len(self.data) < size:
                self._more()
            body, self.data = self.data[:size], self.data[size:]
        else:
            while not self.data.endswith(b"0\r\n\r\n"):
                self._more()
            body, self.data = self.data, b""
        return int(head[9:12]), head, body


def head(method, path, port):
    kind = "Content-Type: application/x-www-form-urlencoded\r\n" if method == "POST" else ""
    return (f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n"
            f"User-Agent: bench\r\n{kind}").encode()


def text(chance, size):
    words = []
    while size > 0:
        words.append(chance.choice(WORDS) if chance.random() < 0.97 else "w%x" % chance.getrandbits(24))
        size -= len(words[-1]) + 1
        if chance.random() < 0.02:
            words[-1] += ".\n\n"
    return " ".join(words)


def writer(number, port, entries, size, parents, began, ends, results):
    chance, wire = random.Random(number * 1000 + os.getpid()), Wire(port)
    receipts, wrong, waits, signed = [], [], [], 0.0
    while time.monotonic() < began:
        time.sleep(0.001)
    while time.monotonic() < ends:
        entry, path = chance.choice(entries)
        form = {"author": f"Writer {number}", "email": "", "url": "", "post": text(chance, size), "action": "create",
                "parent": str(chance.choice(parents)) if parents else ""}
        before = time.monotonic()
        status, _, signature = wire.ask(head("GET", f"/comment/sign/{entry}", port))
        signed += time.monotonic() - before
        if status != 200:
            wrong.append(status)
            continue
        body = urllib.parse.urlencode(form | {"signature": signature.decode()}).encode()
        before = time.monotonic()
        status, answer, _ = wire.ask(head("POST", f"/comment/on{path.removesuffix('.html')}", port), body)
        waits.append(time.monotonic() - before)
        if status == 303:
            receipts.append(re.search(rb"/comment/receipt/(\w+)", answer)[1].decode())
        else:
            wrong.append(status)
    results.put(("w", receipts, wrong, waits, signed))


def reader(port, paths, began, ends, results):
    wire, count, wrong, waits = Wire(port), 0, [], []
    while time.monotonic() < began:
        time.sleep(0.001)
    while time.monotonic() < ends:
        before = time.monotonic()
        status, _, body = wire.ask(head("GET", paths[count % len(paths)], port))
        waits.append(time.monotonic() - before)
        count += 1
        if status != 200 or len(body) < 200:
            wrong.append(status)
        time.sleep(0.02)
    results.put(("r", count, wrong, waits, 0))


class Site:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="daybook-posting-")
        self.home = pathlib.Path(self.folder.name) / "home"
        self.daybook("init", "--title", "Posting", "--url", "http://127.0.0.1", "--owner", "O", "--email", "o@example.org",
                     "--password-stdin", typed="correct horse battery\n")
        made = pathlib.Path(self.folder.name) / "made.json"
        made.write_text(json.dumps({"daybook": 1, "entries": [
            {"kind": "entry", "status": "published", "slug": f"e{n}", "title": f"Entry {n}", "format": "html",
             "date": f"2019-03-{n + 1:02}T10:00:00+00:00", "body": "<p>" + "Some words of an entry. " * 40 + "</p>"}
            for n in range(ENTRIES)]}))
        self.daybook("import", made)
        self.set("rates", "off")
        self.server = local_server.LocalServer(self.home, BUILD / "daybook", workers=PROCESSES)
        self.entries = self.query("select id, path from entry where kind = 0 order by id")

    def daybook(self, command, *arguments, typed=""):
        subprocess.run([str(BUILD / "daybook"), command, "--home", str(self.home), *map(str, arguments)], check=True,
                       input=typed, text=True, stdout=subprocess.DEVNULL)

    def set(self, name, value):
        self.daybook("settings", "set", name, value)

    def query(self, sql, *values):
        with sqlite3.connect(f"file:{self.home}/private/journal.db?mode=ro", uri=True) as db:
            return db.execute(sql, values).fetchall()

    def cpu(self, names=None):
        """Nanoseconds of all processes, or of those of a name."""
        total = 0
        for process in self.server.processes:
            for pid in processes.descendants(process.pid):
                try:
                    base = pathlib.Path(f"/proc/{pid}")
                    if names is None or (base / "comm").read_text().strip() in names:
                        total += int((base / "schedstat").read_text().split()[0])
                except OSError:
                    pass
        return total

    def stop(self):
        self.server.stop()
        self.folder.cleanup()


def run(site, what, hold, size, seconds, writers=WRITERS, readers=READERS, entries=None, replies=False, cpu=None, rate=None):
    site.set("comments.hold", hold)
    parents = []
    chosen = entries or site.entries
    if replies:
        parents = [n for n, in site.query("select id from comment where entry_id = ? and status = 1 limit 50", chosen[0][0])]
    port, results = site.server.port, multiprocessing.Queue()
    signature_cost(site)
    began = time.monotonic() + 0.3
    ends = began + seconds
    crew = [multiprocessing.Process(target=writer, args=(n, port, chosen, size, parents, began, ends, results)) for n in range(writers)]
    crew += [multiprocessing.Process(target=reader, args=(port, [chosen[0][1], "/", "/rss.xml"], began, ends, results)) for _ in range(readers)]
    for one in crew:
        one.start()
    while time.monotonic() < began:
        time.sleep(0.001)
    before, ours = site.cpu(), site.cpu({"daybook"})
    told = [results.get(timeout=seconds + 60) for _ in crew]
    took = time.monotonic() - began
    after, ours_after = site.cpu(), site.cpu({"daybook"})
    for one in crew:
        one.join()
    receipts = [r for kind, r, *_ in told if kind == "w" for r in r]
    wrong = [w for one in told for w in one[2]]
    if wrong:
        raise SystemExit(f"{what}: {len(wrong)} wrong answers: {sorted(set(wrong))}\n{site.server.logs()}")
    stored = {r for r, in site.query("select receipt from comment where receipt is not null")}
    if len(set(receipts)) != len(receipts) or not set(receipts) <= stored:
        raise SystemExit(f"{what}: {len(set(receipts) - stored)} acknowledged comments are not there")
    waits = sorted(w for kind, _, _, waits, _ in told if kind == "w" for w in waits)
    per = lambda ns: ns / max(len(receipts), 1) / 1e6  # noqa: E731
    reading = sum(one[1] for one in told if one[0] == "r")
    if rate or not cpu:
        show(f"{what}: accepted a second", rate, len(receipts) / took, "", smaller=False,
             more=f"half within {waits[len(waits) // 2] * 1000:.1f} ms, 99 % {waits[len(waits) * 99 // 100] * 1000:.0f}, "
                  f"longest {waits[-1] * 1000:.0f}; {reading} pages read")
    if cpu or not readers:
        show(f"{what}: CPU of Daybook for one", cpu, per(ours_after - ours), "ms",
             more=f"with nginx {per(after - before):.2f}; signature and post")


def signature_cost(site):
    """Warms every process."""
    wires = [Wire(site.server.port) for _ in range(PROCESSES)]
    for _ in range(10):
        for wire in wires:
            wire.ask(head("GET", f"/comment/sign/{site.entries[0][0]}", site.server.port))
            wire.ask(head("GET", site.entries[0][1], site.server.port))


def main():
    wanted = lambda name: not ONLY or name in ONLY  # noqa: E731
    print(f"{'':<52}{'bound':>8}{'measured':>10}")
    site = Site()
    try:
        run(site, "warming up", "none", 300, 1)
        if wanted("one"):
            run(site, "one writer, held", "all", 300, SECONDS, writers=1, readers=0, cpu=1.5)
            run(site, "one writer, public", "none", 300, SECONDS, writers=1, readers=0, cpu=1.5)
        if wanted("held"):
            run(site, "eight writers, held, nobody reads", "all", 300, SECONDS, readers=0, cpu=1.5, rate=500)
            run(site, "eight writers, held, read meanwhile", "all", 300, SECONDS, rate=500)
        if wanted("public"):
            run(site, "eight writers, public, nobody reads", "none", 300, SECONDS, readers=0, cpu=1.5, rate=500)
            run(site, "eight writers, public, read meanwhile", "none", 300, SECONDS, rate=500)
        if wanted("replies"):
            run(site, "one crowded entry, replies, public", "none", 300, SECONDS, entries=site.entries[:1], replies=True)
        if wanted("large"):
            run(site, "64 KiB each, held", "all", 64_000, SECONDS, readers=0)
            run(site, "64 KiB each, public, read meanwhile", "none", 64_000, SECONDS)
    finally:
        site.stop()
    print(f"{sum(rows)} of {len(rows)} bounds kept")


if __name__ == "__main__":
    sys.exit(main())
