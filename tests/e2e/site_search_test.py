#!/usr/bin/env python3
"""Search as a reader meets it: what it finds, how it shows it, and that nothing typed can break it."""
import re
import unittest
import urllib.parse

from journal_site import JournalSite, entry
from site_entry_test import reply


def entries():
    yield entry("cafe", "Café Zürich", "2019-03-01T12:00:00+00:00", body="<p>It’s the naïve façade of a well-known place.</p>")
    yield entry("quotes", "Typewriter words", "2019-03-02T12:00:00+00:00", body="<p>It's plain, don't you think, and well–known.</p>")
    yield entry("phrase", "The order of words", "2019-03-03T12:00:00+00:00", body="<p>A slow pendulum swings in a cold tower.</p>")
    yield entry("other", "Other order", "2019-03-04T12:00:00+00:00", body="<p>A pendulum of slow habits; the tower was cold.</p>")
    yield entry("title", "Barometer", "2019-03-05T12:00:00+00:00", body="<p>Nothing about weather.</p>")
    yield entry("body", "Of instruments", "2019-03-06T12:00:00+00:00", body="<p>One barometer among " + "many other things " * 60 + "</p>")
    yield entry("code", "Tags", "2019-03-07T12:00:00+00:00", body="<p>Write &lt;script&gt;zebra&lt;/script&gt; &amp; more.</p>")
    yield entry("talk", "A quiet entry", "2019-03-08T12:00:00+00:00", body="<p>Silence.</p>", replies=[
        reply(1, author="Wren", body="The okapi is <b>striped</b>."), reply(2, status="held", body="A held okapi.")])
    yield entry("subject", "A common subject", "2019-03-08T13:00:00+00:00", body="<p>At last.</p>", replies=[reply(3, author="Jay", body="Common!")])
    yield entry("split", "In two parts", "2019-03-09T12:00:00+00:00", body="<p>Before.</p>", more="<p>After: a quagga.</p>")
    yield entry("draft", "Draft of a kiwi", "2019-03-10T12:00:00+00:00", status="draft")
    yield entry("future", "Future kiwi", "2199-03-10T12:00:00+00:00")
    yield entry("emu", "An emu", "2019-03-10T12:00:00+00:00", replies=[reply(3, body="An emu, really.")])
    yield entry("later-emu", "A later emu", "2199-03-10T12:00:00+00:00", replies=[reply(4, body="An emu too soon.")])
    yield entry("past-emu", "A former emu", "2018-03-10T12:00:00+00:00", replies=[reply(5, body="An emu too late.")]) | {
        "expires": "2018-04-10T12:00:00+00:00"}
    yield entry("greek", "Αθήνα το καλοκαίρι", "2019-03-11T12:00:00+00:00", lang="el")
    yield entry("about", "About the walrus", "2019-03-12T12:00:00+00:00") | {"kind": "page"}
    for number in range(30):
        yield entry(f"many-{number}", f"Number {number}", f"2020-01-01T{number % 24:02}:{number:02}:00+00:00", body="<p>A common heron.</p>")


HOSTILE = ['"', '""', '"a', "'", "*", "a*", "**", "NEAR(", "NEAR(a b, 2)", "a AND", "AND", "OR OR", "NOT", "a NOT b", "-a", "- ", "+", "^a",
           "title:a", "body : a", "{a b}", "(", ")", "(((((((((", "a\x00b", "\\", ";", "--", "' or 1=1 --", "%", "_", "<script>", "{{X}}",
           "&amp;", "\u202e", "\U0001F318", "a" * 10_000, "word " * 2_000, "a\"b\"c\"", "“”", "’", "–", "\n\r\t", " ", "日本語", "x" * 300]


class Search(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = JournalSite(settings={"title": "Search", "zone": "UTC"}, entries=list(entries()))
        cls.addClassCleanup(cls.site.stop)

    def page(self, query, more=""):
        answer = self.site.get("/search?q=" + urllib.parse.quote_plus(query) + more)
        self.assertEqual(answer.status, 200, query)
        return answer.page

    def found(self, query, more=""):
        return [a.words for h in self.page(query, more).all("h2") if h.parent.parent.get("class") == "results" for a in h.all("a")]

    def test_accents_and_case_do_not_matter(self):
        for query in ("cafe", "CAFÉ", "zurich", "naive facade", "Façade", "ΑΘΉΝΑ"):
            self.assertEqual(len(self.found(query)), 1, query)

    def test_apostrophes_and_dashes_match_whichever_way_they_are_typed(self):
        for query in ("it's", "it’s", "well-known", "well–known"):
            self.assertEqual(set(self.found(query)), {"Café Zürich", "Typewriter words"}, query)
        self.assertEqual(self.found("don’t"), ["Typewriter words"])

    def test_all_words_must_be_there_in_any_order(self):
        self.assertEqual(set(self.found("slow pendulum cold tower")), {"The order of words", "Other order"})
        self.assertEqual(self.found("pendulum barometer"), [])

    def test_a_phrase_in_quotes_is_found_as_it_stands(self):
        for query in ('"slow pendulum"', "“slow pendulum”", '"cold tower"', '"slow pendulum'):
            self.assertEqual(self.found(query), ["The order of words"], query)

    def test_the_last_word_may_be_unfinished(self):
        self.assertEqual(set(self.found("pendul")), {"The order of words", "Other order"})
        self.assertEqual(set(self.found("baro")), {"Barometer", "Of instruments"})

    def test_a_title_counts_more_than_a_body(self):
        self.assertEqual(self.found("barometer"), ["Barometer", "Of instruments"])

    def test_an_entry_about_the_journals_own_subject_comes_before_a_short_comment_on_it(self):
        found = self.found("common")
        self.assertEqual(found[0], "A common subject")

    def test_spaces_alone_are_no_search(self):
        self.assertEqual([p.words for p in self.page("  ").all("p") if "Nothing" in p.words], [])

    def test_finds_pages_comments_and_what_stands_below_the_fold(self):
        self.assertEqual(self.found("walrus"), ["About the walrus"])
        self.assertEqual(self.found("quagga"), ["In two parts"])
        item = self.page("okapi").one("ol.results").one("li")
        self.assertEqual(item.one("a").words, "Comment on A quiet entry")
        self.assertRegex(item.one("a")["href"], r"^/2019/3/8/talk\.html#comment-\d+$")
        self.assertEqual(item.one("p.signature").words, "Comment | Wren | March 5, 2019")

    def test_never_finds_what_is_not_public(self):
        for query in ("kiwi", "draft", "held"):
            self.assertEqual(self.found(query), [], query)

    def test_does_not_count_what_is_not_public_either(self):
        self.assertEqual(len(self.found("emu")), 2)
        self.assertEqual(self.page("emu").one("p.summary").words, "2 results for “emu”")

    def test_marks_what_was_found_and_nothing_else(self):
        item = self.page("zebra").one("ol.results").one("li")
        self.assertEqual([m.text for m in item.all("mark")], ["zebra"])
        self.assertIn("<script>zebra</script> & more", item.one("p.snippet").words)
        self.assertIn("…", self.page("barometer").one("ol.results").all("li")[1].one("p.snippet").text)

    def test_says_how_much_there_is(self):
        self.assertEqual(self.page("walrus").one("p.summary").words, "1 result for “walrus”")
        self.assertEqual(self.page("barometer").one("p.summary").words, "2 results for “barometer”")
        self.assertEqual(self.page("<b>&").one("p.summary").words, "Nothing here has all of “<b>&”. Try fewer words, or look in the archive.")
        self.assertEqual(self.page("xyzzy").one("head").one("title").text, "Search for “xyzzy” | Search")
        self.assertFalse(self.site.get("/search").page.all("p.summary"))

    def test_many_results_are_paged_without_doubling_any(self):
        seen = []
        for number in range(1, 4):
            seen += self.found("heron", f"&page={number}")
        self.assertEqual((len(seen), len(set(seen))), (30, 30))
        nav = self.page("heron", "&page=2").one("nav.paging")
        self.assertEqual(nav.words, "« Results before | Page 2 of 3 | More results »")
        self.assertEqual([a["href"] for a in nav.all("a")], ["/search?q=heron", "/search?q=heron&page=3"])

    def test_keeps_what_was_typed_in_its_field(self):
        for typed in ('a "b" & <c>', "it's"):
            self.assertEqual(self.page(typed).one("#q")["value"], typed)

    def test_nothing_typed_can_break_it(self):
        for query in HOSTILE:
            answer = self.site.get("/search?q=" + urllib.parse.quote_plus(query))
            self.assertIn(answer.status, (200, 400, 414), f"{query[:40]!r} answers {answer.status}")
            self.assertNotIn("<script>", re.sub(r"<script type=\"application/ld\+json\">", "", answer.text), query[:40])
        for raw in ("%ff", "%c3", "%00", "%", "%zz", "%ed%a0%80", "q", "=", "&&&", "a&q=b", "a&page=x", "a&page=-1", "a&page=9999999999999999999",
                    "a&page=1", "%F4%90%80%80"):
            answer = self.site.get("/search?q=" + raw)
            self.assertIn(answer.status, (200, 400, 404), f"{raw} answers {answer.status}")

    def test_is_not_for_search_engines_but_for_readers(self):
        page = self.page("heron")
        self.assertEqual([m["content"] for m in page.all("meta") if m.get("name") == "robots"], ["noindex"])
        self.assertEqual([f["role"] for f in page.one("main").all("form")], ["search"])
        self.assertTrue(page.one("p.summary").get("role"), "status")


if __name__ == "__main__":
    unittest.main()
