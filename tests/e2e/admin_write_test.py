#!/usr/bin/env python3
"""Writing at the owner's side without script: drafts, publishing, scheduling, what is wrong, lost sessions, two windows, the trash."""
import json
import re
import sqlite3
import unittest

from admin_site import OWNER, Person, owner, values_of
from journal_site import JournalSite

SAVE, PUBLISH = ("action", "save"), ("action", "publish")
# What forms and templates like to break: line ends are the form's own, all else stays as it is.
HARD = "\n\nFirst line after two empty ones\n  two blanks\tand a tab\n</textarea><script>alert(1)</script> &amp; & {{BODY}} [[x]]\n“…?” \u00a0\u200d🦉\n\n"


def form_of(page):
    return page.one("#write")


def typed(page):
    return dict(values_of(form_of(page)))


class Write(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite()
        cls.addClassCleanup(cls.site.stop)
        cls.ada = owner(cls.site)

    def write(self, button=SAVE, person=None, **values):
        person = person or self.ada
        page = person.get("/admin/write").page
        return person.send(page, values, button, form_of(page))

    def edit(self, address, button=SAVE, person=None, **values):
        person = person or self.ada
        page = person.get(address).page
        return person.send(page, values, button, form_of(page))

    def public(self, address):
        """Where a reader meets it."""
        page = self.ada.get(address).page
        return next(a["href"] for a in page.one("#write").all("a") if a.words == "View it")

    def test_a_first_entry_from_empty_list_to_readers(self):
        with JournalSite() as site:
            ada = owner(site)
            listed = ada.get("/admin").page
            self.assertIn("Nothing written yet. Write the first entry.", listed.one("main").words)
            link = listed.one("p.empty").one("a")["href"]
            page = ada.get(link).page
            saved = ada.send(page, {"title": "The first one", "body": "Some *words*."}, SAVE, form_of(page))
            self.assertEqual(saved.status, 303)
            address = saved["Location"].partition("?")[0]
            self.assertEqual(Person(site).get("/").page.all("article.entry"), [])
            page = ada.get(saved["Location"]).page
            self.assertEqual(page.one(".notice").words, "Saved.")
            published = ada.send(page, {}, PUBLISH, form_of(page))
            self.assertIn("done=published", published["Location"])
            front = site.get("/")
            self.assertIn("The first one", front.text)
            self.assertIn("<em>words</em>", front.text)
            self.assertIn("The first one", ada.get("/admin/entries?show=published").text)
            self.assertNotIn("The first one", ada.get("/admin/entries?show=drafts").page.one("main").words)
            self.assertEqual(ada.get(address).status, 200)

    def test_a_text_comes_back_byte_for_byte(self):
        address = self.write(title="Hard", body=HARD.replace("\n", "\r\n"))["Location"]
        self.assertEqual(typed(self.ada.get(address).page)["body"], HARD)
        again = self.edit(address)
        self.assertEqual(again.status, 303)
        self.assertEqual(typed(self.ada.get(address).page)["body"], HARD)

    def test_what_stands_after_the_split_stays_there(self):
        text = "Before\n\n<!--more-->\n\nAfter"
        address = self.write(PUBLISH, title="In two", body=text)["Location"]
        self.assertEqual(typed(self.ada.get(address).page)["body"], text)
        page = self.site.get(self.public(address)).page
        self.assertIn("After", page.one("#more").words)
        self.assertNotIn("After", page.one("#more").parent.words.partition("After")[0])

    def test_every_field_is_kept_and_meant(self):
        values = {"title": "All of it", "body": "<p>As HTML</p>", "format": "html", "excerpt": "In short.", "tags": 'one, "two, three"',
                  "language": "de", "slug": "an-address", "comments": "2", "pings": "1", "pinned": "on", "category": "Gardens",
                  "publish_at": "2019-03-04T10:20", "expires_at": "2119-01-01T00:00", "password": "sesame"}
        address = self.write(PUBLISH, **values)["Location"].partition("?")[0]
        kept = typed(self.ada.get(address).page)
        for name, value in values.items():
            if name != "category":
                self.assertEqual(kept[name], value, name)
        self.assertIn("Gardens", [p.words for p in self.ada.get(address).page.all("p.check")])
        self.assertIn("categories", kept)
        self.assertEqual(self.public(address), "/2019/3/4/an-address.html")
        self.assertEqual(self.edit(address, password="").status, 303)
        page = self.site.get("/2019/3/4/an-address.html").page
        self.assertEqual(page.one("h1").get("lang"), "de")
        self.assertIn("Comments on this entry are closed.", page.text)
        self.assertEqual(self.site.get("/category/gardens").status, 200)
        self.assertEqual(self.site.get("/tag/two-three").status, 200)
        self.edit(address, slug="another")
        self.assertEqual(self.site.get("/2019/3/4/an-address.html")["Location"], "/2019/3/4/another.html")

    def test_what_is_wrong_is_said_beside_its_field_and_everything_is_kept(self):
        wrong = {"title": "x" * 501, "body": "Kept", "excerpt": "y" * 2001, "language": "no such language", "slug": "???",
                 "publish_at": "yesterday", "tags": "t" * 101, "category": "c" * 101, "password": "p" * 201}
        answer = self.write(PUBLISH, **wrong)
        self.assertEqual(answer.status, 422)
        page = answer.page
        kept = typed(page)
        for name, value in wrong.items():
            self.assertEqual(kept[name], value, name)
            field = page.one("#" + name)
            if name != "body":
                self.assertEqual(field["aria-invalid"], "true", name)
                self.assertIn(name + "-error", field["aria-describedby"])
                page.one(f"#{name}-error")
                self.assertIn("#" + name, [a["href"] for a in page.one(".alert").all("a")])
        self.assertEqual(page.one("#title-error").words, "501 characters; at most 500. Your text is still here.")
        self.assertTrue(page.one("title").words.startswith("Error:"))
        self.assertEqual(self.write(PUBLISH, title=" ", body="\n ").status, 422)
        self.assertEqual(self.write(title="Ends before it begins", publish_at="2019-03-04T10:20", expires_at="2019-03-04T10:20").status, 422)
        long = self.write(body="z" * (1 << 20) + "!")
        self.assertEqual(long.status, 422)
        self.assertEqual(len(typed(long.page)["body"]), (1 << 20) + 1)

    def test_a_scheduled_entry_is_nobody_s_before_its_time(self):
        answer = self.write(PUBLISH, title="In the future", body="x", publish_at="2119-01-01T00:00")
        self.assertIn("done=scheduled", answer["Location"])
        self.assertNotIn("In the future", self.site.get("/").text)
        self.assertEqual(self.site.get("/2119/1/1/in-the-future.html").status, 404)
        self.assertIn("In the future", self.ada.get("/admin/entries?show=scheduled").text)

    def test_a_private_one_and_a_note(self):
        private = self.write(PUBLISH, title="Secret thoughts", body="x", private="on")
        self.assertIn("done=private", private["Location"])
        self.assertNotIn("Secret thoughts", self.site.get("/").text)
        note = self.write(PUBLISH, body="Only a note, nothing more.")["Location"]
        self.assertEqual(self.site.get(self.public(note)).status, 200)
        self.assertIn("Only a note", self.ada.get("/admin/entries").text)

    def test_preview_is_what_readers_would_see_and_changes_nothing(self):
        page = self.ada.get("/admin/write").page
        form = form_of(page)
        button = next(b for b in form.all("button") if b.get("value") == "preview")
        self.assertEqual(button["formtarget"], "_blank")
        values = dict(values_of(form)) | {"title": "Only looked at", "body": "A footnote[^1].\n\n[^1]: The note.", "tags": "seen"}
        seen = self.ada.post(button["formaction"], values)
        self.assertEqual(seen.status, 200)
        self.assertEqual(seen["Cache-Control"], "private, no-store")
        self.assertEqual(seen.page.one("h1").words.replace("\xa0", " "), "Only looked at")
        self.assertTrue(seen.page.one("title").words.startswith("Preview:"))
        self.assertIn("footnotes", seen.text)
        self.assertIn("noindex", seen.text)
        self.assertNotIn("Only looked at", self.ada.get("/admin/entries").text)
        saved = self.ada.send(page, values, PUBLISH, form)
        shown = self.site.get(self.public(saved["Location"])).page
        # The ids in it begin with the entry's own; they are the same, since its name is.
        self.assertEqual(seen.page.one("div.e-content").text, shown.one("div.e-content").text)

    def test_a_form_sent_twice_makes_one_entry(self):
        page = self.ada.get("/admin/write").page
        first = self.ada.send(page, {"title": "Only once", "body": "x"}, PUBLISH, form_of(page))
        second = self.ada.send(page, {"title": "Only once", "body": "x"}, PUBLISH, form_of(page))
        self.assertEqual((first.status, second.status), (303, 303))
        self.assertEqual(first["Location"].partition("?")[0], second["Location"].partition("?")[0])

    def test_a_lost_session_leads_to_the_log_in_and_back_to_the_text_saved(self):
        address = self.write(title="Before", body="x")["Location"].partition("?")[0]
        bob = owner(self.site)
        for place in (address, "/admin/write"):
            with self.subTest(place=place):
                page = bob.get(place).page
                bob.cookies = {"__Host-daybook": "0" * 64}
                lost = bob.send(page, {"title": "After", "body": HARD.replace("\n", "\r\n")}, SAVE, form_of(page))
                self.assertEqual(lost.status, 403)
                self.assertEqual(lost.page.one("#carried").text.removeprefix("\n"), HARD)
                wrong = bob.send(lost.page, {"name": OWNER[0], "password": "not the password"})
                self.assertEqual(wrong.status, 403)
                back = bob.send(wrong.page, {"name": OWNER[0], "password": OWNER[1]})
                self.assertEqual(back.status, 303, back.text)
                kept = typed(bob.get(back["Location"]).page)
                self.assertEqual((kept["title"], kept["body"]), ("After", HARD))

    def test_two_windows_lose_nothing(self):
        address = self.write(title="Shared", body="As it was")["Location"].partition("?")[0]
        mine, theirs = self.ada.get(address).page, self.ada.get(address).page
        self.assertEqual(self.ada.send(theirs, {"body": "Theirs"}, SAVE, form_of(theirs)).status, 303)
        answer = self.ada.send(mine, {"body": "Mine"}, SAVE, form_of(mine))
        self.assertEqual(answer.status, 409)
        self.assertRegex(answer.page.one(".alert").words,
                         r"^This entry was also changed in another window at .+\. Both versions are kept: compare them\.$")
        self.assertEqual(answer.page.one("#other-text").text.removeprefix("\n"), "Theirs")
        self.assertEqual(typed(answer.page)["body"], "Mine")
        self.assertEqual(typed(self.ada.get(address).page)["body"], "Theirs")
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            self.assertIn(("Mine",), database.execute("select body from revision").fetchall())
        again = self.ada.send(answer.page, {}, SAVE, form_of(answer.page))
        self.assertEqual(again.status, 303)
        self.assertEqual(typed(self.ada.get(address).page)["body"], "Mine")
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            self.assertIn(("Theirs",), database.execute("select body from revision").fetchall())

    def test_the_trash_and_back_and_for_ever(self):
        address = self.write(PUBLISH, title="To be thrown away", body="x")["Location"].partition("?")[0]
        public = self.public(address)
        page = self.ada.get(address).page
        away = self.ada.send(page, form=next(f for f in page.all("form") if f["action"].endswith("/trash")))
        self.assertEqual(away.status, 303)
        self.assertRegex(self.ada.get(away["Location"]).page.one(".notice").words, "for 30 days")
        self.assertEqual(self.site.get(public).status, 410)
        page = self.ada.get(address).page
        back = self.ada.send(page, form=next(f for f in page.all("form") if f["action"].endswith("/restore")))
        self.assertIn("done=restored", back["Location"])
        self.edit(address, PUBLISH)
        self.assertEqual(self.site.get(public).status, 200)
        page = self.ada.get(address).page
        self.ada.send(page, form=next(f for f in page.all("form") if f["action"].endswith("/trash")))
        page = self.ada.get(address).page
        erase = next(f for f in page.all("form") if f["action"].endswith("/erase"))
        self.assertEqual(self.ada.post(erase["action"], {}).status, 403)
        self.assertEqual(self.ada.post(erase["action"], {"token": "0" * 32}).status, 403)
        self.assertEqual(owner(self.site).send(page, form=erase).status, 403)  # another session's
        self.assertEqual(self.ada.get(address).status, 200)
        self.assertEqual(self.ada.send(page, form=erase).status, 303)
        self.assertEqual((self.ada.get(address).status, self.site.get(public).status), (404, 410))

    def test_the_list_finds_titles(self):
        self.write(title="Needle in a haystack", body="x")
        found = self.ada.get("/admin/entries?q=NEEDLE+in").page
        self.assertEqual([h.words for h in found.one("ul.rows").all("h2")], ["Needle in a haystack"])
        none = self.ada.get("/admin/entries?q=100%25_").page
        self.assertIn("No title has “100%_”.", none.one("p.empty").words)


class Drafts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite()
        cls.addClassCleanup(cls.site.stop)
        cls.ada = owner(cls.site)

    def written(self, button=SAVE, **values):
        page = self.ada.get("/admin/write").page
        answer = self.ada.send(page, values, button, form_of(page))
        self.assertEqual(answer.status, 303)
        return answer["Location"].partition("?")[0]

    def autosave(self, page, person=None, **values):
        form = form_of(page)
        return (person or self.ada).post(form["data-autosave"], dict(values_of(form)) | values, Accept="application/json")

    def test_autosave_gives_new_text_a_place_and_leaves_a_public_one_alone(self):
        page = self.ada.get("/admin/write").page
        first = self.autosave(page, title="Begun", body="First words", tab="a")
        self.assertEqual(first.status, 200)
        answer = json.loads(first.text)
        self.assertRegex(answer["saved"], r"^Saved .+\.$")
        self.assertEqual(typed(self.ada.get(answer["address"]).page)["body"], "First words")
        self.assertEqual(self.site.get("/").page.all("article.entry"), [])
        address = self.written(PUBLISH, title="Public one", body="Public text")
        page = self.ada.get(address).page
        self.assertEqual(self.autosave(page, body="Typed only", tab="a").status, 200)
        self.assertNotIn("Typed only", self.site.get("/").text)
        again = self.ada.get(address).page
        self.assertEqual(typed(again)["body"], "Typed only")
        self.assertIn("Public text", typed(self.ada.get(address + "?text=saved").page)["body"])
        self.assertEqual(self.ada.send(again, {"tab": "a"}, SAVE, form_of(again)).status, 303)
        self.assertIn("Typed only", self.site.get("/").text)
        self.assertEqual(self.ada.get(address).page.all("p.notice"), [])

    def test_options_that_were_typed_come_back_as_the_text_does(self):
        page = self.ada.get("/admin/write").page
        typed_too = dict(tags='hal', category="Ga", slug="an-address", excerpt="In short", language="fr", comments="2", publish_at="2030-01-02T03:04",
                         password="sesame", pinned="on", toc="on", sources="https://b.example/ A page: of 12\nhttps://c.example/ Another")
        answer = json.loads(self.autosave(page, title="New", body="Words", tab="t", **typed_too).text)
        again = typed(self.ada.get(answer["address"]).page)
        for name, value in typed_too.items():
            self.assertEqual(again.get(name, "").replace("\r", ""), value, name)
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("select count(*) from tag where name = 'hal'").fetchone(), (0,))  # half a word is no tag yet
        form = self.ada.get(answer["address"]).page
        self.assertEqual(self.ada.send(form, {"tab": "t", "tags": "half, whole"}, SAVE, form_of(form)).status, 303)
        saved = self.ada.get(answer["address"]).page
        self.assertEqual((typed(saved)["tags"], typed(saved)["comments"], saved.all("p.notice")), ("half, whole", "2", []))
        self.autosave(saved, tab="t")  # nothing is other than it was saved
        self.assertEqual(self.ada.get(answer["address"]).page.all("p.notice"), [])
        fewer = {name: value for name, value in values_of(form_of(saved)) if name not in ("pinned", "toc")}
        self.ada.post(form_of(saved)["data-autosave"], fewer | {"tab": "t", "tags": ""}, Accept="application/json")
        last = typed(self.ada.get(answer["address"]).page)
        self.assertEqual((last["tags"], "pinned" in last, "toc" in last), ("", False, False))

    def test_each_window_has_its_own_and_none_takes_the_other_s_place(self):
        address = self.written(title="Windows", body="x")
        page = self.ada.get(address).page
        for tab in "ab":
            for text in ("first of ", "second of "):
                self.autosave(page, body=text + tab, tab=tab)
        with sqlite3.connect(f"file:{self.site.home}/private/journal.db?mode=ro", uri=True) as database:
            rows = database.execute("select body from revision where autosave = 1 and body like 'second of%' or body like 'first of%'").fetchall()
        self.assertEqual(sorted(rows), [("second of a",), ("second of b",)])
        shown = self.ada.get(address).page
        self.assertEqual(typed(shown)["body"], "second of b")
        other = next(p for p in shown.all("p.notice") if "Another text" in p.words).one("a")["href"]
        self.assertIn("second of a", self.ada.get(other).page.one("pre").text)

    def test_autosave_without_a_session_or_from_elsewhere_keeps_nothing(self):
        page = self.ada.get(self.written(title="Mine", body="x")).page
        nobody = Person(self.site)
        answer = self.autosave(page, nobody, body="stolen")
        self.assertEqual((answer.status, answer.type), (401, "application/json"))
        foreign = Person(self.site, {"Sec-Fetch-Site": "cross-site"})
        foreign.cookies = dict(self.ada.cookies)
        self.assertEqual(self.autosave(page, foreign, body="stolen").status, 403)
        self.assertEqual(self.autosave(page, body="z" * (1 << 20) + "!").status, 422)

    def test_earlier_versions_are_compared_and_put_back(self):
        address = self.written(PUBLISH, title="Versions", body="The first <b>text</b> of it.")
        page = self.ada.get(address).page
        self.ada.send(page, {"body": "The second <b>text</b> of it."}, SAVE, form_of(page))
        listed = self.ada.get(address + "/revisions").page.one("ul.rows").all("h2")
        self.assertEqual(len(listed), 1)
        version = self.ada.get(listed[0].one("a")["href"])
        diff = version.page.one("pre")
        self.assertEqual(([e.text for e in diff.all("del")], [e.text for e in diff.all("ins")]), (["first "], ["second "]))
        self.assertIn("<b>text</b>", diff.text)
        form = next(f for f in version.page.all("form") if f["action"].endswith("/restore"))
        self.assertIn("done=put-back", self.ada.send(version.page, form=form)["Location"])
        self.assertIn("The first", self.site.get("/").text)
        self.assertEqual(len(self.ada.get(address + "/revisions").page.one("ul.rows").all("h2")), 2)
        self.assertEqual(self.ada.get(address + "/revisions/99999").status, 404)

    def test_options_that_were_not_saved_are_compared_and_put_back(self):
        address = self.written(title="Options", body="The text.", tags="one, two")
        page = self.ada.get(address).page
        self.assertEqual(self.autosave(page, tags="two, three", comments="2", toc="on", publish_at="2031-05-06T07:08").status, 200)
        # Another window was saved since: the form is as saved, and says that there is more.
        self.assertEqual(self.autosave(page, tab="b", body="Other words.").status, 200)
        page = self.ada.get(address + "?text=saved").page
        links = [a["href"] for n in page.all("p") if "notice" in n.get("class", "") for a in n.all("a") if "/revisions/" in a["href"]]
        versions = [v for v in (self.ada.get(link).page for link in links) if "three" in v.one("pre").text]
        diff = versions[0].one("pre")
        self.assertIn("Comments: Closed", diff.text)
        self.assertIn("Table of contents, made of the headings", diff.text)
        self.assertIn("2031-05-06T07:08", diff.text)
        form = next(f for f in versions[0].all("form") if f["action"].endswith("/restore"))
        answer = self.ada.send(versions[0], form=form)
        self.assertRegex(answer["Location"], r"/admin/entries/\d+\?text=\d+$")
        page = self.ada.get(answer["Location"].removeprefix(self.site.origin)).page
        self.assertEqual(page.one("#tags")["value"], "two, three")
        self.assertIn("It is not saved as the entry’s text yet.", page.text)
        self.ada.send(page, button=SAVE, form=form_of(page))
        page = self.ada.get(address + "?text=saved").page
        self.assertEqual((page.one("#tags")["value"], page.one("#publish_at")["value"]), ("two, three", "2031-05-06T07:08"))
        self.assertIn("checked", page.one("#toc").attributes)

    def test_a_secret_link_opens_one_draft_and_ends(self):
        address = self.written(title="Not public yet", body="Read this, please.")
        page = self.ada.get(address).page
        make = next(f for f in page.all("form") if f["action"].endswith("/links"))
        page = self.ada.get(self.ada.send(page, form=make)["Location"].partition("#")[0]).page
        link = page.one("#links").one("form.link")
        path = link.one("a")["href"]
        self.assertRegex(path, r"^/admin/preview/[0-9a-f]{32}$")
        stranger = Person(self.site)
        seen = stranger.get(path)
        self.assertEqual((seen.status, seen["Cache-Control"]), (200, "private, no-store"))
        self.assertIn("Read this, please.", seen.page.one("div.e-content").words)
        self.assertIn("noindex", seen.text)
        self.assertNotIn("/admin/entries", seen.text)
        self.assertEqual(stranger.get("/admin/preview/" + "0" * 32).status, 404)
        self.assertEqual(self.ada.post(link["action"], {}).status, 403)
        self.assertEqual(self.ada.send(page, form=link).status, 303)
        self.assertEqual(stranger.get(path).status, 404)


    def test_sources_and_updates_stand_with_the_entry(self):
        address = self.written(PUBLISH, title="With sources", body="x",
                               sources="https://example.org/a A first\nhttps://example.org/b")
        page = self.ada.get(address).page
        self.assertEqual(typed(page)["sources"], "https://example.org/a A first\nhttps://example.org/b")
        self.ada.send(page, {"update": "It *moved*."}, SAVE, form_of(page))
        public = next(a["href"] for a in form_of(self.ada.get(address).page).all("a") if a.words == "View it")
        shown = self.site.get(public).page
        self.assertIn("References (2)", shown.text)
        self.assertEqual(shown.one(".update").one("em").words, "moved")
        page = self.ada.get(address).page
        self.ada.send(page, {"sources": "https://example.org/b", "updates": ""}, SAVE, form_of(page))
        shown = self.site.get(public).page
        self.assertIn("References (1)", shown.text)
        self.assertEqual(shown.all(".update"), [])
        page = self.ada.get(address).page
        wrong = self.ada.send(page, {"sources": "javascript:alert(1) Bad"}, SAVE, form_of(page))
        self.assertEqual((wrong.status, typed(wrong.page)["sources"]), (422, "javascript:alert(1) Bad"))
        wrong.page.one("#sources-error")


class Authors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite()
        cls.addClassCleanup(cls.site.stop)
        cls.ada = owner(cls.site)
        cls.people = {}
        for name, more in (("una", []), ("otto", []), ("petra", ["--may-publish"])):
            cls.site.daybook("user", "--email", name + "@example.org", "--password-stdin", *more, "add", name.title(),
                             typed="another long password\n")
            person = cls.people[name] = Person(cls.site)
            assert person.sign_in(name + "@example.org", "another long password").status == 303

    def write(self, person, button=SAVE, **values):
        page = person.get("/admin/write").page
        return person.send(page, values, button, form_of(page))

    def test_an_author_hands_in_and_an_editor_publishes(self):
        una = self.people["una"]
        page = una.get("/admin/write").page
        self.assertNotIn("Publish", form_of(page).words)
        answer = una.send(page, {"title": "By Una", "body": "x"}, PUBLISH, form_of(page))
        self.assertIn("done=handed-in", answer["Location"])
        self.assertNotIn("By Una", self.site.get("/").text)
        address = answer["Location"].partition("?")[0]
        page = self.ada.get(address).page
        self.ada.send(page, {}, PUBLISH, form_of(page))
        self.assertIn("By Una", self.site.get("/").text)
        self.assertEqual(una.get(address).status, 404)  # public now, and not theirs to change

    def test_nobody_sees_or_changes_another_s(self):
        una, otto = self.people["una"], self.people["otto"]
        address = self.write(una, title="Una’s own", body="secret words")["Location"].partition("?")[0]
        page = una.get(address).page
        self.assertNotIn("Una’s own", otto.get("/admin/entries").text)
        self.assertEqual(otto.get(address).status, 404)
        for place in ("/revisions", "/revisions/1"):
            self.assertEqual(otto.get(address + place).status, 404)
        for place in ("", "/trash", "/restore", "/links", "/revisions/1/restore"):
            self.assertEqual(otto.post(address + place, dict(values_of(form_of(page))) | {"body": "Taken over"}).status, 404)
        stolen = dict(values_of(form_of(page))) | {"body": "Taken over", "action": "save"}
        for place in ("/admin/write", "/admin/preview", "/admin/autosave"):
            answer = otto.post(place, stolen)
            self.assertEqual(answer.status, 404)
            self.assertNotIn("secret words", answer.text)
        self.assertEqual(typed(una.get(address).page)["body"], "secret words")

    def test_an_author_who_may_publish_does(self):
        answer = self.write(self.people["petra"], PUBLISH, title="By Petra", body="x")
        self.assertIn("done=published", answer["Location"])
        self.assertIn("By Petra", self.site.get("/").text)

    def test_pages_are_for_editors(self):
        una = self.people["una"]
        self.assertEqual(una.get("/admin/pages").status, 403)
        self.assertEqual(una.post("/admin/write", {"kind": "page", "title": "About", "body": "x", "action": "publish"}).status, 403)
        page = self.ada.get("/admin/write?kind=page").page
        made = self.ada.send(page, {"title": "About us", "body": "x"}, PUBLISH, form_of(page))
        self.assertEqual(made.status, 303)
        self.assertEqual(self.site.get("/about-us").status, 200)
        self.assertIn("About us", self.ada.get("/admin/pages").text)


class UnderCgi(unittest.TestCase):
    def test_writing_works_below_a_folder_under_cgi(self):
        with JournalSite(server="apache", mode="cgi", prefix="/blog") as site:
            ada = owner(site)
            page = ada.get("/admin/write").page
            saved = ada.send(page, {"title": "Under CGI", "body": "x"}, PUBLISH, form_of(page))
            self.assertRegex(saved["Location"], re.escape("/blog/admin/entries/1?done=published"))
            self.assertIn("Under CGI", site.get("/").text)


if __name__ == "__main__":
    unittest.main()
