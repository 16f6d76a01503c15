"""A page as a tree, for tests that ask what stands in it. Not a judge of its HTML: that is html_test.py."""
import html.parser
import re

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPACE = re.compile(r"[ \t\n\r\f]+")


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []

    def __getitem__(self, name):
        return self.attributes[name]

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    @property
    def classes(self):
        return (self.get("class") or "").split()

    @property
    def text(self):
        return "".join(c if isinstance(c, str) else c.text for c in self.children if not getattr(c, "tag", "") == "script")

    @property
    def words(self):
        """Its text with white space as a browser shows it; no-break spaces stay."""
        return SPACE.sub(" ", self.text).strip(" ")

    def walk(self):
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, selector):
        """Elements by "tag", ".class", "tag.class" or "#id"."""
        if selector.startswith("#"):
            return [e for e in self.walk() if e.get("id") == selector[1:]]
        tag, _, name = selector.partition(".")
        return [e for e in self.walk() if (not tag or e.tag == tag) and (not name or name in e.classes)]

    def one(self, selector):
        found = self.all(selector)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} of {selector} where one was expected")
        return found[0]

    def first(self, selector):
        found = self.all(selector)
        return found[0] if found else None


class _Builder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {}, None)

    def handle_starttag(self, tag, attributes):
        element = Element(tag, {k: v if v is not None else "" for k, v in attributes}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        at = self.here
        while at is not None and at.tag != tag:
            at = at.parent
        if at is not None and at.parent is not None:
            self.here = at.parent

    def handle_data(self, text):
        self.here.children.append(text)


def parse(text):
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


def addresses(tree):
    """(element, attribute, address) of everything that a page links to or loads."""
    for element in tree.walk():
        for name in ("href", "src", "poster", "action", "formaction", "data", "cite"):
            if element.get(name) and not (name == "cite" or element.get("method") == "post"):
                yield element, name, element[name]
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield element, "srcset", part.split()[0]
