#!/usr/bin/env python3
"""The portable program (build-static/, -DDAYBOOK_STATIC=ON): small, without a library of the system, and whole."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = SOURCE / "build-static/daybook"
MOST = 4.5 * 1024 * 1024  # bytes, stripped; 4.63 million measured


class Portable(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="daybook-portable-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.program = self.folder / "daybook"
        subprocess.run(["strip", "-o", self.program, PROGRAM], check=True)

    def run_program(self, *arguments, **more):
        return subprocess.run([self.program, *map(str, arguments)], check=True, capture_output=True, **more).stdout

    def fill(self, home, file):
        """By the other build: imports are done by daybook-work, which is not portable yet."""
        subprocess.run([SOURCE / "build/daybook", "import", "--home", home, file], check=True, capture_output=True)

    def ask(self, home, path, **more):
        meta = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": path, "SCRIPT_NAME": "",
                "QUERY_STRING": path.partition("?")[2], "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "localhost",
                "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "DAYBOOK_HOME": str(home)} | more
        return self.run_program(env=meta).decode()

    def test_is_small(self):
        if not (SOURCE / "build-static/sqlite/sqlite3.c").exists():
            self.skipTest("the source of SQLite was not to be had")
        self.assertLessEqual(self.program.stat().st_size, MOST)

    def test_needs_no_library(self):
        headers = subprocess.run(["readelf", "-lW", self.program], check=True, capture_output=True, text=True).stdout
        self.assertIn("LOAD", headers)
        self.assertNotIn("INTERP", headers)

    def test_knows_the_summer_time_that_a_zones_rule_gives(self):
        """The rule is read by a part of the C library that has been replaced (cli/portable/left_out.c)."""
        rules = ("Rule T 1990 max - Mar lastSun 1:00u 1:00 S\nRule T 1990 max - Oct lastSun 1:00u 0 -\n"
                 "Zone Europe/Berlin 1:00 T CE%sT\n")
        subprocess.run(["/usr/sbin/zic", "-b", "slim", "-d", self.folder / "zones", "/dev/stdin"], input=rules, text=True, check=True)
        home, file = self.folder / "home", self.folder / "add.json"
        self.run_program("init", "--home", home, "--title", "Zones", "--url", "http://localhost", "--owner", "O",
                         "--email", "o@example.org", "--password-stdin", input=b"correct horse battery\n")
        self.run_program("settings", "--home", home, "set", "zone", "Europe/Berlin")
        file.write_text(json.dumps({"daybook": 1, "entries": [
            {"title": name, "slug": name, "date": f"{day}T10:00:00+00:00", "body": "<p>Words.</p>", "status": "published"}
            for name, day in (("winter", "2024-01-10"), ("spring", "2024-03-30"), ("summer", "2024-03-31"), ("autumn", "2024-10-26"))]}))
        self.fill(home, file)
        page = self.ask(home, "/", TZDIR=str(self.folder / "zones"))
        for time in ("2024-01-10T11:00:00+01:00", "2024-03-30T11:00:00+01:00", "2024-03-31T12:00:00+02:00", "2024-10-26T12:00:00+02:00"):
            self.assertIn(time, page)

    def test_makes_fills_and_shows_a_journal(self):
        home, export = self.folder / "home", self.folder / "export.xml"
        self.run_program("init", "--home", home, "--title", "Small", "--url", "http://localhost", "--owner", "O",
                         "--email", "o@example.org", "--password-stdin", input=b"correct horse battery\n")
        subprocess.run([sys.executable, SOURCE / "tests/tools/make_wxr.py", export, "--entries", "30", "--comments", "60"],
                       check=True)
        self.fill(home, export)
        self.assertIn("</html>", self.ask(home, "/"))
        found = self.ask(home, "/search?q=the")  # ranked, so with SQLite's functions of FTS5
        self.assertIn("<mark>", found)
        self.assertIn("<rss", self.ask(home, "/rss.xml"))
        entry = re.search(r'class="u-url u-uid"[^>]*href="([^"]+)"', self.ask(home, "/")).group(1)
        self.assertIn('"@context"', self.ask(home, entry))
        found = subprocess.run([self.program, "doctor", "--json", "--home", home], capture_output=True, text=True).stdout
        bad = [line["name"] for line in json.loads(found) if line["state"] == "bad"]
        self.assertEqual(bad, ["daybook-work"])  # which does not lie beside this copy


if __name__ == "__main__":
    if not PROGRAM.exists():
        print("There is no build-static/daybook.")
        sys.exit(77)
    os.chdir(SOURCE)
    unittest.main()
