#!/usr/bin/env python3
"""`daybook upgrade` and its undo, under readers and writers: what came in part, changed or for another machine changes
nothing, a migration that fails neither, and what was written since stays. daybook-next is an edition to come."""
import hashlib
import http.client
import io
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import tempfile
import threading
import time
import unittest
import zipfile

from journal_site import PROGRAM, SOURCE, until
from local_server import LocalServer

MIGRATIONS = sorted((SOURCE / "sql/migrations").glob("*.sql"))
NEWEST = len(MIGRATIONS)
ENTRIES = {"daybook": 1, "entries": [
    {"title": f"Entry {n}", "slug": f"e{n}", "date": f"2024-05-0{n}T10:00:00Z", "status": "published", "format": "markdown",
     "body": f"Words about bread {n}.", "comments": [
         {"author": "Ada", "email": "ada@example.net", "date": "2024-05-09T10:00:00Z", "body": "A comment.", "status": "approved"}]}
    for n in (1, 2, 3)]}


def tables(database, schema="main"):
    """Of a file: all but those of indexes for searching."""
    found = database.execute(f"select name from {schema}.sqlite_schema where type = 'table' and name not like '%\\_fts%' escape '\\' "
                             "and name not like 'sqlite_%'")
    return {name for name, in found}


def columns(database, schema, table):
    return [row[1] for row in database.execute(f"pragma {schema}.table_info({table})")]


class Base:
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="daybook-upgrade-"))
        cls.scratch.chmod(0o755)
        cls.stripped = {}
        for name in ("daybook", "daybook-work", "daybook-next", "daybook-work-next"):
            target = cls.scratch / ("stripped-" + name)
            subprocess.run(["strip", "-o", target, PROGRAM.with_name(name)], check=True)
            cls.stripped[name] = target.read_bytes()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.scratch, ignore_errors=True)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=self.scratch))
        self.folder.chmod(0o755)
        self.programs = self.folder / "programs"
        self.programs.mkdir()
        for name in ("daybook", "daybook-work"):
            (self.programs / name).write_bytes(self.stripped[name])
            (self.programs / name).chmod(0o755)
        self.home = self.folder / "home"
        self.run_program("init", "--title", "T", "--url", "http://localhost", "--owner", "O", "--email", "o@example.org",
                         "--password-stdin", typed="correct horse battery\n")
        file = self.folder / "entries.json"
        file.write_text(json.dumps(ENTRIES))
        self.run_program("import", file)
        self.before = self.state()

    def run_program(self, command, *words, typed="", ok=True):
        done = subprocess.run([self.programs / "daybook", command, "--home", self.home, *words], input=typed, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if ok is not None:
            self.assertEqual(done.returncode == 0, ok, done.stdout)
        return done.stdout

    def state(self):
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in self.programs.iterdir() if p.is_file() and
                p.name.startswith("daybook")}

    def rows(self, question, *values):
        with sqlite3.connect(self.home / "private/journal.db", timeout=30) as database:
            return database.execute(question, values).fetchall()

    def schema(self):
        return self.rows("pragma user_version")[0][0]

    def release(self, next_=False, change=lambda name, data: data, listed=lambda name, data: data, mark=b"\nanother edition",
                sums=True, tar=False):
        """A release of the same programs with something at their end, so that they are others; or of the edition to come.
        `change`: what becomes of a file on its way; `listed`: what its sum is made of."""
        files = {}
        lines = []
        for name in ("daybook", "daybook-work"):
            whole = self.stripped[name + "-next"] if next_ else self.stripped[name] + mark
            lines.append(f"{hashlib.sha256(listed(name, whole)).hexdigest()}  web/{name}.bin\n")
            files[f"web/{name}.bin"] = change(name, whole)
        if sums:
            files["SHA256SUMS"] = "".join(lines).encode()
        file = self.folder / ("release.tar.gz" if tar else "release.zip")
        if tar:
            with tarfile.open(file, "w:gz", compresslevel=1, format=tarfile.USTAR_FORMAT) as archive:
                for name, data in files.items():
                    entry = tarfile.TarInfo("daybook-9.9.9-x86_64/" + name)
                    entry.size = len(data)
                    archive.addfile(entry, io.BytesIO(data))
        else:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, data in files.items():
                    if data is not None:
                        archive.writestr("daybook-9.9.9-x86_64/" + name, data)
        return file

    def refused(self, file, said):
        self.assertIn(said, self.run_program("upgrade", *([file] if file else []), ok=False))
        self.assertEqual(self.state(), self.before)

    def publish(self, words):
        text = self.folder / "a.md"
        text.write_text(words)
        self.run_program("entry", "--title", "Since", "publish", text)



class Upgrade(Base, unittest.TestCase):
    def test_there_and_back_with_what_was_written_since(self):
        for tar in (False, True):
            self.assertIn("is in the place of", self.run_program("upgrade", self.release(tar=tar)))
            after = self.state()
            self.assertEqual(set(after), {"daybook", "daybook-work", "daybook.old", "daybook-work.old"})
            self.assertNotEqual(after["daybook"], self.before["daybook"])
            self.assertEqual(after["daybook.old"], self.before["daybook"])
            self.publish(f"Written since {tar}.")
            self.assertIn("What was written since is kept", self.run_program("upgrade", "--undo"))
            self.assertEqual(self.state(), self.before)
            export = self.folder / f"all-{tar}.json"
            self.run_program("export", "--format", "json", export)
            self.assertIn(f"Written since {tar}.", export.read_text())
            self.assertIn("no programs from before", self.run_program("upgrade", "--undo", ok=False))

    def test_what_lies_in_the_folder_is_found(self):
        self.refused(None, "There is no release to take")
        folder = self.home / "private/upgrade"
        shutil.move(self.release(), folder / "daybook-9.9.9-x86_64.zip")
        self.run_program("upgrade")
        self.assertFalse((folder / "daybook-9.9.9-x86_64.zip").exists())
        self.run_program("upgrade", "--undo")
        # Unpacked, as an upload program sends a folder.
        with zipfile.ZipFile(self.release()) as archive:
            archive.extractall(folder)
        self.run_program("upgrade")
        self.run_program("upgrade", "--undo")
        shutil.rmtree(folder / "daybook-9.9.9-x86_64")
        # Beside the program.
        for name in ("daybook", "daybook-work"):
            (self.programs / (name + ".new")).write_bytes(self.stripped[name + "-next"])
        whole = (self.programs / "daybook.new").read_bytes()
        (self.programs / "daybook.new").write_bytes(whole[:-1000])
        self.assertIn("came in part", self.run_program("upgrade", ok=False))
        (self.programs / "daybook.new").write_bytes(whole)
        self.run_program("upgrade")
        self.assertEqual(self.schema(), NEWEST + 1)

    def test_what_is_not_whole_changes_nothing_and_says_why(self):
        whole = self.release().read_bytes()
        half = self.folder / "half.zip"
        for bytes_, said in ((whole[:200_000], "half.zip came in part, or in text mode"),
                             (whole.replace(b"\n", b"\r\n"), "half.zip came in part, or in text mode"),
                             (b"<html>Not found", "half.zip is no release of Daybook"), (b"", "half.zip is no release of Daybook")):
            half.write_bytes(bytes_)
            self.refused(half, said)
        whole = self.release(tar=True).read_bytes()
        for bytes_ in (whole[:200_000], whole.replace(b"\n", b"\r\n"), whole[:-20]):
            half.write_bytes(bytes_)
            self.refused(half, "half.zip came in part, or in text mode")
        self.refused(self.release(change=lambda name, data: None if name == "daybook-work" else data), "daybook-work.bin is not in it")
        self.refused(self.release(change=lambda name, data: data.replace(b"\n", b"\r\n")), "Upload it again in binary mode")
        self.refused(self.release(sums=False), "SHA256SUMS is not in it")
        self.refused(self.folder / "not-there.zip", "not-there.zip is no release")

    def test_for_another_processor_or_broken(self):
        def other(change):
            return self.release(change=change, listed=change)
        self.refused(other(lambda name, data: data[:18] + b"\xb7\x00" + data[20:]), "another kind of processor (aarch64)")
        self.refused(other(lambda name, data: data[:64] + bytes(len(data) - 64)), "does not start on this machine")
        self.refused(other(lambda name, data: b"MZ" + data[2:]), "no program for Linux")
        self.refused(other(lambda name, data: data[:-5000]), "came in part")

    def test_a_migration_that_fails_changes_nothing_and_is_explained(self):
        self.rows("create table next_thing (id integer)")
        self.refused(self.release(next_=True), "could not take over the journal")
        self.assertEqual(self.schema(), NEWEST)
        self.publish("Written afterwards.")
        self.rows("drop table next_thing")
        self.run_program("upgrade", self.release(next_=True))
        self.assertEqual(self.schema(), NEWEST + 1)

    def make_older(self, schema):
        """The journal's database as a program of that schema would have left it."""
        new, old = self.home / "private/journal.db", self.folder / f"schema-{schema}.db"
        with sqlite3.connect(old) as database:
            for migration in MIGRATIONS[:schema]:
                database.executescript(migration.read_text())
            database.execute(f"attach '{new}' as new")
            for table in tables(database) & tables(database, "new"):
                both = ", ".join(c for c in columns(database, "main", table) if c in columns(database, "new", table))
                database.execute(f"delete from main.{table}")
                database.execute(f"insert into main.{table} ({both}) select {both} from new.{table}")
            for index in ("entry_fts", "comment_fts"):
                database.execute(f"insert into {index} ({index}) values ('rebuild')")
            database.commit()
            database.execute("detach new")
            database.execute(f"pragma user_version = {schema}")
            database.commit()
        for tail in ("", "-wal", "-shm"):
            pathlib.Path(f"{new}{tail}").unlink(missing_ok=True)
        shutil.copy(old, new)
        new.chmod(0o600)

    def structure(self):
        return sorted(self.rows("select type, name, coalesce(sql, '') from sqlite_schema"))

    def test_from_every_schema_and_back_with_what_was_written_since(self):
        for schema in range(1, NEWEST):
            with self.subTest(schema):
                self.make_older(schema)
                structure = self.structure()
                self.assertIn(f"schema {schema} to {NEWEST}", self.run_program("upgrade", self.release()))
                self.assertEqual(self.schema(), NEWEST)
                self.publish(f"Written since schema {schema}.")
                self.rows("insert into comment (entry_id, status, created_at, author_name, body_html, body) "
                          "select id, status, 1, 'Since', body_html, body from (select e.id, c.status, c.body_html, c.body from entry e "
                          "join comment c on c.entry_id = e.id limit 1)") if self.can_insert_comment() else None
                known = {t: self.rows(f"select count(*) from {t}")[0][0] for t in ("entry", "comment", "reference", "subscriber")}
                said = self.run_program("upgrade", "--undo")
                self.assertIn("What was written since is kept", said)
                self.assertEqual(self.schema(), schema)
                self.assertEqual(self.structure(), structure)
                self.assertEqual({t: self.rows(f"select count(*) from {t}")[0][0] for t in known}, known)
                self.assertEqual(self.rows("pragma integrity_check"), [("ok",)])
                self.assertEqual(self.rows("pragma foreign_key_check"), [])
                found = self.rows("select title from entry where id in (select rowid from entry_fts where entry_fts match 'since')")
                self.assertEqual(found[-1:], [("Since",)])
                self.run_program("migrate")
                export = self.folder / "all.json"
                self.run_program("export", "--format", "json", export)
                self.assertIn(f"Written since schema {schema}.", export.read_text())
                self.assertIn("is whole", self.run_program("check"))

    def can_insert_comment(self):
        names = [row[1] for row in self.rows("pragma table_info(comment)")]
        return {"entry_id", "status", "created_at", "author_name", "body_html", "body"} <= set(names)


class UnderLoad(Base, unittest.TestCase):
    """Readers and writers ask while programs are swapped; nobody is told that anything happened."""
    workers = 2

    def setUp(self):
        super().setUp()
        self.run_program("settings", "set", "comments.hold", "none")
        self.run_program("settings", "set", "rates", "off")
        self.server = LocalServer(self.home, self.programs / "daybook", workers=self.workers)
        self.addCleanup(self.server.stop)
        self.programs = self.server.run  # it has copies of its own
        self.stop, self.failed, self.answered, self.written = threading.Event(), [], [0], []
        self.threads = [threading.Thread(target=self.read, args=(path,)) for path in ("/archive?x", "/?x", "/search?q=bread")]
        for thread in self.threads:
            thread.start()
        self.addCleanup(self.stop.set)
        self.answers(50)

    def ask(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def read(self, path):
        while not self.stop.is_set():
            try:
                status, text = self.ask("GET", path)
                self.answered[0] += 1
                if status != 200 or "</html>" not in text:
                    self.failed.append((status, text[-500:]))
            except OSError as error:
                self.failed.append(error)

    def answers(self, more):
        count = self.answered[0]
        until(lambda: self.answered[0] > count + more or self.failed, "readers", 60)

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        self.assertEqual(self.failed, [])

    def serves(self, program):
        """Every process that answers runs that file."""
        inode = (self.programs / program).stat().st_ino
        def all_of_it():
            running = [p for p in pathlib.Path("/proc").glob("[0-9]*/exe")]
            numbers = set()
            for link in running:
                try:
                    if os.readlink(link).startswith(str(self.programs / "daybook")) and "serve" in (link.parent / "cmdline").read_text():
                        numbers.add(link.stat().st_ino)
                except OSError:
                    pass
            return numbers == {inode}
        until(all_of_it, "processes of " + program)

    def test_readers_notice_nothing(self):
        self.run_program("upgrade", self.release())
        self.answers(200)
        self.serves("daybook")
        self.run_program("upgrade", "--undo")
        self.answers(200)
        self.serves("daybook")
        self.end()

    def test_readers_notice_nothing_of_a_migration_either(self):
        self.assertIn(f"schema {NEWEST} to {NEWEST + 1}", self.run_program("upgrade", self.release(next_=True)))
        self.answers(200)
        self.serves("daybook")
        self.publish("Written under the edition to come.")
        self.rows("insert into next_thing (name) values ('since')")
        said = self.run_program("upgrade", "--undo")
        self.assertIn("next_thing 2", said)
        self.answers(200)
        self.serves("daybook")
        self.assertEqual(self.schema(), NEWEST)
        self.assertIn("Written under the edition to come.", self.ask("GET", "/")[1])
        # And once more from there.
        self.run_program("upgrade", self.release(next_=True))
        self.answers(100)
        self.end()
        self.assertEqual(self.schema(), NEWEST + 1)
        self.assertIn("Written under the edition to come.", self.ask("GET", "/")[1])

    def test_killed_at_any_moment_the_next_try_ends_it(self):
        release = self.release(next_=True)
        for number in range(8):
            process = subprocess.Popen([self.programs / "daybook", "upgrade", "--home", self.home, release],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.25 * number)
            process.send_signal(signal.SIGKILL)
            process.wait()
            until(lambda: not subprocess.run(["pgrep", "-f", f"migrate --home {self.home}"], capture_output=True).stdout, "the migration's end")
            self.run_program("upgrade", release)
            self.answers(20)
            self.assertEqual(self.schema(), NEWEST + 1)
            self.run_program("upgrade", "--undo")
            self.assertEqual({n: s for n, s in self.state().items() if n in self.before}, self.before)
            self.assertEqual(self.schema(), NEWEST)
        self.end()

    def test_programs_put_over_those_that_run_take_the_journal_over(self):
        """As an upload program does it, which first makes room."""
        for name in ("daybook-work", "daybook"):
            part = self.programs / ("." + name)
            part.write_bytes(self.stripped[name + "-next"])
            part.chmod(0o755)
            part.rename(self.programs / name)
        until(lambda: self.schema() == NEWEST + 1, "the migration")
        self.answers(100)
        self.end()
        self.assertTrue((self.home / f"private/backups/before-migration-{NEWEST + 1}.db").exists())

    def test_where_that_fails_reading_goes_on_and_says_so(self):
        self.rows("create table next_thing (id integer)")
        for name in ("daybook-work", "daybook"):
            part = self.programs / ("." + name)
            part.write_bytes(self.stripped[name + "-next"])
            part.chmod(0o755)
            part.rename(self.programs / name)
        self.serves("daybook")
        self.answers(100)
        self.assertEqual(self.schema(), NEWEST)
        page = self.ask("GET", "/2024/05/03/e3/?x")
        entry = re.search(r'href="http://localhost(/[^"]*e3[^"]*)"', self.ask("GET", "/?y")[1])
        status, text = self.ask("GET", (entry.group(1) if entry else "/") + "?z")
        self.assertEqual(status, 200, page)
        status, text = self.ask("POST", "/search", "q=x", {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertIn(status, (405, 503))
        status, text = self.ask("GET", "/admin/sign-in")
        self.assertEqual(status, 200)
        # Mended while it runs.
        self.rows("drop table next_thing")
        (self.home / "private/upgrade/stuck").unlink()
        until(lambda: self.schema() == NEWEST + 1, "the migration")
        self.answers(50)
        self.end()


if __name__ == "__main__":
    unittest.main()
