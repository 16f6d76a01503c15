#!/usr/bin/env python3
"""The release (scripts/release): what is in it, the same bytes twice, whole in a folder without any library, and its entry
for the web server, which says what to mend. RELEASE=FOLDER looks at one that is made already."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]


class Release(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="daybook-release-"))
        cls.out = pathlib.Path(os.environ.get("RELEASE", cls.scratch / "out"))
        if "RELEASE" not in os.environ:
            made = subprocess.run([SOURCE / "scripts/release", cls.out], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if "could not be had" in made.stdout:
                raise unittest.SkipTest(made.stdout)
            assert made.returncode == 0, made.stdout
        cls.tar, = cls.out.glob("daybook-*.tar.gz")
        cls.name = cls.tar.name.removesuffix(".tar.gz")
        cls.zip = cls.out / (cls.name + ".zip")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.scratch, ignore_errors=True)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.scratch))
        self.folder.chmod(0o755)
        with tarfile.open(self.tar) as archive:
            archive.extractall(self.folder, filter="fully_trusted") if hasattr(tarfile, "fully_trusted_filter") else archive.extractall(self.folder)
        self.root = self.folder / self.name
        self.web = self.root / "web"

    def entry(self, **more):
        """What the web server would get from daybook.cgi."""
        meta = {"PATH": "/usr/bin:/bin", "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/",
                "SCRIPT_NAME": "/daybook.cgi", "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": "localhost",
                "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "DOCUMENT_ROOT": str(self.web), "DAYBOOK_REWRITES": "1"} | more
        run = subprocess.run([self.web / "daybook.cgi"], env=meta, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        return run.stdout.decode()

    def test_both_archives_hold_the_same_and_the_sums_are_right(self):
        with zipfile.ZipFile(self.zip) as archive:
            zipped = {name: archive.read(name) for name in archive.namelist()}
        found = {str(p.relative_to(self.folder)): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}
        self.assertEqual(zipped, found)
        sums = dict(reversed(line.split("  ", 1)) for line in (self.root / "SHA256SUMS").read_text().splitlines())
        self.assertEqual({f"{self.name}/{n}": s for n, s in sums.items()},
                         {n: hashlib.sha256(b).hexdigest() for n, b in found.items() if not n.endswith("/SHA256SUMS")})
        for needed in ("web/.htaccess", "web/htaccess.txt", "web/index.html", "web/daybook.cgi", "web/daybook.fcgi", "server/nginx.conf", "LICENSE", "START.txt"):
            self.assertIn(f"{self.name}/{needed}", found)

    def test_the_licences_of_all_parts_are_in_it(self):
        notices = (self.root / "NOTICES.txt").read_text()
        for part in ("sqlite3", "libfcgi", "cgicc", "ctemplate", "cmark", "expat", "zlib", "sodium", "nlohmann", "libssl", "curl",
                     "jpeg", "libpng", "libwebp", "libc6"):
            self.assertIn(part, notices)

    def test_no_path_of_the_machine_that_made_it_is_in_it(self):
        for program in self.web.glob("*.bin"):
            self.assertFalse(str(SOURCE).encode() in program.read_bytes(), program)

    def test_whole_without_any_library(self):
        """In a root folder that holds nothing but the release."""
        bare = self.folder / "bare"
        for name in ("dev", "proc", "tmp"):
            (bare / name).mkdir(parents=True)
        for program in self.web.glob("*.bin"):
            headers = subprocess.run(["readelf", "-lW", program], check=True, capture_output=True, text=True).stdout
            self.assertNotIn("INTERP", headers)
            shutil.copy(program, bare / program.name)
        shutil.copy(SOURCE / "scripts/demo/journal.json", bare / "demo.json")
        if os.geteuid() != 0:
            self.skipTest("only root may change the root folder")
        os.mknod(bare / "dev/null", 0o20666, os.makedev(1, 3))

        def run(*words, typed="", **meta):
            done = subprocess.run(["unshare", "-m", "sh", "-c", 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', bare, *words],
                                  input=typed, capture_output=True, text=True, env={"PATH": os.environ["PATH"], **meta})
            self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
            return done.stdout
        self.assertRegex(run("/daybook.bin", "version"), r"^daybook \d")
        run("/daybook.bin", "init", "--home", "/home", "--title", "Bare", "--url", "http://localhost", "--owner", "O",
            "--email", "o@example.org", "--password-stdin", typed="correct horse battery\n")
        run("/daybook.bin", "import", "--home", "/home", "/demo.json")
        page = run("/daybook.bin", GATEWAY_INTERFACE="CGI/1.1", REQUEST_METHOD="GET", REQUEST_URI="/", SCRIPT_NAME="", QUERY_STRING="",
                   SERVER_PROTOCOL="HTTP/1.1", SERVER_NAME="localhost", SERVER_PORT="80", REMOTE_ADDR="127.0.0.1", DAYBOOK_HOME="/home")
        self.assertIn("Status: 200", page)
        run("/daybook.bin", "backup", "--home", "/home")
        self.assertIn("whole", run("/daybook.bin", "check", "--home", "/home"))
        for form, ending in (("wxr", "xml"), ("mt", "txt"), ("markdown", "zip"), ("json", "json"), ("static", "folder")):
            run("/daybook.bin", "export", "--home", "/home", "--format", form, "/tmp/out." + ending)
        run("/daybook-work.bin", "--home", "/home", "--status")

    def test_the_entry_makes_a_home_outside_the_web_folder_and_starts(self):
        for _ in range(2):
            answer = self.entry()
            self.assertRegex(answer, r"Status: 30\d|Status: 200")
            self.assertIn("setup", answer)
        home = pathlib.Path((self.web / "daybook.home").read_text().strip())
        self.assertNotIn(self.web, home.parents)
        self.assertTrue((home / "private/SETUP-CODE.txt").exists())
        self.assertTrue((self.web / "static").is_symlink())
        self.assertEqual(list(self.web.glob("*.bin")), [])  # they are in their places

    def test_nothing_written_in_the_web_folder_says_where_a_home_in_it_lies(self):
        answer = self.entry(DOCUMENT_ROOT="")
        self.assertIn("setup", answer)
        home, = self.web.glob("journal-*")
        self.assertEqual(len(home.name), 32)
        for file in self.web.iterdir():
            if file.is_file():
                self.assertNotIn(home.name.encode(), file.read_bytes(), file)
        self.assertIn("setup", self.entry(DOCUMENT_ROOT=""))
        self.assertEqual(list(self.web.glob("journal-*")), [home])

    def test_a_home_is_not_put_where_another_hosts_files_are(self):
        inner = self.folder / "public_html/second"
        inner.parent.mkdir()
        self.web.rename(inner)
        self.web = inner
        self.entry()
        self.assertEqual((self.web / "daybook.home").read_text().strip(), str(self.folder / "daybook-second"))

    def test_the_entry_says_what_to_mend(self):
        program = self.web / "daybook.bin"
        whole = program.read_bytes()
        for bytes_, said in ((whole[:100_000], "has 100000 bytes"), (whole.replace(b"\n", b"\r\n"), "in binary mode"), (None, "is missing")):
            program.unlink()
            if bytes_ is not None:
                program.write_bytes(bytes_)
                program.chmod(0o755)
            answer = self.entry()
            self.assertIn("Status: 500", answer)
            self.assertIn(said, answer)
            program.write_bytes(whole)
        program.write_bytes(b"\x7fELF" + bytes(len(whole) - 4))
        self.assertIn("does not run here", self.entry())
        program.write_bytes(whole)
        program.chmod(0o644)  # an upload keeps no permissions
        self.assertNotIn("Status: 500", self.entry())
        # From now on it does not matter what comes, until it is whole.
        for bytes_ in (whole[:100_000], whole):
            program.write_bytes(bytes_)
            self.assertIn("setup", self.entry())
        self.assertFalse(program.exists())

    def test_text_mode_does_not_matter_to_the_entry(self):
        for name in ("daybook.cgi", "daybook.fcgi"):
            file = self.web / name
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        self.assertIn("setup", self.entry())

    @unittest.skipIf("RELEASE" in os.environ, "one is looked at, none is made")
    def test_the_same_sources_elsewhere_make_the_same_bytes(self):
        elsewhere = self.folder / "another-place"
        subprocess.run(["git", "clone", "-q", SOURCE, elsewhere], check=True)
        date = re.search(r"\d+", subprocess.run(["git", "-C", SOURCE, "log", "-1", "--format=%ct"], capture_output=True, text=True).stdout).group()
        again = self.folder / "again"
        subprocess.run([elsewhere / "scripts/release", again], check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, SOURCE_DATE_EPOCH=date))
        for file in (self.tar, self.zip, *self.out.glob("*.deb")):
            self.assertEqual((again / file.name).read_bytes(), file.read_bytes(), file.name)


if __name__ == "__main__":
    if not {"RELEASE", "DAYBOOK_RELEASE"} & set(os.environ):
        print("It builds two releases, a quarter of an hour: DAYBOOK_RELEASE=1 does it.")
        sys.exit(77)
    unittest.main()
