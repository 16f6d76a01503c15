#!/usr/bin/env python3
"""Puts templates, words and static files into the program.

embed.py SRC OUTDIR FILE...  writes OUTDIR/embedded.cc (the bytes of every file, the texts of every catalogue; see embedded.h) and
OUTDIR/keys.h (a typed constant for each template, each name in a template and each text of the catalogue;
see key_types.h). A name that is used with two meanings stops the build. What only the owner's pages use stands in
OUTDIR/admin_keys.h, so that a new one does not rebuild the rest.
"""
import io
import os
import re
import sys
import zlib

MARKER = re.compile(r"\{\{([#/]?)([A-Za-z_][A-Za-z0-9_]*)((?::[^}]*)?)\}\}")
COMMENT = re.compile(r"\{\{!.*?\}\}", re.S)
PLURAL = ("zero", "one", "two", "few", "many", "other")
# Families read by number (words.cc), not by a constant.
COMPUTED = re.compile(r"^(month|day)\.(long|short)\.\d+$")


def fnv1a(data):
    """The hash of static file names; words for word the same as ContentHash in templates.cc."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return "%010x" % (value >> 24)


def camel(name):
    return "k" + "".join(part[:1].upper() + part[1:].lower() for part in re.split(r"[^A-Za-z0-9]+", name))


def literal(data):
    """A C++ string literal, cut into lines. Octal escapes of three digits cannot run into what follows."""
    out, line = [], []
    for byte in data:
        char = chr(byte)
        if char in '"\\':
            line.append("\\" + char)
        elif char == "\n":
            line.append("\\n")
            out.append("".join(line))
            line = []
        elif 32 <= byte < 127 and char != "?":
            line.append(char)
        else:
            line.append("\\%03o" % byte)
        if len(line) > 4000:
            out.append("".join(line))
            line = []
    out.append("".join(line))
    return "\n    ".join('"%s"' % piece for piece in out)


class Pack:
    """Files that are seldom asked for, one after another and deflated as one."""

    def __init__(self, number):
        self.number, self.bytes = number, b""

    def add(self, data):
        self.bytes += data
        return "{}, %d, %d, %d" % (self.number, len(self.bytes) - len(data), len(data))


def table(function, rows):
    """Rows of name, hashed name, bytes, and the Pack that holds the bytes or None."""
    body = "".join(
        '  {"%s", "%s", %s},\n' % (name, hashed, pack.add(data) if pack else view(data) + ", 0, 0, 0")
        for name, hashed, data, pack in rows
    )
    if not rows:
        return "std::span<const EmbeddedFile> %s() { return {}; }\n\n" % function
    return "static constexpr EmbeddedFile k%s[] = {\n%s};\nstd::span<const EmbeddedFile> %s() { return k%s; }\n\n" % (
        function, body, function, function)


def packed(plain):
    return "{std::string_view(%s), %d}" % (sized(deflated(plain)), len(plain))


def is_owners_text(key):
    return key.startswith(b"admin.")


def catalogues(languages):
    """The texts of each language (embedded.h says how). What readers see in English and regions: sorted by the keys'
    bytes, looked up where it lies. All else is deflated: a journal wants one other language or none, and its owner's
    texts only where the owner is."""
    out, rows = [], []
    english = dict(languages)["en"]
    for language, texts in languages:
        if language != "en" and "-" not in language:
            blocks = [packed(block(texts, english, owners)) for owners in (False, True)]
            rows.append('  {"%s", {}, %s, %s},\n' % (language, blocks[0], blocks[1]))
            continue
        name = "kWords_" + re.sub("[^a-z]", "_", language.lower())
        plain = {key: text for key, text in texts.items() if language != "en" or not is_owners_text(key)}
        out.append("static constexpr EmbeddedWord %s[] = {\n" % name)
        out += ["  {%s, %s},\n" % (view(key), view(text)) for key, text in sorted(plain.items())]
        out.append("};\n")
        owners = sorted((key, text) for key, text in texts.items() if key not in plain)
        pairs = b"".join(piece + b"\0" for pair in owners for piece in pair)
        rows.append('  {"%s", %s, {}, %s},\n' % (language, name, packed(pairs) if pairs else "{}"))
    out.append("static constexpr EmbeddedCatalogue kCatalogues[] = {\n")
    out += rows
    out.append("};\nstd::span<const EmbeddedCatalogue> EmbeddedWords() { return kCatalogues; }\n\n")
    return "".join(out)


def block(texts, english, owners):
    keys = sorted(key for key in english if is_owners_text(key) == owners)
    own = sorted(key for key in texts.keys() - english.keys() if is_owners_text(key) == owners)
    pieces = [texts.get(key, b"") for key in keys] + [piece for key in own for piece in (key, texts[key])]
    return b"".join(piece + b"\0" for piece in pieces)


def sized(data):
    return "%s, %d" % (literal(data), len(data))


def deflated(data):
    """Raw deflate, as text/inflate.h takes it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def view(data):
    return "std::string_view(%s)" % sized(data)


def texts_of(data, where):
    """A catalogue's lines of "key = text", as words.cc reads those of a theme."""
    texts = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        line = line.strip(b" \t\r")
        if not line or line.startswith(b"#"):
            continue
        key, sep, text = line.partition(b"=")
        key = key.strip(b" \t")
        if not sep or not re.fullmatch(rb"[a-z0-9_.]+", key):
            sys.exit("%s:%d: expected 'key = text'" % (where, number))
        if key in texts:
            sys.exit("%s:%d: %s stands here twice" % (where, number, key.decode()))
        texts[key] = text.strip(b" \t")
    return texts


def key_type(section, name):
    if section:
        return "SectionKey"
    if name.endswith("_HTML"):
        return "HtmlKey"
    if name.endswith("_URL"):
        return "UrlKey"
    return "TextKey"


def word_keys(texts):
    """Constants of a catalogue: a text, or a family of plural forms under its stem."""
    names = {}
    for key in (key.decode() for key in texts):
        if COMPUTED.match(key):
            continue
        stem, dot, last = key.rpartition(".")
        if dot and last in PLURAL:
            names[stem] = "PluralKey"
        else:
            names[key] = "WordKey"
    return names


def constants(namespace, names):
    lines = ["namespace %s {" % namespace]
    seen = {}
    for name in sorted(names):
        const = camel(name)
        if const in seen:
            sys.exit("%s and %s would both be called %s" % (seen[const], name, const))
        seen[const] = name
        lines.append('inline constexpr %s %s{"%s"};' % (names[name], const, name))
    return "\n".join(lines + ["}  // namespace %s" % namespace, ""])


class Changed(io.StringIO):
    """A file that is written when it is closed, and only if that changes it: what depends on it keeps its builds."""

    def __init__(self, path):
        super().__init__()
        self.path = path

    def __exit__(self, *failure):
        text = self.getvalue()
        old = None
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as have:
                old = have.read()
        if not failure[0] and text != old:
            with open(self.path, "w", encoding="utf-8") as out:
                out.write(text)
        return super().__exit__(*failure)


def is_owners(template):
    return template.startswith("admin/") or template.startswith("parts/admin_")


def header(out, includes, templates, keys, catalogue):
    """One of the two headers; `templates` with their places."""
    out.write("// Made by templates/embed.py.\n#pragma once\n\n")
    out.write('#include "templates/%s"\n\nnamespace daybook::templates {\n\nnamespace tpl {\n' % includes)
    for index, name in templates:
        if not name.startswith("parts/"):
            out.write("inline constexpr TemplateId %s{%d};\n" % (camel(name[:-len(".tpl")]), index))
    out.write("}  // namespace tpl\n\n" + constants("key", keys) + "\n" + constants("word", catalogue))
    out.write("\n}  // namespace daybook::templates\n")


def main():
    source, outdir, files = sys.argv[1], sys.argv[2], sorted(sys.argv[3:])
    templates, words, static, keys, catalogue, public = [], [], [], {}, {}, set()
    owners, files_pack = Pack(0), Pack(1)
    for path in files:
        relative = os.path.relpath(path, source).replace(os.sep, "/")
        with open(path, "rb") as handle:
            data = handle.read()
        if relative.startswith("templates/words/"):
            language = os.path.splitext(os.path.basename(relative))[0]
            words.append((language, texts_of(data, relative)))
            if language == "en":
                catalogue = word_keys(words[-1][1])
        elif relative.startswith("templates/"):
            name = relative[len("templates/"):]
            templates.append((name, "", data, owners if is_owners(name) else None))
            for section, key, _ in MARKER.findall(COMMENT.sub("", data.decode("utf-8"))):
                if key.endswith("_separator"):
                    continue  # ctemplate's own: shown between repetitions
                kind = key_type(section, key)
                if keys.setdefault(key, kind) != kind:
                    sys.exit("%s: %s is a %s here and a %s elsewhere" % (relative, key, kind, keys[key]))
                if not is_owners(name):
                    public.add(key)
        else:
            name = os.path.basename(relative)
            stem, dot, ending = name.partition(".")
            static.append((name, "%s.%s%s%s" % (stem, fnv1a(data), dot, ending), data, files_pack))
    templates.sort(key=lambda row: is_owners(row[0]))  # the others keep their places when the owner gets a page more
    os.makedirs(outdir, exist_ok=True)
    with Changed(os.path.join(outdir, "embedded.cc")) as out:
        out.write('// Made by templates/embed.py.\n#include "templates/embedded.h"\n\nnamespace daybook::templates {\n\n')
        out.write(table("EmbeddedTemplates", templates))
        out.write(catalogues(words))
        out.write(table("EmbeddedStatic", static))
        out.write("static constexpr Deflated kPacks[] = {\n  %s,\n  %s};\n" % (packed(owners.bytes), packed(files_pack.bytes)))
        out.write("std::span<const Deflated> EmbeddedPacks() { return kPacks; }\n\n")
        out.write("}  // namespace daybook::templates\n")
    places = list(enumerate(row[0] for row in templates))
    for file, includes, owners in (("keys.h", "key_types.h", False), ("admin_keys.h", "keys.h", True)):
        with Changed(os.path.join(outdir, file)) as out:
            header(out, includes, [place for place in places if is_owners(place[1]) == owners],
                   {key: kind for key, kind in keys.items() if (key in public) != owners},
                   {key: kind for key, kind in catalogue.items() if key.startswith("admin.") == owners})


main()
