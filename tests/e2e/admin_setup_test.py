#!/usr/bin/python3
"""The first run over real web servers, by forms alone: from an empty home to the editor; wrong codes; two at once; programs
that are killed between steps and while they import; what a journal with an owner answers. And the doctor's page.

    python3 tests/e2e/admin_setup_test.py            all of it
    python3 tests/e2e/admin_setup_test.py Nginx      behind one server
"""
import json
import os
import signal
import sqlite3
import subprocess
import threading
import unittest

from admin_site import Person
from journal_site import JournalSite, PROGRAM, entry, until
from setup_site import ANSWERS, EXPORT, OWN_EXPORT, EmptySite

WRONG = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01"
ENGLISH = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en-US,en;q=0.8"}


def person(site, **headers):
    return Person(site, ENGLISH | headers)


def give_code(someone, code=None):
    return someone.send(someone.get("/admin/setup").page, {"code": code or someone.site.code()})


def to_the_host(someone, **changes):
    """Through the first two steps."""
    answer = give_code(someone)
    assert answer.status == 303, answer.text
    return someone.send(someone.get("/admin/setup").page, ANSWERS | changes)


def host_form(page):
    return next(f for f in page.one("main").all("form") if f["action"].endswith("/admin/setup/host"))


def finish(someone, files=(), seen="none"):
    page = someone.get("/admin/setup/host").page
    return someone.send(page, {"file": list(files)}, button=("seen", seen), form=host_form(page))


def said(answer):
    return answer.page.one("main").words


def import_to_its_end(someone, seconds=60):
    def ended():
        answer = someone.get("/admin/import")
        assert answer.status == 200, answer.text
        return answer if "<pre" in answer.text or 'role="alert"' in answer.text else None
    return until(ended, "the end of the import", seconds)


class FirstRun:
    """Behind one way of being started; the classes below say which."""
    server, mode, prefix = "nginx", "fastcgi", ""

    def setUp(self):
        self.site = EmptySite(self.server, self.mode, self.prefix)
        self.addCleanup(self.site.stop)
        if self.mode == "cgi":
            self.site.get("/robots.txt")  # whoever comes first begins it

    def test_from_an_empty_home_to_the_editor_by_forms_alone(self):
        ada = person(self.site)
        for place in ("/", "/admin"):
            answer = ada.get(place)
            self.assertEqual(answer.status, 303, place)
        self.assertTrue(ada.get("/")["Location"].endswith(self.prefix + "/admin/setup"))
        self.assertTrue(ada.get("/admin/sign-in")["Location"].endswith("/admin/setup"))
        self.assertNotIn(self.site.code(), ada.get("/admin/setup").text)
        first = self.site.code()
        answer = give_code(ada, first.lower().replace("-", " "))
        self.assertEqual(answer.status, 303)
        cookie = answer["Set-Cookie"].lower()
        self.assertIn("httponly", cookie)
        self.assertIn("samesite=strict", cookie)
        self.assertNotEqual(self.site.code(), first)
        page = ada.get("/admin/setup").page
        values = {f["name"]: f.get("value") for f in page.one("main").all("input")}
        self.assertEqual(values["url"], self.site.root)
        self.assertEqual(len([n for n in values if n not in ("zone",)]) + 1, 6)  # with the code of page 1
        answer = ada.send(page, ANSWERS)
        self.assertEqual(answer.status, 303, answer.text)
        self.assertTrue(answer["Location"].endswith("/admin/setup/host"))
        self.assertFalse(self.site.code_file.exists())
        answer = finish(ada)
        self.assertEqual(answer.status, 303, answer.text)
        self.assertTrue(answer["Location"].endswith("/admin/write"))
        page = ada.get("/admin/write").page
        self.assertEqual(ada.send(page, {"title": "The first", "body": "Text."}, ("action", "publish")).status, 303)
        self.assertIn("The first", self.site.get("/").text)
        self.assertEqual(list((self.site.home / "private").glob("canary-*")), [])
        again = person(self.site)
        self.assertEqual(again.sign_in(ANSWERS["email"], ANSWERS["password"]).status, 303)
        self.assertEqual(self.site.ask_database("select count(*) from entry"), [(1,)])

    def test_a_file_in_private_import_is_offered_and_imported_in_slices_with_its_report(self):
        export = EXPORT if EXPORT.exists() else None
        if export:
            self.site.bring("old.xml", export)
        else:
            self.site.bring("old.xml", json.dumps(OWN_EXPORT))
        self.site.bring(".hidden.xml", "<rss/>")
        ada = person(self.site)
        to_the_host(ada)
        page = ada.get("/admin/setup/host").page
        self.assertEqual([i["value"] for i in page.one("main").all("input") if i.get("name") == "file"], ["old.xml"])
        answer = finish(ada, ["old.xml"])
        self.assertTrue(answer["Location"].endswith("/admin/import"), answer["Location"])
        running = ada.get("/admin/import")
        self.assertIn('<noscript><meta http-equiv="refresh"', running.text)
        ended = import_to_its_end(ada)
        self.assertIn("found =", ended.text)
        self.assertNotIn("http-equiv", ended.text)
        self.assertGreater(self.site.ask_database("select count(*) from entry")[0][0], 0)
        self.assertIn("/admin/write", [a.get("href", "").removeprefix(self.prefix) for a in ended.page.one("main").all("a")])

    def test_it_goes_on_when_nobody_looks_at_its_page(self):
        self.site.bring("many.json", json.dumps({"daybook": 1, "entries": [
            e | {"slug": f"{e['slug']}-{i}", "date": e["date"].replace("2019", str(2000 + i))} for i in range(4) for e in OWN_EXPORT["entries"]]}))
        ada = person(self.site)
        to_the_host(ada)
        self.assertEqual(finish(ada, ["many.json"]).status, 303)
        # Under CGI somebody has to read the journal now and then.
        until(lambda: person(self.site).get("/").status == 200 and self.site.ask_database(
            "select count(*) from setting where name = 'import.task' and value like '%\"running\":false%'") == [(1,)], "the end", 60)
        self.assertEqual(self.site.ask_database("select count(*) from entry"), [(len(OWN_EXPORT["entries"]) * 4,)])
        self.assertIn("found =", ada.get("/admin/import").text)

    def test_the_same_in_pieces_of_less_than_128_KB_and_by_the_button_where_nothing_runs_after_a_reply(self):
        content = json.dumps(OWN_EXPORT | {"padding": "x" * 150_000}).encode()
        ada = person(self.site)
        to_the_host(ada)
        upload = offset = ""
        while offset != len(content):
            answer = ada.ask("POST", f"{self.prefix}/admin/import/pieces?upload={upload}&offset={offset or 0}&total={len(content)}"
                             "&name=../../sly.json", content[offset or 0:(offset or 0) + 96 * 1024],
                             **{"Content-Type": "application/octet-stream"})
            self.assertEqual(answer.status, 200, answer.text)
            upload, offset = json.loads(answer.text)["upload"], json.loads(answer.text)["offset"]
        self.assertEqual([p.name for p in (self.site.home / "private/import").iterdir()], ["sly.json"])
        finish(ada, ["sly.json"])
        for _ in range(20):
            if self.site.ask_database("select count(*) from setting where name = 'import.task' and value like '%\"running\":true%'") == [(0,)]:
                break
            self.assertEqual(ada.post(self.prefix + "/admin/import/go", {}).status, 303)
        self.assertEqual(self.site.ask_database("select count(*) from entry"), [(300,)])
        ended = import_to_its_end(ada)
        self.assertIn("300 found = 300 taken", ended.text)

    def test_nothing_is_doubled_when_the_program_is_killed_between_steps_and_during_slices(self):
        ada = person(self.site)
        self.assertEqual(give_code(ada).status, 303)
        self.kill()
        self.assertEqual(ada.send(until(lambda: self.up(ada, "/admin/setup"), "page 2").page, ANSWERS).status, 303)
        self.kill()
        until(lambda: self.up(ada, "/admin/setup/host"), "page 3")
        copies = 30  # so many that a fast machine is not through before it was killed a few times
        many = {"daybook": 1, "entries": [e | {"slug": f"{e['slug']}-{i}", "date": e["date"].replace("2019", str(1990 + i))}
                                          for i in range(copies) for e in OWN_EXPORT["entries"]]}
        every = copies * len(OWN_EXPORT["entries"])
        self.site.bring("many.json", json.dumps(many))
        self.assertEqual(finish(ada, ["many.json"]).status, 303)
        taken = ended_by_us = 0
        for _ in range(4):
            # The page of the progress looks again by itself; that is what goes on when no worker holds the job any more.
            until(lambda: self.up(ada, "/admin/import") and self.entries() > taken, "entries", 60)
            taken = self.entries()
            if taken == every:
                break
            ended_by_us += self.kill()
        self.assertGreater(ended_by_us, 0)
        until(lambda: self.up(ada, "/admin/import"), "the page again")
        ended = import_to_its_end(ada, 120)
        self.assertIn(f"{every} found = {every} taken", ended.text)
        self.assertEqual(self.site.ask_database("select count(*), count(distinct path) from entry"), [(every, every)])

    def entries(self):
        return self.site.ask_database("select count(*) from entry")[0][0]

    def up(self, someone, path):
        try:
            answer = someone.get(path)
            return answer if answer.status == 200 else None
        except OSError:
            return None

    def kill(self):
        """-9 for whoever of the program is at work: never the web server. Says how many."""
        killed = 0
        found = subprocess.run(["pgrep", "-f", f"^{self.site.server.run}/daybook|{self.site.home}/public/daybook"],
                               stdout=subprocess.PIPE, text=True, check=False).stdout.split()
        master = {p.pid for p in self.site.server.processes}
        for pid in map(int, found):
            if pid not in master and pid != os.getpid():
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
                except ProcessLookupError:
                    pass
        return killed


class NginxFastCgi(FirstRun, unittest.TestCase):
    pass


class NginxFolder(FirstRun, unittest.TestCase):
    prefix = "/blog"


class ApacheCgi(FirstRun, unittest.TestCase):
    server, mode = "apache", "cgi"


class Takeover(unittest.TestCase):
    """Whoever has not read the file gets nowhere, whatever they try; whoever has is never kept out."""

    def setUp(self):
        self.site = EmptySite()
        self.addCleanup(self.site.stop)

    def test_wrong_codes_are_slowed_down_and_the_right_one_is_taken_all_the_same(self):
        mallory, ada = person(self.site), person(self.site)
        code = self.site.code()
        seen = []
        for _ in range(25):
            answer = give_code(mallory, WRONG)
            seen.append(answer.status)
        self.assertEqual(seen[0], 422)
        self.assertEqual(seen[-1], 429)
        self.assertIn("Retry-After", answer.headers)
        self.assertEqual(self.site.code(), code)
        self.assertEqual(give_code(ada).status, 303)
        self.assertIn("Your journal", said(ada.get("/admin/setup")))

    def test_steps_cannot_be_left_out(self):
        mallory = person(self.site)
        for path in ("/admin/setup/owner", "/admin/setup/host", "/admin/import", "/admin/import/go"):
            answer = mallory.post(path, ANSWERS | {"canary": "x", "proof": "kept"})
            self.assertIn(answer.status, (303, 403), path)
        for path in ("/admin/setup/host", "/admin/import", "/admin/doctor", "/admin/import/state"):
            self.assertEqual(mallory.get(path).status, 303, path)
        forged = person(self.site)
        forged.cookies = {"__Host-daybook-setup": "0" * 64, "daybook-setup": "0" * 64}
        self.assertEqual(forged.post("/admin/setup/owner", ANSWERS).status, 303)
        self.assertEqual(self.site.ask_database("select count(*) from author"), [(0,)])

    def test_forms_of_other_sites_are_refused(self):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            ada = Person(self.site, headers)
            self.assertEqual(ada.post("/admin/setup", {"code": self.site.code()}).status, 403)
        self.assertEqual(self.site.ask_database("select count(*) from setting where name like 'setup.%'"), [(0,)])

    def test_a_code_works_once_and_who_used_it_second_is_told(self):
        ada, bob = person(self.site), person(self.site)
        code = self.site.code()
        self.assertEqual(give_code(ada, code).status, 303)
        answer = give_code(bob, code)
        self.assertEqual(answer.status, 422)
        self.assertIn("was used in another browser", said(answer))
        self.assertEqual(give_code(bob).status, 303)  # the new one: whoever can read the file
        page = ada.get("/admin/setup")
        self.assertIn("in another browser", said(page))
        self.assertEqual(ada.post("/admin/setup/owner", ANSWERS).status, 303)
        self.assertEqual(self.site.ask_database("select count(*) from author"), [(0,)])
        self.assertEqual(bob.post("/admin/setup/owner", ANSWERS | {"url": self.site.root, "language": "en", "zone": "UTC"}).status, 303)
        self.assertEqual(self.site.ask_database("select count(*) from author"), [(1,)])
        self.assertTrue(ada.get("/admin/setup")["Location"].endswith("/admin/sign-in"))

    def test_of_two_at_once_one_wins(self):
        for attempt in range(3):
            people = [person(self.site) for _ in range(4)]
            code = self.site.code()
            answers = []

            def race(someone, mine=code, into=answers):
                into.append(someone.post("/admin/setup", {"code": mine}).status)
            threads = [threading.Thread(target=race, args=(p,)) for p in people]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answers), [303, 422, 422, 422], attempt)
        winner = person(self.site)
        self.assertEqual(give_code(winner).status, 303)
        answers = []

        def create(name):
            twin = person(self.site)
            twin.cookies = dict(winner.cookies)
            answers.append(twin.post("/admin/setup/owner", ANSWERS | {
                "owner": name, "url": self.site.root, "language": "en", "zone": "UTC"}).status)
        threads = [threading.Thread(target=create, args=(f"Owner {n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len([a for a in answers if a == 303 or a == 409]), 4, answers)
        self.assertEqual(self.site.ask_database("select count(*) from author"), [(1,)])

    def test_a_code_file_that_was_deleted_is_written_again_by_a_button_that_gives_nothing_away(self):
        ada = person(self.site)
        self.site.code_file.unlink()
        page = ada.get("/admin/setup")
        self.assertIn("is not there", said(page))
        self.assertFalse(self.site.code_file.exists())  # looking changes nothing
        answer = ada.send(page.page)
        self.assertEqual(answer.status, 303)
        code = self.site.code()
        self.assertNotIn(code, ada.get("/admin/setup?written=1").text)
        self.assertEqual(ada.post("/admin/setup/code", {}).status, 303)
        self.assertEqual(self.site.code(), code)  # one that is there stays
        self.assertEqual(self.site.code_file.stat().st_mode & 0o777, 0o600)

    def test_forms_come_back_filled_in_with_the_reason_beside_the_field(self):
        ada = person(self.site)
        self.assertIn("first line", said(ada.send(ada.get("/admin/setup").page, {"code": "  "})))
        give_code(ada)
        wrong = {"title": "x" * 300, "url": "nonsense", "owner": "", "email": "ada", "password": "short", "zone": "Mars/Base"}
        answer = ada.send(ada.get("/admin/setup").page, wrong)
        self.assertEqual(answer.status, 422)
        fields = {f["name"]: f for f in answer.page.one("main").all("input")}
        for name, value in wrong.items():
            self.assertEqual(fields[name]["value"], value, name)
            self.assertEqual(fields[name]["aria-invalid"], "true", name)
        self.assertIn("300 characters; at most 200", said(answer))
        self.assertTrue(answer.page.one("title").words.startswith("Error"))
        nasty = "<script>alert(1)</script>\"'"
        answer = ada.send(ada.get("/admin/setup").page, ANSWERS | {"title": nasty})
        self.assertEqual(answer.status, 303)
        self.assertNotIn("<script>alert", self.site.get("/").text)

    def test_pages_speak_the_browsers_language_before_the_journal_has_one(self):
        for wanted, title in (("de-AT,de;q=0.9,en;q=0.5", "Journal einrichten"), ("fr", "Installer le journal"),
                              ("tlh, es;q=0.3", "Preparar el diario"), ("xx", "Set up the journal")):
            page = person(self.site, **{"Accept-Language": wanted}).get("/admin/setup").page
            self.assertEqual(page.one("h1").words, title)
        ada = person(self.site, **{"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
        give_code(ada)
        page = ada.get("/admin/setup").page
        self.assertEqual(page.one("select").first("option").get("value"), "en")
        self.assertIn("Europe/Vienna", page.one("summary").words)
        ada.send(page, ANSWERS)
        self.assertIn('lang="de-AT"', self.site.get("/").text)
        self.assertEqual(self.site.ask_database("select value from setting where name = 'zone'"), [("Europe/Vienna",)])

    def test_the_canary_blocks_until_it_is_answered_and_red_keeps_it_shut(self):
        ada = person(self.site)
        to_the_host(ada)
        page = ada.get("/admin/setup/host").page
        places = [p["data-address"] for p in page.one("main").all("li") if p.get("data-address")]
        self.assertTrue(any(p.startswith("/private/canary-") for p in places), places)
        self.assertTrue(any(p.startswith("/home/private/canary-") for p in places), places)
        for place in places:
            self.assertIn(self.site.get(place).status, (400, 403, 404), place)
        form = host_form(page)
        self.assertEqual(ada.send(page, {}, form=form).status, 422)
        self.assertEqual(ada.send(page, {"proof": "kept", "canary": "another"}, form=form).status, 422)
        answer = finish(ada, seen="red")
        self.assertEqual(answer.status, 422)
        self.assertIn(".htaccess", said(answer))
        self.assertTrue(list((self.site.home / "private").glob("canary-*")))
        self.assertTrue(ada.get("/admin")["Location"].endswith("/admin/setup/host"))
        self.assertEqual(ada.send(page, {"proof": "kept"}, form=form).status, 303)
        self.assertEqual(ada.get("/admin").status, 200)


class JournalsWithAnOwner(unittest.TestCase):
    def test_never_open_the_first_run_again(self):
        with JournalSite(entries=[entry("a", "A", "2020-01-01T08:00:00Z")]) as site:
            stranger = Person(site)
            self.assertTrue(stranger.get("/admin/setup")["Location"].endswith("/admin/sign-in"))
            for path in ("/admin/setup", "/admin/setup/code", "/admin/setup/owner"):
                self.assertEqual(stranger.post(path, ANSWERS | {"code": WRONG}).status, 303, path)
            self.assertFalse((site.home / "private/SETUP-CODE.txt").exists())
            self.assertEqual(site.get("/").status, 200)

    def test_an_owner_made_in_the_shell_needs_no_setup(self):
        with EmptySite() as site:
            done = site.daybook("init", "--title", "T", "--url", site.root, "--owner", "Ada", "--email", "ada@example.org",
                                "--password-stdin", typed="a long password\n")
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertFalse(site.code_file.exists())
            self.assertEqual(site.get("/").status, 200)
            self.assertEqual(Person(site).sign_in().status, 303)
            again = site.daybook("init", "--title", "T", "--url", site.root, "--owner", "Eve", "--email", "eve@example.org",
                                 "--password-stdin", typed="a long password\n")
            self.assertEqual(again.returncode, 1, again.stdout)

    def test_so_does_one_whom_daybook_user_adds(self):
        with EmptySite() as site:
            done = site.daybook("user", "add", "Ada", "--email", "ada@example.org", "--role", "owner", "--password-stdin",
                                typed="a long password\n")
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertFalse(site.code_file.exists())
            self.assertTrue(site.get("/admin/setup")["Location"].endswith("/admin/sign-in"))

    def test_a_journal_with_entries_and_no_owner_shows_its_pages_as_before(self):
        with JournalSite(entries=[entry("a", "The oldest", "2020-01-01T08:00:00Z")]) as site:
            with sqlite3.connect(site.home / "private/journal.db") as database:
                database.execute("update author set password = ''")
                database.execute("delete from setting where name = 'setup.done'")
            self.assertEqual(site.get("/").status, 200)
            self.assertIn("The oldest", site.get("/").text)
            ada = person(site)
            self.assertTrue(ada.get("/admin/sign-in")["Location"].endswith("/admin/setup"))
            ada.send(ada.get("/admin/setup").page)  # the button that writes a code
            code = (site.home / "private/SETUP-CODE.txt").read_text().splitlines()[0]
            self.assertEqual(give_code(ada, code).status, 303)
            self.assertEqual(ada.send(ada.get("/admin/setup").page, ANSWERS).status, 303)
            self.assertIn("The oldest", site.get("/").text)

    def test_nothing_is_imported_into_a_journal_that_nobody_owns(self):
        with EmptySite() as site:
            export = site.folder / "x.json"
            export.write_text(json.dumps(OWN_EXPORT))
            done = site.daybook("import", export)
            self.assertEqual(done.returncode, 1)
            self.assertIn("Nobody owns this journal yet", done.stdout)

    def test_a_home_that_lost_its_database_is_not_begun_anew(self):
        with EmptySite() as site:
            self.assertTrue(site.code_file.exists())
        with EmptySite() as site:
            (site.home / "private/backups/kept.db").write_text("x")
            site.server.stop()
            for name in ("journal.db", "journal.db-wal", "journal.db-shm", "SETUP-CODE.txt"):
                (site.home / "private" / name).unlink(missing_ok=True)
            done = site.daybook("serve", "--socket", site.folder / "sock")
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn("There is no journal", done.stdout)
            self.assertFalse((site.home / "private/journal.db").exists())
            site.server = None


class TheDoctor(unittest.TestCase):
    def findings(self, site, **headers):
        ada = Person(site)
        ada.sign_in()
        ada.headers |= headers
        answer = ada.get("/admin/doctor")
        self.assertEqual(answer.status, 200, answer.text)
        found = {}
        for one in answer.page.one("main").all("li"):
            if one.get("data-finding"):
                found.setdefault(one["data-finding"], one)
        return found, answer

    def state(self, finding):
        return next(s for s in finding.all("span") if s.get("class") in ("good", "look", "bad"))["class"]

    def test_the_page_says_what_the_command_says_and_what_only_a_request_tells(self):
        with JournalSite() as site:
            found, answer = self.findings(site)
            run = subprocess.run([PROGRAM, "doctor", "--json", "--home", site.home], stdout=subprocess.PIPE, text=True,
                                 check=False)
            names = {"good": "good", "warning": "look", "bad": "bad"}
            for one in json.loads(run.stdout):
                if one["name"] in ("daybook-work",):  # beside another program
                    continue
                self.assertEqual(self.state(found[one["name"]]), names[one["state"]], one)
                self.assertTrue(one["mend"] or one["state"] == "good", one)
            self.assertEqual(self.state(found["protocol"]), "good")
            self.assertIn("nginx", found["server"].words)
            self.assertEqual(self.state(found["outside"]), "good")
            self.assertEqual(self.state(found["locking"]), "good")
            order = [self.state(f) for f in found.values()]
            self.assertEqual(order, sorted(order, key=["bad", "look", "good"].index))
            self.assertEqual(Person(site).get("/admin/doctor").status, 303)
            self.assertEqual(site.get("/admin/doctor/authorization").text, "no\n")
            self.assertEqual(site.get("/admin/doctor/authorization", Authorization="Bearer x").text, "yes\n")

    def test_behind_cgi_it_names_the_faster_way(self):
        with JournalSite(server="apache", mode="cgi") as site:
            found, _ = self.findings(site)
            self.assertEqual(self.state(found["protocol"]), "look")
            self.assertIn("daybook.fcgi", found["protocol"].words)
            self.assertIn("Apache", found["server"].words)
            self.assertEqual(site.get("/admin/doctor/authorization", Authorization="Bearer x").text, "yes\n")

    def test_broken_things_are_found_while_it_runs(self):
        with JournalSite() as site:
            (site.home / "private").chmod(0o755)
            found, _ = self.findings(site)
            self.assertEqual(self.state(found["private"]), "bad")
            self.assertIn("chmod 0700", found["private"].words)


if __name__ == "__main__":
    unittest.main(verbosity=1)
