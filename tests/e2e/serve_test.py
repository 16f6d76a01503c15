#!/usr/bin/env python3
"""scripts/serve as somebody types it: what it prints, that it is quick the second time, that it leaves nothing behind.
Only where build/ was built already: this is no test of compiling."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

from journal_site import PROGRAM, SOURCE, free_port, until

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Small old blog</title><link>http://old.example.org</link><description>Was elsewhere</description><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>http://old.example.org</wp:base_site_url><wp:base_blog_url>http://old.example.org</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ann</wp:author_login><wp:author_email>ann@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Ann]]></wp:author_display_name></wp:author>
<item><title>Hello from before</title><link>http://old.example.org/2012/05/06/hello-from-before/</link><dc:creator><![CDATA[ann]]></dc:creator>
<guid isPermaLink="false">http://old.example.org/?p=7</guid><content:encoded><![CDATA[Some old words.]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>7</wp:post_id><wp:post_date>2012-05-06 10:00:00</wp:post_date>
<wp:post_date_gmt>2012-05-06 10:00:00</wp:post_date_gmt><wp:post_name>hello-from-before</wp:post_name><wp:status>publish</wp:status>
<wp:post_parent>0</wp:post_parent><wp:menu_order>0</wp:menu_order><wp:post_type>post</wp:post_type><wp:is_sticky>0</wp:is_sticky></item>
</channel></rss>
"""


def processes_of(session):
    """Living processes of this session or started below the folder that its server runs in."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and (int(fields[3]) == session or int(fields[1]) == session):
            found.append(int(stat.parent.name))
    return found


@unittest.skipUnless((SOURCE / "build/daybook").exists(), "build/ is not built yet")
class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run(["ninja", "-C", SOURCE / "build", "daybook"], check=True, stdout=subprocess.DEVNULL)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-serve-test-"))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.started = []
        self.addCleanup(lambda: [self.end(pid) for pid in self.started])

    def end(self, pid):
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            return
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists() or
              pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z", "the server to end")

    def run_serve(self, *options):
        """(pid, address, all lines) of a detached start."""
        run = subprocess.run([SOURCE / "scripts/serve", *options, "--detach"], text=True, check=False, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder)
        lines = run.stdout.splitlines()
        self.assertEqual(run.returncode, 0, run.stdout)
        pid = re.fullmatch(r"pid (\d+)", lines[-2])
        self.assertTrue(pid, run.stdout)
        self.assertRegex(lines[-1], r"^http://127\.0\.0\.1:\d+/(?:.+/)?$")
        self.started.append(int(pid.group(1)))
        return int(pid.group(1)), lines[-1], lines

    def read(self, address):
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.read().decode()

    def test_serves_an_import_and_a_second_start_is_quick_and_ends_without_a_trace(self):
        (self.folder / "old.xml").write_text(WXR)
        port = str(free_port())
        pid, address, lines = self.run_serve("--home", "home", "--import", "old.xml", "--port", port)
        self.assertEqual(address, f"http://127.0.0.1:{port}/")
        self.assertIn("Hello from before", self.read(address))
        self.assertIn("Some old words.", self.read(address + "2012/05/06/hello-from-before/"))
        self.assertTrue(any("1 found = 1 taken" in line for line in lines), lines)
        below = [p for child in processes_of(pid) for p in [child, *processes_of(child)]]
        self.assertGreater(len(below), 3)
        self.end(pid)
        until(lambda: not any(pathlib.Path(f"/proc/{p}").exists() for p in below), "everything that it started to end", 10)
        with self.assertRaises(OSError):
            self.read(address)

        def url(*value):
            return subprocess.run([PROGRAM, "settings", "--home", self.folder / "home", "set" if value else "get", "url", *value],
                                  text=True, check=True, stdout=subprocess.PIPE).stdout.strip()
        url("https://kept.example.org")
        began = time.monotonic()
        pid, again, lines = self.run_serve("--home", "home", "--port", port, "--workers", "1")
        self.assertLess(time.monotonic() - began, 5 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1)))
        self.assertEqual(again, address)
        self.assertIn("Hello from before", self.read(again))
        self.assertEqual(url().rstrip("/"), "https://kept.example.org")  # a home that exists is used as it is
        self.assertNotIn("Half a Minute Slow", self.read(again))

    def test_says_what_is_wrong_with_its_options(self):
        for options in (["--nonsense"], ["--server", "iis"], ["--mode", "proxy"], ["--port", "http"], ["--workers", "0"], ["--port"],
                        ["--import"], ["--prefix", "blog/"]):
            run = subprocess.run([SOURCE / "scripts/serve", *options], text=True, check=False, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)
            self.assertEqual(run.returncode, 2, options)
            self.assertTrue(run.stderr.strip(), options)
        run = subprocess.run([SOURCE / "scripts/serve", "--import", "missing.xml"], text=True, check=False, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, cwd=self.folder)
        self.assertEqual((run.returncode, "missing.xml" in run.stderr), (1, True))

    def refused(self, *options, code=1):
        run = subprocess.run([SOURCE / "scripts/serve", *options], text=True, check=False, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder, timeout=60)
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        self.assertNotIn("Traceback", run.stderr)
        return run.stderr

    def test_a_port_that_is_taken_is_noticed_before_anything_is_made(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            self.assertIn(f"Port {port} on 127.0.0.1 is taken", self.refused("--port", port, "--home", "home"))
            self.assertIn(f"Port {port} on 127.0.0.1 is taken", self.refused(f"--port={port}", "--home=home"))
        self.assertFalse((self.folder / "home").exists())

    def test_a_home_that_is_served_is_not_served_twice_and_the_dead_leave_no_mark(self):
        (self.folder / "old.xml").write_text(WXR)
        pid, address, _ = self.run_serve("--home=home", "--import", "old.xml")
        for more in ([], ["--port", str(free_port())]):
            self.assertIn(f"already served at {address} (pid {pid})", self.refused("--home", "home", *more))
        below = [p for child in processes_of(pid) for p in [child, *processes_of(child)]]
        os.kill(pid, signal.SIGKILL)
        self.addCleanup(lambda: [os.kill(p, signal.SIGKILL) for p in below if pathlib.Path(f"/proc/{p}").exists()])
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists() or
              pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z", "the server to be dead")
        _, again, _ = self.run_serve("--home", "home")
        self.assertIn("Hello from before", self.read(again))

    def test_files_and_folders_in_the_wrong_place_are_named(self):
        (self.folder / "folder").mkdir()
        (self.folder / "file").write_text("x")
        self.assertIn("folder is a folder.", self.refused("--import", "folder"))
        self.assertIn("file is a file.", self.refused("--home", "file"))

    def test_interrupting_it_on_the_terminal_ends_it(self):
        (self.folder / "old.xml").write_text(WXR)
        process = subprocess.Popen([SOURCE / "scripts/serve", "--home", "home", "--import", "old.xml"], text=True, cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(process.stdout.close)
        address = next(line.strip() for line in process.stdout if line.startswith("http://"))
        self.assertIn("Hello from before", self.read(address))
        process.send_signal(signal.SIGINT)
        process.wait(20)
        with self.assertRaises(OSError):
            self.read(address)


if __name__ == "__main__":
    unittest.main()
