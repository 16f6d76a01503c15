{{%AUTOESCAPE context="HTML"}}
{{! The front page and every archive page: entries, newest first. LIST_TITLE (h1); FRONT (section) hides it, as the site's title stands there already;
LIST_ABOUT (section): LIST_ABOUT_HTML (a category's description, an author's about); LIST_COUNT (section): LIST_COUNT_TEXT;
LIST_FEED (section): LIST_FEED_URL; LIST_PARTS (section) around LIST_PART (repeated): PART_NAME PART_URL PART_COUNT (a year's months, a category's children).
LIST_ENTRY (repeated) with the values of parts/leaf and parts/lines, ENTRY_URL ENTRY_TITLE UNTITLED PINNED ENTRY_LANG ENTRY_RTL ENTRY_LTR as in entry.tpl, and
ENTRY_FULL (section): BODY_HTML, or ENTRY_SUMMARY (section): SUMMARY_TEXT, or ENTRY_LOCKED (section); READ_MORE (section) after either: ENTRY_MORE_URL, PLAIN_TITLE.
FRONT_EMPTY or LIST_EMPTY (sections). Then parts/paging. }}
[[>parts/open]]
<div class="h-feed">
<header class="list">
<h1 class="p-name{{#FRONT}} visually-hidden{{/FRONT}}">{{LIST_TITLE}}</h1>
{{#LIST_ABOUT}}
<div class="body">
{{LIST_ABOUT_HTML}}
</div>
{{/LIST_ABOUT}}
{{#LIST_COUNT}}
<p class="hint">{{LIST_COUNT_TEXT}}</p>
{{/LIST_COUNT}}
{{#LIST_PARTS}}
<ul class="row">
{{#LIST_PART}}
<li><a href="{{PART_URL}}">{{PART_NAME}}</a> <span class="count">({{PART_COUNT}})</span></li>
{{/LIST_PART}}
</ul>
{{/LIST_PARTS}}
</header>
{{#LIST_ENTRY}}
<article class="entry h-entry">
<header>
[[>parts/leaf]]
{{#PINNED}}
<p class="label">[[entry.pinned]]</p>
{{/PINNED}}
<h2 class="p-name{{#UNTITLED}} visually-hidden{{/UNTITLED}}"[[>parts/lang]]><a class="u-url u-uid" rel="bookmark" href="{{ENTRY_URL}}">{{ENTRY_TITLE}}</a></h2>
</header>
{{#ENTRY_FULL}}
<div class="body e-content"[[>parts/lang]]>
{{BODY_HTML}}
</div>
{{/ENTRY_FULL}}
{{#ENTRY_SUMMARY}}
<div class="body">
<p class="p-summary"[[>parts/lang]]>{{SUMMARY_TEXT}}</p>
</div>
{{/ENTRY_SUMMARY}}
{{#ENTRY_LOCKED}}
<p class="hint">[[entry.locked.list]]</p>
{{/ENTRY_LOCKED}}
{{#READ_MORE}}
<p class="more"><a href="{{ENTRY_MORE_URL}}">[[entry.read_more]]<span class="visually-hidden">: {{PLAIN_TITLE}}</span></a></p>
{{/READ_MORE}}
<footer class="lines">
[[>parts/lines]]
</footer>
</article>
{{/LIST_ENTRY}}
{{#FRONT_EMPTY}}
<p class="hint">[[front.empty]]</p>
{{/FRONT_EMPTY}}
{{#LIST_EMPTY}}
<p class="hint">[[list.empty]] <a href="{{ROOT_URL}}archive">[[nav.archive]]</a></p>
{{/LIST_EMPTY}}
</div>
[[>parts/paging]]
{{#LIST_FEED}}
<p class="hint"><a href="{{LIST_FEED_URL}}">[[list.feed]]</a></p>
{{/LIST_FEED}}
[[>parts/close]]
