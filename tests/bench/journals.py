"""Journals of any size to measure with, kept in build/bench-* until the schema or their maker changes."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
MAKER = SOURCE / "tests/tools/make_wxr.py"
CROWD = 1000  # comments of one entry


def comments_of(entries):
    return entries * (10 if entries <= 10_000 else 2)


def _key():
    digest = hashlib.sha256(MAKER.read_bytes())
    for file in sorted((SOURCE / "sql/migrations").iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


class Journal:
    """Its home, and addresses in it that cost the same at every size."""

    def __init__(self, home, entries):
        self.home, self.entries = home, entries
        db = sqlite3.connect(home / "private/journal.db")
        one = lambda text, *values: db.execute(text, values).fetchone()  # noqa: E731
        public = "kind = 0 and status = 1"
        self.entry = one(f"select path from entry where {public} order by abs(comment_count - 10), abs("
                         f"length(body) - (select avg(length(body)) from entry where {public})) limit 1")[0]
        self.crowd = one(f"select path from entry where {public} order by comment_count desc limit 1")[0]
        year, month = one("select year, month from archive_month where entry_count >= 30 order by year, month limit 1 offset 5")
        self.month = f"/{year}/{month}/"
        self.tag = "/tag/" + one("select slug from tag order by entry_count desc limit 1")[0]
        db.close()


def _daybook(program, *arguments, **more):
    return subprocess.run([str(program), *map(str, arguments)], check=True, capture_output=True, **more)


def set_url(program, home, url):
    _daybook(program, "settings", "--home", home, "set", "url", url)


def export(build, entries):
    """The file that a journal of that size is imported from."""
    folder = build / f"bench-{_key()}-{entries}"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "journal.xml"
    if not file.exists():
        for old in build.glob("bench-*"):  # of another schema
            if not old.name.startswith(f"bench-{_key()}-"):
                shutil.rmtree(old)
        subprocess.run([sys.executable, MAKER, "--entries", str(entries), "--comments", str(comments_of(entries)),
                        "--crowd", str(CROWD), str(file) + ".part"], check=True)
        os.rename(str(file) + ".part", file)
    return file


def make(program, home, file):
    """Imports; seconds, items taken, and the most memory (MB) that it held."""
    shutil.rmtree(home, ignore_errors=True)
    _daybook(program, "init", "--home", home, "--title", "Speed", "--url", "http://127.0.0.1", "--owner", "O",
             "--email", "o@example.org", "--password-stdin", input=b"correct horse battery\n")
    began = time.monotonic()
    with open(os.devnull, "w") as null:
        process = subprocess.Popen([str(program), "import", "--home", str(home), str(file)], stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status != 0:
        raise SystemExit(f"{file} could not be imported ({status})")
    return time.monotonic() - began, usage.ru_maxrss * 1024 / 1e6


def items(file):
    """How many entries and comments are in an export."""
    count = 0
    with open(file, "rb") as lines:
        for line in lines:
            count += line.count(b"<item>") + line.count(b"<wp:comment>")
    return count


def journal(build, entries):
    """The kept journal of that many entries, made if need be."""
    folder = build / f"bench-{_key()}-{entries}"
    home = folder / "home"
    if not (folder / "made.json").exists():
        file = export(build, entries)
        print(f"making the journal of {entries} entries", flush=True)
        seconds, _ = make(build / "daybook", home, file)
        (folder / "made.json").write_text(json.dumps({"seconds": seconds}))
        if entries > 10_000:
            file.unlink()
    return Journal(home, entries)


def sizes(text):
    return sorted(int(n) for n in re.findall(r"\d+", text))
