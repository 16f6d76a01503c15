"""An empty home behind a real web server: what an owner has uploaded and nobody has set up yet.

    with EmptySite() as site:                # or server="apache", mode="cgi"
        site.code(), site.get("/admin/setup")

Also a program: it serves one, prints its address, its home and a file to import as one line of JSON, and ends when its
standard input does. setup_browser_test.mjs uses it.
"""
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from journal_site import Client, LocalServer, PROGRAM, SHARED, free_port

EXPORT = SHARED / "imports/wxr--WordPress_wordpress-importer--small-export.xml"
OWN_EXPORT = {"daybook": 1, "entries": [
    {"kind": "entry", "status": "published", "slug": f"day-{n}", "title": f"Day {n}", "format": "html",
     "date": f"2019-{1 + n // 28:02}-{1 + n % 28:02}T08:00:00Z", "body": f"<p>What happened on day {n}.</p>"}
    for n in range(300)]}
ANSWERS = {"title": "Low tide", "owner": "Ada Owner", "email": "ada@example.org", "password": "a long password"}


class EmptySite(Client):
    def __init__(self, server="nginx", mode="fastcgi", prefix="", workers=2, home="home"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-setup-"))
        self.folder.chmod(0o755)
        self.home, self.server = self.folder / home, None
        (self.home / "public").mkdir(parents=True)
        super().__init__(free_port(), prefix)
        self.origin = f"http://127.0.0.1:{self.port}"
        self.root = self.origin + prefix
        try:
            self.server = LocalServer(self.home, PROGRAM, server, mode, self.port, workers, prefix)
        except BaseException:
            self.stop()
            raise

    @property
    def code_file(self):
        return self.home / "private/SETUP-CODE.txt"

    def code(self):
        return self.code_file.read_text().splitlines()[0]

    def bring(self, name, content):
        """A file put into private/import by the upload program of its owner."""
        file = self.home / "private/import" / name
        if isinstance(content, pathlib.Path):
            shutil.copy(content, file)
        else:
            file.write_text(content)
        owner = (self.home / "private").stat()
        shutil.chown(file, owner.st_uid, owner.st_gid)
        return file

    def ask_database(self, sql, *values):
        with sqlite3.connect(f"file:{self.home}/private/journal.db?mode=ro", uri=True) as database:
            return database.execute(sql, values).fetchall()

    def daybook(self, command, *arguments, typed=""):
        return subprocess.run([PROGRAM, command, "--home", self.home, *arguments], input=typed, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def stop(self):
        self.connection.close()
        if self.server:
            self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def main():
    with EmptySite() as site:
        export = site.folder / "old-journal.json"
        export.write_text(json.dumps(OWN_EXPORT))
        print(json.dumps({"root": site.root, "home": str(site.home), "export": str(export)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
