"""`daybook open`: a journal shown on this machine, by whichever server is installed, and nothing left behind."""
import http.client
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

from journal_site import PROGRAM, until


class Open(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-open-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.folder.chmod(0o755)
        self.home = self.folder / "my home"
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()

    def init(self, url):
        subprocess.run([PROGRAM, "init", "--home", self.home, "--title", "On a laptop", "--url", url, "--owner", "Ann", "--email",
                        "ann@example.org", "--password-stdin"], input=b"correct horse battery\n", check=True,
                       stdout=subprocess.DEVNULL)
        self.daybook("entry", "publish", "-", typed="A text of mine.", title="Written here")

    def daybook(self, command, *arguments, typed="", **options):
        named = [word for name, value in options.items() for word in ("--" + name, value)]
        subprocess.run([PROGRAM, command, "--home", self.home, *named, *arguments], input=typed.encode(), check=True,
                       stdout=subprocess.DEVNULL)

    def open(self):
        """Its process, and the port and path that it names."""
        process = subprocess.Popen([PROGRAM, "open", "--home", self.home], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=dict(os.environ, TMPDIR=str(self.temporary)))
        self.addCleanup(lambda: (process.kill(), process.wait(), process.stdout.close(), process.stderr.close()))
        lines = [process.stdout.readline(), process.stdout.readline()]
        self.assertIn("Ctrl-C", lines[0], process.stderr.read() if process.poll() is not None else "")
        port, path = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/.*)\n", lines[1]).groups()
        return process, int(port), path

    def get(self, port, path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def children(self, process):
        return subprocess.run(["pgrep", "-f", str(self.temporary)], stdout=subprocess.PIPE, text=True, check=False).stdout.split()

    def test_shows_the_journal_and_leaves_nothing_behind(self):
        self.init("https://example.org")
        process, port, path = self.open()
        status, page = self.get(port, path)
        self.assertEqual((status, path), (200, "/"))
        self.assertIn("Written here", page)
        style = re.search(r'href="(/static/style[^"]+)"', page).group(1)
        self.assertEqual(self.get(port, style)[0], 200)
        self.assertEqual(self.get(port, "/private/journal.db")[0], 404)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(20), 0)
        self.assertEqual(list(self.temporary.iterdir()), [])
        self.assertEqual(self.children(process), [])
        with self.assertRaises(OSError):
            self.get(port, "/")

    def test_a_journal_in_a_folder_is_shown_in_that_folder(self):
        self.init("https://example.org/blog")
        process, port, path = self.open()
        self.assertEqual(path, "/blog/")
        self.assertEqual(self.get(port, path)[0], 200)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 0)

    def test_nothing_is_sent(self):
        self.init("https://example.org")
        file = self.home / "private/journal.db"
        with sqlite3.connect(file) as database:
            database.execute("insert into job (kind, subject, priority, run_at) values (1, 1, 0, 0)")
        database.close()
        process, port, _ = self.open()
        for _ in range(3):
            self.get(port, "/archive?now")
            time.sleep(0.6)
        with sqlite3.connect(file) as database:
            self.assertEqual(database.execute("select attempts, leased_by from job where kind = 1").fetchall(), [(0, "")])
        database.close()
        process.send_signal(signal.SIGINT)
        process.wait(20)

    def test_killed_it_takes_its_children_along(self):
        self.init("https://example.org")
        process, _, _ = self.open()
        process.kill()
        process.wait()
        until(lambda: not self.children(process), "the end of what it started")

    def test_a_folder_without_a_journal_is_said(self):
        run = subprocess.run([PROGRAM, "open", "--home", self.home], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertIn("daybook init", run.stderr)


if __name__ == "__main__":
    unittest.main()
