#!/usr/bin/env python3
"""How fast Daybook answers, as ratios to the floor built here, measured in one run (machines are noisy).

CPU of all server processes per request, from the kernel's own accounting: nginx and Daybook, not the client. The floor is
floor_responder.cc behind the same nginx. A line for each bound, and whether it was kept; figures are no test, so only
what does not answer fails. SPEED_ENTRIES=1000,10000 chooses the sizes (default 1000,10000; 100000 takes minutes).

    python3 tests/bench/speed_test.py      needs build/ (with the targets floor_responder and daybook_static) and nginx
"""
import http.client
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts"))
import local_server  # noqa: E402

BUILD = SOURCE / "build"
STATIC = BUILD / "daybook_static"
SIZES = [int(n) for n in os.environ.get("SPEED_ENTRIES", "1000,10000").split(",")]
results = []


def check(what, value, bound, unit=""):
    """A figure against its bound, smaller being better."""
    results.append(value <= bound)
    print(f"{what}: {value:.2f}{unit} (at most {bound}{unit}){'' if results[-1] else ' OVER'}", flush=True)


def descendants(pid):
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += descendants(int(child))
        except OSError:
            pass
    return found


def cpu(pids):
    """Nanoseconds on a processor so far."""
    total = 0
    for pid in pids:
        for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0])
            except OSError:
                pass
    return total


class Client:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path, headers=None):
        self.connection.request("GET", path, headers=headers or {})
        response = self.connection.getresponse()
        body = response.read()
        return response, body


def cost(server, path, count=400, headers=None, status=200):
    """Median of five: microseconds of server CPU per request."""
    client = Client(server.port)
    for _ in range(20):
        response, _ = client.get(path, headers)
        assert response.status == status, (path, response.status)
    figures = []
    for _ in range(5):
        pids = [p for process in server.processes for p in descendants(process.pid)]
        before = cpu(pids)
        for _ in range(count // 5):
            client.get(path, headers)
        figures.append((cpu(pids) - before) / (count // 5) / 1000)
    return sorted(figures)[2]


class Floor:
    """The responders and a static file behind one nginx."""

    def __init__(self, page):
        self.run = pathlib.Path(tempfile.mkdtemp(prefix="daybook-floor-"))
        self.run.chmod(0o755)
        (self.run / "page.html").write_bytes(page)
        self.port = local_server.free_port()
        self.processes = []
        for name, more in (("plain", []), ("read", ["--read", self.run / "page.db"])):
            self.spawn([BUILD / "floor_responder", self.run / f"{name}.sock", self.run / "page.html", *more])
        locations = "".join(f"location /{n} {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{self.run}/{n}.sock; "
                            "fastcgi_buffer_size 16k; fastcgi_buffers 16 16k; } " for n in ("plain", "read"))
        (self.run / "nginx.conf").write_text(
            f"user root; daemon off; worker_processes 1; pid {self.run}/pid; error_log {self.run}/log; events {{}} "
            f"http {{ access_log off; server {{ listen 127.0.0.1:{self.port}; root {self.run}; {locations} }} }}")
        self.spawn(["nginx", "-c", self.run / "nginx.conf", "-p", self.run])
        for _ in range(200):
            try:
                if Client(self.port).get("/plain")[0].status == 200 and Client(self.port).get("/read")[0].status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit("The floor does not answer.")

    def spawn(self, argv):
        self.processes.append(subprocess.Popen([str(a) for a in argv], stdin=subprocess.DEVNULL))

    def stop(self):
        for process in self.processes:
            process.terminate()
            process.wait()
        shutil.rmtree(self.run, ignore_errors=True)


def daybook(*arguments, **more):
    return subprocess.run([str(BUILD / "daybook"), *map(str, arguments)], check=True, capture_output=True, **more)


def make_home(folder, entries):
    home = folder / f"home-{entries}"
    daybook("init", "--home", home, "--title", "Speed", "--url", "http://127.0.0.1", "--owner", "O", "--email",
            "o@example.org", "--password-stdin", input=b"correct horse battery\n")
    wxr = folder / "journal.xml"
    comments = entries * (10 if entries <= 10_000 else 2)
    items = entries + comments
    subprocess.run([sys.executable, SOURCE / "tests/tools/make_wxr.py", "--entries", str(entries), "--comments",
                    str(comments), str(wxr)], check=True)
    began = time.monotonic()
    daybook("import", "--home", home, wxr)
    seconds = time.monotonic() - began
    wxr.unlink()
    print(f"import of {entries} entries: {items / seconds:.0f} items a second", flush=True)
    return home, items / seconds


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-speed-"))
    folder.chmod(0o755)
    costs = {}
    try:
        for size in SIZES:
            home, rate = make_home(folder, size)
            if size == 10_000:
                check("import, thousandths of a second for three items", 3000 / rate, 1.0)
            with local_server.LocalServer(home, BUILD / "daybook", workers=1) as server:
                client = Client(server.port)
                front = client.get("/")[1].decode()
                entry = front.split('class="u-url u-uid" rel="bookmark" href="')[1].split('"')[0]
                month = "/{}/{}/".format(*map(int, entry.split("/")[1:3]))
                tag = front.split('rel="tag" href="/tag/')[1].split('"')[0]
                pages = {"entry": entry, "front page": "/", "month": month, "tag": f"/tag/{tag}", "feed": "/rss.xml",
                         "search": "/search?q=the", "search, two words": "/search?q=morning+water"}
                costs[size] = {name: cost(server, path) for name, path in pages.items()}
                client = Client(server.port)  # the first one was idle for too long
                etag = client.get(entry)[0].getheader("ETag")
                costs[size]["304"] = cost(server, entry, headers={"If-None-Match": etag}, status=304)
                workers = [p for process in server.processes for p in descendants(process.pid)
                           if "daybook" in pathlib.Path(f"/proc/{p}/comm").read_text()]
                costs[size]["resident"] = max(resident(p) for p in workers)
                page = Client(server.port).get(entry)[1]
            print(f"{size} entries: " + ", ".join(f"{name} {value:.0f}" for name, value in costs[size].items()), flush=True)
        floor = Floor(page)
        try:
            plain, read, static = cost(floor, "/plain"), cost(floor, "/read"), cost(floor, "/page.html")
        finally:
            floor.stop()
        print(f"floor: static {static:.0f} µs, responder {plain:.0f} µs, with one read {read:.0f} µs")
        middle = costs.get(10_000, costs[SIZES[-1]])
        check("entry page, times the responder with one read", middle["entry"] / read, 2)
        check("304, times the responder", middle["304"] / plain, 1.3)
        for name in ("front page", "month", "tag", "feed"):
            check(f"{name}, times the responder with one read", middle[name] / read, 4)
        for size, bound in ((1000, 5), (10_000, 15)):
            if size in costs:
                for name in ("search", "search, two words"):
                    check(f"{name} at {size} entries", costs[size][name] / 1000, bound, " ms")
        if 1000 in costs and 100_000 in costs:
            for name in ("entry", "front page", "month", "tag", "feed"):
                check(f"{name} at 100,000 entries, times 1,000", costs[100_000][name] / costs[1000][name], 1.15)
        check("resident memory of a process", max(c["resident"] for c in costs.values()), 16, " MB")
        if STATIC.exists():
            stripped = folder / "stripped"
            subprocess.run(["strip", "-o", stripped, STATIC], check=True)
            check("stripped static program", stripped.stat().st_size / 1e6, 4.5, " MB")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{sum(results)} of {len(results)} bounds kept")


if __name__ == "__main__":
    main()
