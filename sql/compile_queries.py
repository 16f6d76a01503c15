#!/usr/bin/env python3
"""Turns sql/queries/*.sql and sql/migrations/*.sql into constants: compile_queries.py OUTDIR FILES...

Writes OUTDIR/queries.cc, OUTDIR/queries/NAME.h for each file of queries (so that a new query rebuilds only those who
use its file). A file of queries holds blocks

    -- name: entry_by_path :one        (:one, :many or :exec)
    -- any comment
    -- hot                             (its plan must not scan a table; "-- hot, scans: a, b" lets those be scanned)
    select ... where path = $1;

each of which becomes `extern const QueryOf<1> kEntryByPath` in daybook::sql::query. A migration is a file
NNNN_name.sqlite.sql. Files that end in .sqlite.sql are this engine's own; in the others only SQL is allowed that
PostgreSQL reads in the same way. It is not an SQL parser: that statements are right is shown by tests/sql_queries_test.cc.
"""
import pathlib
import re
import sys

NAME = re.compile(r"--\s*name:\s*(?P<name>\S+)\s*(?P<kind>\S*)\s*$")
HOT = re.compile(r"--\s*hot\s*(?:,\s*scans:\s*(?P<scans>[\w, ]+))?$")
MIGRATION = re.compile(r"(\d{4})_([a-z0-9_]+)\.sqlite\.sql$")
KINDS = {":one": "kOne", ":many": "kMany", ":exec": "kExec"}

# What SQLite would take and PostgreSQL would not, or would read as something else.
FOREIGN = [
    (r"\browid\b", "rowid"),
    (r"\b(date|time|datetime|julianday|strftime|unixepoch|timediff)\s*\(", "SQLite's date functions"),
    (r"\binsert\s+or\b", "insert or ...: write on conflict"),
    (r"\bupdate\s+or\b", "update or ...: write on conflict"),
    (r"\breplace\s+into\b", "replace into: write on conflict"),
    (r"\b(last_insert_rowid|changes|total_changes)\s*\(", "SQLite's counters: write returning"),
    (r"\b(ifnull|iif)\s*\(", "ifnull and iif: write coalesce and case"),
    (r"\b(glob|match|indexed\s+by)\b", "glob, match, indexed by"),
    (r"\b(fts5|bm25|relevance|snippet|highlight)\b", "full-text search"),
    (r"\bcollate\s+(nocase|rtrim|binary)\b", "SQLite's collations"),
    (r"\bpragma\b", "pragma"),
    (r"==", "==: write ="),
    (r"[`\[]", "quoting by ` or [: write nothing or \""),
    (r"\blimit\s+\S+\s*,", "limit a, b: write limit and offset"),
    (r"\?|[:@][A-Za-z_]", "parameters other than $1, $2"),
]
KEYWORDS = """select from where insert into values update set delete returning on conflict do nothing and or not null is in
exists between like order by group having limit offset union all distinct as join left inner cross outer with recursive
materialized case when then else end asc desc over partition create table index trigger primary key references default
check unique begin cascade""".split()


class Problem(Exception):
    def __init__(self, path, line, text):
        super().__init__(f"{path}:{line}: {text}")


class Problems(list):
    """Gathers what is wrong, so that one run tells all of it."""

    def catch(self, f, *arguments):
        try:
            return f(*arguments)
        except Problem as problem:
            self.append(problem)
            return None


def blank(sql):
    """The text with strings, quoted names and comments replaced by spaces of the same length."""
    pattern = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/"
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m.group()), sql, flags=re.S)


def constant(name):
    return "k" + "".join(part.capitalize() for part in name.split("_"))


def literal(text):
    lines = text.splitlines(keepends=True) or [""]
    escape = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return "\n    ".join('"' + "".join(escape.get(c, c) for c in line) + '"' for line in lines)


def check_style(path, start, sql, portable):
    bare = blank(sql)
    for match in re.finditer(r"\b[A-Z][A-Z]+\b|\b[A-Z][a-z]+\b", bare):
        if match.group().lower() in KEYWORDS:
            line = start + bare.count("\n", 0, match.start())
            raise Problem(path, line, f"write keywords in lower case: {match.group()}")
    if not portable:
        return
    for pattern, what in FOREIGN:
        match = re.search(pattern, bare, re.I)
        if match:
            line = start + bare.count("\n", 0, match.start())
            raise Problem(path, line, f"not portable ({what}); move it to a .sqlite.sql file")


def parse_queries(path, problems):
    lines = path.read_text(encoding="utf-8").splitlines()
    portable = not path.name.endswith(".sqlite.sql")
    blocks = []
    for number, line in enumerate(lines, 1):
        match = NAME.match(line)
        if match:
            name, kind = match["name"], match["kind"]
            if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
                raise Problem(path, number, f"a name is lower_case_words: {name}")
            if kind not in KINDS:
                raise Problem(path, number, f"{name}: :one, :many or :exec is missing")
            blocks.append({"name": name, "kind": KINDS[kind], "path": path, "line": number, "body": []})
        elif blocks:
            blocks[-1]["body"].append((number, line))
        elif line.strip() and not line.lstrip().startswith("--"):
            raise Problem(path, number, "a statement without a name")
    for block in blocks:
        problems.catch(finish, block, portable)
    return blocks


def finish(block, portable):
    path, name = block["path"], block["name"]
    body = block.pop("body")
    block["hot"] = None
    text = []
    for number, line in body:
        hot = HOT.match(line.strip())
        if hot:
            block["hot"] = (hot["scans"] or "").replace(",", " ")
        elif line.strip() and not line.lstrip().startswith("--"):
            text.append((number, line.rstrip()))
    if not text:
        raise Problem(path, block["line"], f"{name} has no statement")
    first = text[0][0]
    # Lines keep their places, so that what is found below can be named by its line.
    kept = dict(text)
    sql = "\n".join(kept.get(n, "") for n in range(first, text[-1][0] + 1))
    bare = blank(sql).rstrip()
    if not bare.endswith(";"):
        raise Problem(path, text[-1][0], f"{name} does not end with ;")
    end = bare.index(";")
    if end != len(bare) - 1:
        line = first + bare.count("\n", 0, end)
        raise Problem(path, line, f"{name} holds more than one statement")
    check_style(path, first, sql, portable)
    numbers = {int(n) for n in re.findall(r"\$(\d+)", bare)}
    for wanted in range(1, max(numbers, default=0) + 1):
        if wanted not in numbers:
            raise Problem(path, block["line"], f"{name} uses ${max(numbers)} but not ${wanted}")
    if 0 in numbers:
        raise Problem(path, block["line"], f"{name}: parameters count from $1")
    block["parameters"] = len(numbers)
    block["text"] = re.sub(r"\n\s*\n", "\n", sql[:end]).strip()


def parse_migration(path):
    match = MIGRATION.match(path.name)
    if not match:
        raise Problem(path, 1, "a migration is called NNNN_name.sqlite.sql")
    text = path.read_text(encoding="utf-8")
    check_style(path, 1, text, portable=False)
    bare = blank(text)
    if not bare.strip().endswith(";"):
        raise Problem(path, text.count("\n") + 1, "the last statement does not end with ;")
    transaction = re.search(r"(?:^|;)\s*(begin|commit|rollback)\s*(transaction|immediate)?\s*;", bare)
    if transaction:
        line = 1 + bare.count("\n", 0, transaction.start(1))
        raise Problem(path, line, "a migration runs inside a transaction and holds none of its own")
    # Comments are for readers of the file; the program need not carry them.
    text = re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[ \t]*--[^\n]*",
                  lambda m: "" if m.group().lstrip().startswith("--") else m.group(), text)
    text = re.sub(r"\n\s*\n", "\n", text).strip() + "\n"
    return {"number": int(match[1]), "name": match[2], "text": text, "path": path}


def compile_files(paths, problems):
    queries, migrations, seen = [], [], {}
    for path in sorted(paths):
        if path.parent.name == "migrations":
            migrations.append(problems.catch(parse_migration, path))
            continue
        for block in problems.catch(parse_queries, path, problems) or []:
            first = seen.setdefault(block["name"], block)
            if first is not block:
                where = f"{first['path']}:{first['line']}"
                problems.append(Problem(path, block["line"],
                                        f"{block['name']} is defined already, at {where}"))
            queries.append(block)
    migrations = sorted((m for m in migrations if m), key=lambda m: m["number"])
    for wanted, migration in enumerate(migrations, 1):
        if migration["number"] != wanted and not problems:
            problems.append(Problem(migration["path"], 1, f"number {wanted:04} was expected here"))
    return queries, migrations


def stem(path):
    return path.name.split(".")[0]


def header(queries):
    out = ["// Made by sql/compile_queries.py. Not for editing.", "#pragma once", "", '#include "sql/query.h"', "",
           "namespace daybook::sql::query {", ""]
    out += [f"extern const QueryOf<{q['parameters']}> {constant(q['name'])};" for q in queries]
    return "\n".join(out + ["", "}  // namespace daybook::sql::query", ""])


def source(queries, migrations):
    out = ["// Made by sql/compile_queries.py. Not for editing.", "", "#include <array>", ""]
    out += [f'#include "sql/queries/{name}.h"' for name in sorted({stem(q["path"]) for q in queries})]
    out += ['#include "sql/query.h"', "", "namespace daybook::sql {", "namespace query {", ""]
    for number, q in enumerate(queries):
        hot = "nullptr" if q["hot"] is None else literal(" ".join(q["hot"].split()))
        out.append(f"constinit const QueryOf<{q['parameters']}> {constant(q['name'])}{{{{\n"
                   f"    \"{q['name']}\",\n    {literal(q['text'])},\n"
                   f"    Query::{q['kind']}, {q['parameters']}, {number}, {hot}}}}};")
    out += ["", "}  // namespace query", "", "namespace {", "",
            f"constexpr std::array<const Query*, {len(queries)}> kAllQueries = {{"]
    out += [f"    &query::{constant(q['name'])}," for q in queries]
    out += ["};", f"constexpr std::array<Migration, {len(migrations)}> kAllMigrations = {{"]
    for m in migrations:
        out.append(f"    Migration{{{m['number']}, \"{m['name']}\",\n    {literal(m['text'])}}},")
    out += ["};", "", "}  // namespace", "",
            "constinit const std::span<const Query* const> kQueries(kAllQueries);",
            "constinit const std::span<const Migration> kMigrations(kAllMigrations);", "",
            "}  // namespace daybook::sql", ""]
    return "\n".join(out)


def write(path, text):
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")  # an unchanged file keeps its time: nothing is rebuilt for it


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    problems = Problems()
    queries, migrations = compile_files([pathlib.Path(name) for name in arguments[1:]], problems)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    folder = pathlib.Path(arguments[0])
    (folder / "queries").mkdir(parents=True, exist_ok=True)
    files = sorted(stem(pathlib.Path(name)) for name in arguments[1:] if pathlib.Path(name).parent.name != "migrations")
    for name in files:
        write(folder / "queries" / f"{name}.h", header([q for q in queries if stem(q["path"]) == name]))
    write(folder / "queries.cc", source(queries, migrations))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
