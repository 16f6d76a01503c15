"""A journal of its own behind a real web server, for the tests beside this file.

    with JournalSite(entries=[…]) as site:          # or JournalSite.demo(), JournalSite.of_files(path)
        site.get("/about").page.one("h1").words

Also a program: "journal_site.py demo theme-unit-test" serves those journals, prints their addresses as one line of JSON
and ends when its standard input does. browser_test.mjs uses it.
"""
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import page

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts"))
from local_server import LocalServer, free_port  # noqa: E402

PROGRAM = pathlib.Path(os.environ.get("DAYBOOK_BUILD", SOURCE / "build")) / "daybook"
SHARED = pathlib.Path(os.environ.get("DAYBOOK_SHARED", SOURCE.parent / "shared"))
DEMO, DEMO_MEDIA = SOURCE / "scripts/demo/journal.json", SOURCE / "scripts/demo/media"
THEME_UNIT_TEST = SHARED / "imports/wxr--WPTT_theme-unit-test--themeunittestdata.wordpress.xml"
MODULES = pathlib.Path(__file__).resolve().parent / "node_modules"  # npm ci brings it


def until(condition, what, seconds=20):
    limit = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > limit:
            raise AssertionError("waited in vain for " + what)
        time.sleep(0.05)
    return found


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __getitem__(self, name):
        return self.headers.get(name)

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def type(self):
        return (self["Content-Type"] or "").partition(";")[0]

    @property
    def page(self):
        return page.parse(self.text)


class Client:
    """Asks over one connection that stays open, without following redirects."""

    def __init__(self, port, prefix=""):
        self.port, self.prefix = port, prefix
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method, target, headers=None, body=None):
        """`target` as it goes over the wire, prefix and all."""
        for attempt in (1, 2):
            try:
                self.connection.putrequest(method, target, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
                for name, value in (headers or {}).items():
                    self.connection.putheader(name, value)
                if body is not None:
                    self.connection.putheader("Content-Length", str(len(body)))
                self.connection.endheaders(body)
                response = self.connection.getresponse()
                return Answer(response.status, response.headers, response.read())
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()  # the server closed a connection that stood idle
                if attempt == 2:
                    raise

    def get(self, path, **headers):
        return self.ask("GET", self.prefix + path, {k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, form, **headers):
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.ask("POST", self.prefix + path, headers, form.encode())


class JournalSite(Client):
    """A home in a folder of its own, filled, and LocalServer in front of it. `journal`: what Daybook's own JSON holds.
    `reports`: what the imports said."""

    allows_moved, not_taken = False, ""

    def __init__(self, files=(), media=None, server="nginx", mode="fastcgi", prefix="", workers=2, name="home", **journal):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-site-"))
        self.folder.chmod(0o755)
        self.home = self.folder / name
        self.server = None
        super().__init__(free_port(), prefix)
        self.origin = f"http://127.0.0.1:{self.port}"
        self.root = self.origin + prefix
        try:
            self.daybook("init", "--title", "A journal", "--url", self.root, "--owner", "Ada Owner",
                         "--email", "ada@example.org", "--password-stdin", typed="a long password\n")
            self.reports = [self.daybook("import", *(["--media", media] if media else []), file) for file in files]
            if journal:
                self.add(**journal)
            self.server = LocalServer(self.home, PROGRAM, server, mode, self.port, workers, prefix)
        except BaseException:
            self.stop()
            raise

    @classmethod
    def demo(cls, **options):
        return cls([DEMO], DEMO_MEDIA, **options)

    def daybook(self, command, *arguments, typed=""):
        run = subprocess.run([PROGRAM, command, "--home", self.home, *arguments], input=typed, text=True, check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if run.returncode != 0:
            raise AssertionError(f"daybook {command} ended with {run.returncode}: {run.stdout[-3000:]}")
        return run.stdout

    def add(self, **journal):
        file = self.folder / "add.json"
        file.write_text(json.dumps({"daybook": 1} | journal))
        return self.daybook("import", file)

    def set(self, name, value):
        self.daybook("settings", "set", name, value)

    def logs(self):
        return self.server.logs()

    def stop(self):
        self.connection.close()
        if self.server:
            self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def entry(slug, title, date, **more):
    return {"kind": "entry", "status": "published", "slug": slug, "title": title, "date": date, "format": "html",
            "body": f"<p>Text of {slug}.</p>"} | more


def main():
    sites = {}
    try:
        for name in sys.argv[1:]:
            if name == "demo":
                sites[name] = JournalSite.demo()
            elif THEME_UNIT_TEST.exists():
                sites[name] = JournalSite([THEME_UNIT_TEST])
        print(json.dumps({name: site.root for name, site in sites.items()}), flush=True)
        sys.stdin.read()
    finally:
        for site in sites.values():
            site.stop()


if __name__ == "__main__":
    main()
