#!/usr/bin/env python3
"""A journal behind a real web server on 127.0.0.1, from the configuration that is shipped in nginx/.

    local_server.py --home DIR --program FILE [--port N] [--server nginx|apache|lighttpd] [--mode fastcgi|cgi]
                    [--workers N] [--prefix /blog] [--detach]

Prints the address as its last line and serves until SIGTERM or SIGINT; everything that it started ends with it. With
--detach it prints "pid N" and the address and goes on in the background. scripts/serve and the tests use it.
"""
import argparse
import fcntl
import getpass
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(__file__).resolve().parents[1]
CONFIGURATIONS = {
    ("nginx", "fastcgi"): "nginx.conf",
    ("nginx", "cgi"): "nginx.conf",
    ("apache", "fastcgi"): "apache-fcgid.conf",
    ("apache", "cgi"): "apache-cgid.conf",
    ("lighttpd", "fastcgi"): "lighttpd-fastcgi.conf",
    ("lighttpd", "cgi"): "lighttpd-cgi.conf",
}
START_SECONDS = 20


class Failed(Exception):
    """What went wrong, for the person who started it."""


def take_port(port):
    """`port` if nobody has it (0: any), else None."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
        except OSError:
            return None


def free_port(wanted=0):
    """`wanted` if nobody has it, else any."""
    port = take_port(wanted) or take_port(0)
    if not port:
        raise Failed("No free port was found on 127.0.0.1.")
    return port


def need_port(port):
    # Else whoever has it answers our first question, and a server that never came up seems to serve.
    if port and not take_port(port):
        raise Failed(f"Port {port} on 127.0.0.1 is taken, or not allowed. Choose another, or leave --port out.")


class Mark:
    """Who serves a home: a file in its private/, locked for as long as they do, so that the dead leave none."""

    def __init__(self, home):
        self.home, self.file = pathlib.Path(home).resolve(), None
        self.path = self.home / "private/served"

    def need_free(self):
        try:
            with open(self.path) as file:
                self._lock(file, fcntl.LOCK_SH)
        except OSError:
            pass  # nobody made one yet, or it is not ours to look at

    def _lock(self, file, how):
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, address = (file.read().split() + ["?", ""])[:2]
            where = f" at {address}" if address.startswith("http") else ""
            raise Failed(f"{self.home} is already served{where} (pid {pid}). "
                         "Open that address, or end that process first.") from None

    def take(self):
        try:
            self.file = open(self.path, "a+")
        except OSError:
            return
        self.file.seek(0)
        self._lock(self.file, fcntl.LOCK_EX)
        self.write("")

    def write(self, address):
        if self.file:
            self.file.truncate(0)
            self.file.write(f"{os.getpid()} {address}\n")
            self.file.flush()


class LocalServer:
    """One web server with Daybook behind it. Use as a context manager, or call stop().

    The tests of the gateway put another program behind the same configurations: they say which of nginx/ by
    `include` and override what is asked until it answers, and how the program is started for a socket.
    """
    probe = "/robots.txt"

    def __init__(self, home, program, server="nginx", mode="fastcgi", port=0, workers=2, prefix="", include=""):
        self.home, self.program = pathlib.Path(home).resolve(), pathlib.Path(program).resolve()
        self.server, self.mode, self.workers, self.prefix = server, mode, workers, prefix
        self.include = include or CONFIGURATIONS[server, mode]
        need_port(port)
        self.port = port or free_port()
        # Apache and lighttpd refuse to be root; nginx does not mind, and then no file has to change hands.
        self.user = getpass.getuser()
        if os.geteuid() == 0 and server != "nginx":
            self.user = "www-data"
        self.processes, self.links = [], []
        self._check_reach()
        self.run = pathlib.Path(tempfile.mkdtemp(prefix="daybook-serve-"))
        self.conf = self.run / "conf"
        try:
            self._lay_out()
            self._start()
        except BaseException:
            self.stop()
            raise

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}{self.prefix}/"

    def _check_reach(self):
        """Before anything changes hands: whether the server's user can get as far as the home at all."""
        if self.user == getpass.getuser():
            return
        entered = subprocess.run(["setpriv", f"--reuid={self.user}", "--clear-groups", "test", "-x", self.home.parent],
                                 check=False).returncode == 0
        if not entered:
            raise Failed(f"{self.user} cannot reach {self.home}. Use --home with a folder that others may enter, "
                         "for example below /srv or /tmp.")

    def fill(self, text):
        """A file of nginx/ with its words put in."""
        words = {"HOME": self.home, "PREFIX": self.prefix, "SOCKET": self.run / "daybook.sock",
                 "PROGRAM": self.run / "daybook", "PORT": self.port, "RUN": self.run, "CONF": self.conf,
                 "USER": self.user, "DOCROOT": self.run / "docroot", "INCLUDE": self.include}
        for name, value in words.items():
            text = text.replace(f"@{name}@", str(value))
        return text

    def _lay_out(self):
        for folder in (self.conf, self.run / "docroot", self.run / "fcgid"):
            folder.mkdir()
        program = self.run / "daybook"
        shutil.copy2(self.program, program)  # where the server's user can reach it
        work = self.program.with_name("daybook-work")
        if work.exists():
            shutil.copy2(work, self.run / "daybook-work")
        if self.server == "apache" and not self._has_socket():
            name = "daybook.cgi" if self.mode == "cgi" else "daybook.fcgi"
            for other in ("daybook.cgi", "daybook.fcgi"):
                (self.home / "public" / other).unlink(missing_ok=True)
            shutil.copy2(self.program, self.home / "public" / name)
            self.links.append(self.home / "public" / name)
            if work.exists():
                (self.home / "private").mkdir(mode=0o700, exist_ok=True)
                shutil.copy2(work, self.home / "private/daybook-work")
                self.links.append(self.home / "private/daybook-work")
        for source in (SOURCE / "nginx").iterdir():
            if source.is_file():
                (self.conf / source.name).write_text(self.fill(source.read_text()))
        self.run.chmod(0o755)
        if self.user != getpass.getuser():
            if self.home.owner() != self.user:
                print(f"{self.home} now belongs to {self.user}: {self.server} does not run as root.", file=sys.stderr)
            subprocess.run(["chown", "-R", f"{self.user}:{self.user}", self.run, self.home], check=True)

    def _has_socket(self):
        """Whether the program is started by hand and listens: every other way the web server starts it."""
        return self.include in ("nginx.conf", "apache-proxy_fcgi.conf")

    def _program_for_socket(self, sock):
        return [self.run / "daybook", "serve", "--home", self.home, "--socket", sock, "--workers", self.workers]

    def _spawn(self, argv, as_user=False):
        who = {"user": self.user, "group": self.user, "extra_groups": []} if as_user and os.geteuid() == 0 else {}
        with open(self.run / "started.log", "a") as log:
            environment = dict(os.environ, DAYBOOK_HOME=str(self.home))
            self.processes.append(subprocess.Popen([str(a) for a in argv], stdin=subprocess.DEVNULL, stdout=log,
                                                   stderr=log, start_new_session=True, env=environment, **who))

    def _start(self):
        sock = self.run / "daybook.sock"
        if self._has_socket():
            self._spawn(["fcgiwrap", "-c", self.workers, "-s", f"unix:{sock}"] if self.mode == "cgi"
                        else self._program_for_socket(sock), as_user=True)
            self._until(sock.exists)
        if self.server == "nginx":
            self._spawn(["nginx", "-c", self.run / "conf/nginx-standalone.conf", "-p", self.run])
        elif self.server == "apache":
            self._spawn(["apache2", "-d", self.run, "-f", self.run / "conf/apache-standalone.conf", "-DFOREGROUND"])
        else:
            self._spawn(["lighttpd", "-D", "-f", self.run / "conf/lighttpd-standalone.conf"])
        self._until(self._answers)

    def _until(self, condition):
        limit = time.monotonic() + START_SECONDS
        while not condition():
            self.check()
            if time.monotonic() > limit:
                raise Failed("The web server did not answer in time.\n" + self.logs())
            time.sleep(0.02)

    def check(self):
        """Raises Failed if one of the processes has ended."""
        for process in self.processes:
            if process.poll() is not None:
                raise Failed(f"{process.args[0]} ended with {process.returncode}.\n" + self.logs())

    def _answers(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
            connection.request("GET", self.prefix + self.probe)
            status = connection.getresponse().status
            connection.close()
            return status == 200
        except OSError:
            return False

    def logs(self):
        return "\n".join(p.read_text(errors="replace")[-3000:] for p in sorted(self.run.glob("*.log")))

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                pass
            try:  # its whole session, whoever is left of it
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        for link in self.links:
            link.unlink(missing_ok=True)
        shutil.rmtree(self.run, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def serve(options, say):
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(True))
    mark = Mark(options.home)
    mark.take()
    with LocalServer(options.home, options.program, options.server, options.mode, options.port, options.workers,
                     options.prefix) as server:
        mark.write(server.address)
        say(server.address)
        while not stopping:
            server.check()
            time.sleep(0.1)


def detach(options):
    """Goes on in the background once it serves; the caller gets its process id and the address."""
    ready_read, ready_write = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(ready_read)
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)

        def say(text):
            os.write(ready_write, text.encode())
            os.close(ready_write)
        try:
            serve(options, say)
        except Failed as failure:
            try:
                say("!" + str(failure))
            except OSError:
                pass
            os._exit(1)
        os._exit(0)
    os.close(ready_write)
    with os.fdopen(ready_read) as ready:
        text = ready.read()
    if not text or text.startswith("!"):
        raise Failed(text[1:] or "It could not be started.")
    print(f"pid {child}\n{text}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", required=True)
    parser.add_argument("--program")
    parser.add_argument("--check", action="store_true", help="only whether home and port are free")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--server", choices=("nginx", "apache", "lighttpd"), default="nginx")
    parser.add_argument("--mode", choices=("fastcgi", "cgi"), default="fastcgi")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--prefix", default="")
    parser.add_argument("--detach", action="store_true")
    options = parser.parse_args()
    try:
        if options.check:
            Mark(options.home).need_free()
            need_port(options.port)
        elif not options.program:
            parser.error("--program is missing.")
        elif options.detach:
            detach(options)
        else:
            serve(options, lambda address: print(address, flush=True))
    except Failed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
