#!/usr/bin/env python3
"""How fast Daybook answers: a table of bounds and of what was measured, in one run against the floors built here.

    python3 tests/bench/speed_test.py
    SPEED_ENTRIES=10000 SPEED_ONLY=entry,front python3 tests/bench/speed_test.py

Needs build/ (or DAYBOOK_BUILD) with the targets daybook and floors, build-static/ (-DDAYBOOK_STATIC=ON), and nginx.
SPEED_ENTRIES: sizes of the journals, 1000,10000 unless said (100000, too, in scripts/test --long); they are kept in
build/bench-*. SPEED_ONLY: entry 304 crowd front month tag feed search flat stored cgi start memory import size.
What is measured is the program at work, so the pages are kept from becoming files, but for "stored" and "cgi".
SPEED_ROUNDS: how often each is measured, 15 unless said. Figures are no test on a machine that others use, too: only
what does not answer fails. processes.py says how a figure is come by.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import fastcgi
import journals
import processes
from processes import SOURCE, Connection, Floor, Target, local_server

BUILD = pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build")).resolve()
STATIC = SOURCE / "build-static/daybook"
SIZES = journals.sizes(os.environ.get("SPEED_ENTRIES", "1000,10000,100000" if os.environ.get("DAYBOOK_LONG") else "1000,10000"))
ONLY = [word for word in os.environ.get("SPEED_ONLY", "").split(",") if word]
ROUNDS = int(os.environ.get("SPEED_ROUNDS", "15"))
LISTS = ("front", "month", "tag", "feed")
SEARCHES = {"one word": "harbour", "common word": "the", "two words": "morning+water", "two common words": "the+of",
            "phrase": "%22of+the%22", "beginning": "th*", "three with a beginning": "the+and+wat*", "nothing": "zzyzx"}
SEARCH_MS = {1000: 5, 10_000: 15}
rows = []


def wanted(*parts):
    return not ONLY or any(part in ONLY for part in parts)


def show(what, bound, value, unit, smaller=True, more=""):
    """A line of the table; a bound of None is for information."""
    kept = bound is None or (value <= bound if smaller else value >= bound)
    if bound is not None:
        rows.append(kept)
    limit = "" if bound is None else f"{'≤' if smaller else '≥'} {bound:g}"
    print(f"{what:<56}{limit:>8}{value:>10.2f} {unit:<5}{'' if kept else 'OVER  '}{more}", flush=True)


def store(journal, wanted):
    """Only pages whose links are those of the journal's address may become files."""
    journals.set_url(BUILD / "daybook", journal.home, "http://127.0.0.1" + ("" if wanted else "/elsewhere"))


class Served:
    """A journal of one size behind nginx with one answering process."""

    def __init__(self, size):
        self.journal = journals.journal(BUILD, size)
        store(self.journal, False)
        self.server = local_server.LocalServer(self.journal.home, BUILD / "daybook", workers=1)

    def target(self, path, **more):
        return Target(self.server.processes, self.server.port, path, **more)

    def path(self, name):
        return {"entry": self.journal.entry, "crowd": self.journal.crowd, "front": "/", "month": self.journal.month,
                "tag": self.journal.tag, "feed": "/rss.xml"}[name]

    def etag(self):
        import http.client
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request("GET", self.journal.entry)
        return connection.getresponse().getheader("ETag")

    def workers(self):
        return [pid for process in self.server.processes for pid in processes.descendants(process.pid)
                if "daybook" in pathlib.Path(f"/proc/{pid}/comm").read_text()]


def pages(floor, served):
    size = 10_000 if 10_000 in served else max(served)
    one = served[size]
    for name, what, bound in (("entry", "entry with 10 comments", 2), ("front", "front page", 4),
                              ("month", "month archive", 4), ("tag", "tag page", 4), ("feed", "full-text feed", 4)):
        if wanted(name):
            targets = {"floor": floor.target("read"), "page": one.target(one.path(name))}
            figures = processes.rounds(targets, 40, ROUNDS)
            show(f"{what}: times the responder with one read", bound, processes.ratio(figures, "page", "floor"), "×",
                 more=f"{statistics.median(figures['page']):.0f} µs / {statistics.median(figures['floor']):.0f} µs, "
                      f"{targets['page'].size / 1000:.1f} KB")
    if wanted("304"):
        targets = {"floor": floor.target("plain"), "page": one.target(
            one.journal.entry, headers={"If-None-Match": one.etag()}, status=304)}
        figures = processes.rounds(targets, 40, ROUNDS)
        show("304: times the responder", 1.3, processes.ratio(figures, "page", "floor"), "×",
             more=f"{statistics.median(figures['page']):.0f} µs / {statistics.median(figures['floor']):.0f} µs")
    if wanted("crowd"):
        targets = {"page": one.target(one.journal.crowd)}
        figures = processes.rounds(targets, 10, ROUNDS)
        show(f"entry with {journals.CROWD:,} comments", 5, statistics.median(figures["page"]) / 1000, "ms",
             more=f"{targets['page'].size / 1000:.0f} KB")


def searches(served):
    for size, one in served.items():
        for what, typed in SEARCHES.items():
            figures = processes.rounds({"page": one.target("/search?q=" + typed)}, 5, max(5, ROUNDS // 3))
            show(f"search at {size:,}: {what}", SEARCH_MS.get(size), statistics.median(figures["page"]) / 1000, "ms")


def flatness(served):
    small, large = min(served), max(served)
    for name in LISTS:
        targets = {size: served[size].target(served[size].path(name)) for size in (small, large)}
        figures = processes.rounds(targets, 40, ROUNDS)
        show(f"{name}: {large:,} entries, times {small:,}", 1.15, processes.ratio(figures, large, small), "×",
             more=f"{targets[large].size / 1000:.1f} / {targets[small].size / 1000:.1f} KB")


def stored(floor, one):
    """A page that has become a file, beside the same bytes as a plain file of an nginx that checks nothing."""
    store(one.journal, True)
    try:
        page = one.target(one.journal.entry)
        limit = time.monotonic() + 20
        while not (one.journal.home / "public/live" / one.journal.entry[1:]).exists():
            page.connection.get()
            if time.monotonic() > limit:
                raise SystemExit("The page did not become a file.")
        figures = processes.rounds({"floor": floor.file(), "page": page}, 200, ROUNDS)
    finally:
        store(one.journal, False)
    show("stored page: times nginx's plain file", 1.3, processes.ratio(figures, "page", "floor"), "×",
         more=f"{statistics.median(figures['page']):.0f} µs / {statistics.median(figures['floor']):.0f} µs")


def cgi(floor, journal):
    """Behind nginx and fcgiwrap. Nobody is told what its children used, so the same run is measured by itself, too."""
    meta = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": journal.entry, "SCRIPT_NAME": "",
            "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "QUERY_STRING": "",
            "REMOTE_ADDR": "127.0.0.1", "DAYBOOK_HOME": str(journal.home), "FLOOR_FILE": str(floor.page)}
    with tempfile.TemporaryDirectory(prefix="daybook-cgi-") as folder:
        program = pathlib.Path(folder) / "daybook"
        subprocess.run(["strip", "-o", program, STATIC], check=True)
        floors = {"server, floor": floor.target("cgi"), "floor": processes.Run(BUILD / "floor_cgi", meta)}
        with local_server.LocalServer(journal.home, program, mode="cgi", workers=1) as server:
            made = processes.rounds(floors | {"server, page": Target(server.processes, server.port, journal.entry),
                                              "page": processes.Run(program, meta)}, 10, ROUNDS)
        store(journal, True)
        try:
            file = journal.home / "public/live" / journal.entry[1:]
            limit = time.monotonic() + 20
            while not file.exists():
                processes.Run(program, meta).round(1)
                if time.monotonic() > limit:
                    raise SystemExit("The page did not become a file.")
            kept = processes.rounds({"floor": floors["floor"], "page": processes.Run(program, meta)}, 10, ROUNDS)
        finally:
            store(journal, False)
    mine = {name: statistics.median(values) for name, values in made.items()}
    show("one CGI run, page made: times a static C program", 2,
         (mine["server, page"] + mine["page"]) / (mine["server, floor"] + mine["floor"]), "×",
         more=" / ".join(f"{mine['server, ' + name]:.0f} + {mine[name]:.0f} µs" for name in ("page", "floor")))
    show("one CGI run, page stored: times a static C program", 2, processes.ratio(kept, "page", "floor"), "×",
         more=" / ".join(f"{statistics.median(kept[name]):.0f} µs" for name in ("page", "floor")))


def start(journal):
    """From the start of `daybook serve` to the whole first page on its socket."""
    for what, program in (("", BUILD / "daybook"), (", static", STATIC)):
        figures = []
        for _ in range(ROUNDS):
            folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-start-"))
            began = time.perf_counter()
            process = subprocess.Popen([program, "serve", "--home", journal.home, "--socket", folder / "s",
                                        "--workers", "1"], stderr=subprocess.DEVNULL)
            answer = fastcgi.get(str(folder / "s"), journal.entry, 10)
            figures.append((time.perf_counter() - began) * 1000)
            process.terminate()
            process.wait()
            shutil.rmtree(folder)
            if b"</html>" not in answer:
                raise SystemExit("The first page did not come: " + answer[:300].decode(errors="replace"))
        show(f"start to first page{what}", 60, statistics.median(figures), "ms")


def importing(size):
    file = journals.export(BUILD, size)
    with tempfile.TemporaryDirectory(prefix="daybook-import-") as folder:
        seconds, memory = journals.make(BUILD / "daybook", pathlib.Path(folder) / "home", file)
    show(f"import of {size:,} entries: items a second", 3000, journals.items(file) / seconds, "", smaller=False)
    show("import: most memory held", None, memory, "MB")


def stripped():
    with tempfile.TemporaryDirectory(prefix="daybook-strip-") as folder:
        out = pathlib.Path(folder) / "daybook"
        subprocess.run(["strip", "-o", out, STATIC], check=True)
        show("static program, stripped", 4.5, out.stat().st_size / 1e6, "MB")


def main():
    # Everybody on one processor: to wake a server on another one costs it 40 µs now and then.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"{'':<56}{'bound':>8}{'measured':>10}")
    served, floor = {}, None
    try:
        for size in SIZES:
            served[size] = Served(size)
        middle = served[10_000 if 10_000 in served else SIZES[-1]]
        page = Connection(middle.server.port, middle.journal.entry).get()
        floor = Floor(BUILD, page)
        pages(floor, served)
        if wanted("search"):
            searches(served)
        if wanted("flat") and len(served) > 1:
            flatness(served)
        if wanted("memory"):
            for one in served.values():
                for path in ("/", one.journal.crowd, "/rss.xml", "/search?q=the", "/archive"):
                    Connection(one.server.port, path).get()
            show("resident memory of a process", 16, max(
                processes.resident(pid) for one in served.values() for pid in one.workers()), "MB")
        if wanted("stored"):
            stored(floor, middle)
        if wanted("cgi"):
            cgi(floor, middle.journal)
        if wanted("start"):
            start(middle.journal)
    finally:
        if floor:
            floor.stop()
        for one in served.values():
            one.server.stop()
    if wanted("import"):
        importing(10_000 if 10_000 in served else SIZES[-1])
    if wanted("size"):
        stripped()
    print(f"{sum(rows)} of {len(rows)} bounds kept")


if __name__ == "__main__":
    main()
