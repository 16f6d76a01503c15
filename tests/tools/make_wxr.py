#!/usr/bin/env python3
"""Writes a WordPress export of any size, always the same for the same arguments: the corpus of benchmarks and of tests.

make_wxr.py OUT [--entries 10000] [--comments 100000] [--words 500] [--seed 1] [--bytes N] [--host journal.example]
            [--crowd N]

Words are drawn with the frequencies that a language has (the n-th word is n times as rare as the first), so searches for
common and rare words cost what they would. Nothing in it was written by anybody. With --bytes entries go on until the
file is that large. With --crowd the entry in the middle has that many comments. However many entries there are, they
end before 2025.
"""
import argparse
import datetime
import itertools
import random

COMMON = """the of and a to in is was it that for on with as at by from we you she he they this be not or an are had but have
one all there were so what when out up if about who can more no time into them then some could over only other new after
two first water long light morning evening road house river letter garden window stone winter summer rain wind harbour
boat bread table paper journey story market street bridge door lamp field forest island mountain voice question answer
friend child mother father sister brother neighbour kitchen clock train ticket coat shoe hand eye colour blue green red
grey white dark early late slow quick quiet loud small large old young warm cold bright heavy simple strange kind""".split()
START = "bar cal dor fen gal har jon kel lin mor nel or per quin ros sal tor un ver wil".split()
MIDDLE = "a e i o u an el ir on us ad en il or ut".split()
END = "ble dan der fish gate ham ing ket ley mere ness port ry son ster ton vale ward wick worth".split()
NAMES = "Ada Bram Cleo Dinah Egon Freya Gus Hedda Ivo Juno Kasper Lotte Milo Nora Otto Pia Quentin Rosa Sven Tilda".split()


def vocabulary():
    made = ["".join(parts) for parts in itertools.product(START, MIDDLE, END)]
    random.Random(7).shuffle(made)
    return COMMON + made


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = vocabulary()
        self.weights = list(itertools.accumulate(1 / (n + 2) for n in range(len(self.words))))

    def text(self, count):
        words = self.random.choices(self.words, cum_weights=self.weights, k=count)
        out, at = [], 0
        while at < count:
            length = 6 + self.random.randrange(12)
            sentence = words[at:at + length]
            sentence[0] = sentence[0].capitalize()
            out.append(" ".join(sentence) + ".")
            at += length
        return out

    def paragraphs(self, count):
        sentences = self.text(count)
        groups = [sentences[i:i + 5] for i in range(0, len(sentences), 5)]
        return "\n\n".join(" ".join(group) for group in groups)


def cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def stamp(moment):
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bytes", type=int, default=0)
    parser.add_argument("--host", default="journal.example")
    parser.add_argument("--crowd", type=int, default=0)
    options = parser.parse_args()
    w = Writer(options.seed)
    home = "https://" + options.host
    categories = [w.words[20 + 3 * i] for i in range(30)]
    tags = [w.words[110 + i] for i in range(300)]
    begin = datetime.datetime(2004, 3, 1, 8, 0, 0)
    expected = options.bytes // 3500 if options.bytes else options.entries
    step = min(14 * 3600, 20 * 365 * 24 * 3600 // max(expected, 1))
    each, rest = divmod(options.comments, max(options.entries, 1))
    comment_id = 0
    with open(options.out, "w", encoding="utf-8") as out:
        put = out.write
        put('<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"\n'
            '\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"\n'
            '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
            '\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
            '\txmlns:wp="http://wordpress.org/export/1.2/"\n>\n<channel>\n'
            f"\t<title>A long journal</title>\n\t<link>{home}</link>\n\t<description>Made to measure</description>\n"
            "\t<language>en</language>\n\t<wp:wxr_version>1.2</wp:wxr_version>\n"
            f"\t<wp:base_site_url>{home}</wp:base_site_url>\n\t<wp:base_blog_url>{home}</wp:base_blog_url>\n")
        for number, name in enumerate(NAMES[:3], 1):
            put(f"\t<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(name.lower())}</wp:author_login>"
                f"<wp:author_email>{cdata(name.lower() + '@' + options.host)}</wp:author_email>"
                f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>\n")
        for number, name in enumerate(categories):
            parent = categories[number // 5] if number >= 5 else ""
            put(f"\t<wp:category><wp:term_id>{number + 1}</wp:term_id><wp:category_nicename>{name}</wp:category_nicename>"
                f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{cdata(name.capitalize())}</wp:cat_name>"
                "</wp:category>\n")
        for number, name in enumerate(tags):
            put(f"\t<wp:tag><wp:term_id>{number + 100}</wp:term_id><wp:tag_slug>{name}</wp:tag_slug>"
                f"<wp:tag_name>{cdata(name)}</wp:tag_name></wp:tag>\n")
        number = 0
        while out.tell() < options.bytes if options.bytes else number < options.entries:
            number += 1
            moment = begin + datetime.timedelta(seconds=step * number + w.random.randrange(3000))
            title_words = w.random.choices(w.words, cum_weights=w.weights, k=4)
            slug = "-".join(title_words) + f"-{number}"
            body = w.paragraphs(options.words)
            if number % 3 == 0:
                cut = body.find("\n\n")
                body = body[:cut] + "\n\n<!--more-->\n\n" + body[cut + 2:] if cut > 0 else body
            put(f"\t<item>\n\t\t<title>{cdata(' '.join(title_words).capitalize())}</title>\n"
                f"\t\t<link>{home}/{moment:%Y/%m/%d}/{slug}/</link>\n"
                f"\t\t<pubDate>{moment:%a, %d %b %Y %H:%M:%S} +0000</pubDate>\n"
                f"\t\t<dc:creator>{cdata(NAMES[number % 3].lower())}</dc:creator>\n"
                f'\t\t<guid isPermaLink="false">{home}/?p={number}</guid>\n'
                f"\t\t<content:encoded>{cdata(body)}</content:encoded>\n\t\t<excerpt:encoded><![CDATA[]]></excerpt:encoded>\n"
                f"\t\t<wp:post_id>{number}</wp:post_id>\n\t\t<wp:post_date>{stamp(moment)}</wp:post_date>\n"
                f"\t\t<wp:post_date_gmt>{stamp(moment)}</wp:post_date_gmt>\n"
                f"\t\t<wp:comment_status>open</wp:comment_status>\n\t\t<wp:ping_status>open</wp:ping_status>\n"
                f"\t\t<wp:post_name>{slug}</wp:post_name>\n\t\t<wp:status>publish</wp:status>\n"
                "\t\t<wp:post_parent>0</wp:post_parent>\n\t\t<wp:menu_order>0</wp:menu_order>\n"
                "\t\t<wp:post_type>post</wp:post_type>\n\t\t<wp:post_password></wp:post_password>\n"
                "\t\t<wp:is_sticky>0</wp:is_sticky>\n")
            category = categories[w.random.randrange(len(categories))]
            put(f'\t\t<category domain="category" nicename="{category}">{cdata(category.capitalize())}</category>\n')
            for tag in sorted(set(w.random.choices(tags, k=3))):
                put(f'\t\t<category domain="post_tag" nicename="{tag}">{cdata(tag)}</category>\n')
            first = comment_id + 1
            crowd = options.crowd if number == options.entries // 2 else 0
            for n in range(crowd or each + (1 if number <= rest else 0)):
                comment_id += 1
                parent = first if n % 4 == 3 else 0
                said = moment + datetime.timedelta(hours=1 + 5 * n, seconds=w.random.randrange(3000))
                name = NAMES[w.random.randrange(len(NAMES))]
                put(f"\t\t<wp:comment>\n\t\t\t<wp:comment_id>{comment_id}</wp:comment_id>\n"
                    f"\t\t\t<wp:comment_author>{cdata(name)}</wp:comment_author>\n"
                    f"\t\t\t<wp:comment_author_email>{name.lower()}@reader.example</wp:comment_author_email>\n"
                    f"\t\t\t<wp:comment_author_url>https://{name.lower()}.example/</wp:comment_author_url>\n"
                    "\t\t\t<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>\n"
                    f"\t\t\t<wp:comment_date>{stamp(said)}</wp:comment_date>\n"
                    f"\t\t\t<wp:comment_date_gmt>{stamp(said)}</wp:comment_date_gmt>\n"
                    f"\t\t\t<wp:comment_content>{cdata(' '.join(w.text(12 + w.random.randrange(40))))}</wp:comment_content>\n"
                    f"\t\t\t<wp:comment_approved>{0 if comment_id % 97 == 0 else 1}</wp:comment_approved>\n"
                    "\t\t\t<wp:comment_type></wp:comment_type>\n"
                    f"\t\t\t<wp:comment_parent>{parent}</wp:comment_parent>\n"
                    "\t\t\t<wp:comment_user_id>0</wp:comment_user_id>\n\t\t</wp:comment>\n")
            put("\t</item>\n")
        put("</channel>\n</rss>\n")


if __name__ == "__main__":
    main()
