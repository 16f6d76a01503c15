"""Servers to be measured and how: the CPU of all their processes, from the kernel's own accounting, and their memory.

The client that asks is not counted. What is compared is asked in small alternating rounds, so that whatever else the
machine is doing hits all of them alike; a ratio is the median of the ratios of the rounds.
"""
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts"))
import local_server  # noqa: E402


def descendants(pid):
    found = [pid]
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += descendants(int(child))
        except OSError:
            pass
    return found


def resident(pid):
    """Megabytes."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0


class Connection:
    """One kept connection that asks for the same thing again and again, as cheaply as Python can."""

    def __init__(self, port, path, headers=None, status=200):
        self.port, self.path, self.status = port, path, status
        lines = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{lines}\r\n".encode()
        self.socket = None

    def get(self):
        """The body."""
        for attempt in (1, 2):
            try:
                if self.socket is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
                    self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self._ask()
            except (ConnectionError, BrokenPipeError):  # closed after so many requests or seconds
                self.socket = None
                if attempt == 2:
                    raise
        return b""

    def _ask(self):
        self.socket.sendall(self.request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        if status != self.status:
            raise SystemExit(f"{self.path} was answered with {status} instead of {self.status}")
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        if status == 304:
            return b""
        if b"content-length" in fields:
            while len(body) < int(fields[b"content-length"]):
                body += self._more()
            return body
        while not body.endswith(b"0\r\n\r\n"):
            body += self._more()
        return _unchunked(body)

    def _more(self):
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionResetError
        return data


def _unchunked(body):
    out = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        out += body[:int(size, 16)]
        body = body[int(size, 16) + 2:]
    return out


class Target:
    """Something to ask for, and the processes whose work it is."""

    def __init__(self, processes, port, path, headers=None, status=200):
        self.processes, self.connection, self.size = processes, Connection(port, path, headers, status), 0

    def warm(self, count):
        for _ in range(count):
            self.size = len(self.connection.get())
        self.stats = [open(f"/proc/{pid}/task/{task.name}/schedstat", "rb", buffering=0)
                      for process in self.processes for pid in descendants(process.pid)
                      for task in pathlib.Path(f"/proc/{pid}/task").iterdir()]

    def cpu(self):
        """Nanoseconds on a processor so far."""
        total = 0
        for stat in self.stats:
            try:
                total += int(os.pread(stat.fileno(), 64, 0).split()[0])
            except OSError:
                pass
        return total

    def round(self, count):
        """Microseconds per request."""
        before = self.cpu()
        for _ in range(count):
            self.connection.get()
        time.sleep(0.001)  # what is done after the last reply counts, too
        return (self.cpu() - before) / count / 1000


def rounds(targets, count, repeats):
    """{name: [microseconds of each round]} of {name: Target}, taken in turn."""
    for target in targets.values():
        target.warm(max(3, count // 2))
    figures = {name: [] for name in targets}
    for repeat in range(repeats):
        order = list(targets.items())
        for name, target in order if repeat % 2 == 0 else reversed(order):
            figures[name].append(target.round(count))
    return figures


def ratio(figures, name, other):
    return statistics.median(a / b for a, b in zip(figures[name], figures[other]))


class Run:
    """A program run again and again, measured like a Target."""

    def __init__(self, program, environment):
        self.program, self.environment = str(program), environment

    def warm(self, count):
        self.round(count)

    def round(self, count):
        """Microseconds of CPU per run."""
        null = os.open(os.devnull, os.O_RDWR)
        actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1)]
        used = 0.0
        for _ in range(count):
            pid = os.posix_spawn(self.program, [self.program], self.environment, file_actions=actions)
            _, status, usage = os.wait4(pid, 0)
            if status != 0:
                raise SystemExit(f"{self.program} failed with {status}")
            used += usage.ru_utime + usage.ru_stime
        os.close(null)
        return used / count * 1e6


class Floor:
    """The responders behind an nginx of their own: /plain, /read, and /cgi by way of fcgiwrap."""

    def __init__(self, build, page):
        self.run = pathlib.Path(tempfile.mkdtemp(prefix="daybook-floor-"))
        self.run.chmod(0o755)
        self.page = self.run / "page.html"
        self.page.write_bytes(page)
        self.port = local_server.free_port()
        self.spawned = {}
        for name, more in (("plain", []), ("read", ["--read", self.run / "page.db"])):
            self._spawn(name, [build / "floor_responder", self.run / f"{name}.sock", self.page, *more])
        self._spawn("cgi", ["fcgiwrap", "-c", "1", "-s", f"unix:{self.run}/cgi.sock"])
        locations = "".join(f"location /{n} {{ include /etc/nginx/fastcgi_params; fastcgi_pass unix:{self.run}/{n}.sock; "
                            f"fastcgi_param SCRIPT_FILENAME {build}/floor_cgi; fastcgi_param FLOOR_FILE {self.page}; "
                            "fastcgi_buffer_size 16k; fastcgi_buffers 16 16k; } " for n in ("plain", "read", "cgi"))
        (self.run / "nginx.conf").write_text(
            f"user root; daemon off; worker_processes 1; pid {self.run}/pid; error_log {self.run}/log; events {{}} "
            f"http {{ access_log off; server {{ listen 127.0.0.1:{self.port}; root {self.run}; {locations} }} }}")
        self._spawn("nginx", ["nginx", "-c", self.run / "nginx.conf", "-p", self.run])
        self._wait()

    def _wait(self):
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            try:
                for path in ("/plain", "/read", "/cgi"):
                    Connection(self.port, path).get()
                return
            except (OSError, SystemExit):
                time.sleep(0.02)
        self.stop()
        raise SystemExit("The floor does not answer.")

    def target(self, name):
        return Target([self.spawned["nginx"], self.spawned[name]], self.port, f"/{name}")

    def file(self):
        """The page as a plain file."""
        return Target([self.spawned["nginx"]], self.port, "/page.html")

    def _spawn(self, name, argv):
        self.spawned[name] = subprocess.Popen([str(a) for a in argv], stdin=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL)

    def stop(self):
        for process in self.spawned.values():
            process.terminate()
            process.wait()
        shutil.rmtree(self.run, ignore_errors=True)
