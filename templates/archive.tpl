{{%AUTOESCAPE context="HTML"}}
{{! Everything there is, by its headings. ARCHIVE_YEARS (section) around ARCHIVE_YEAR (repeated): YEAR_NAME YEAR_URL YEAR_COUNT, around
ARCHIVE_MONTH (repeated): MONTH_NAME MONTH_URL MONTH_COUNT (label, "3 entries"). ARCHIVE_CATEGORIES (section): CATEGORY_TREE_HTML from tree.h.
ARCHIVE_TAGS (section) around ARCHIVE_TAG (repeated): TAG_NAME TAG_URL TAG_COUNT. ARCHIVE_AUTHORS (section) around ARCHIVE_AUTHOR (repeated): AUTHOR_NAME AUTHOR_URL AUTHOR_COUNT.
FRONT_EMPTY (section) where nothing was written. Counts are numbers. }}
[[>parts/open]]
<div class="archive">
<h1>[[archive.title]]</h1>
<form role="search" aria-label="[[search.name]]" action="{{ROOT_URL}}search">
<div class="field"><label for="q">[[search.label]]</label>
<input id="q" name="q" type="search" enterkeyhint="search"></div>
<p class="buttons"><button>[[search.button]]</button></p>
</form>
{{#FRONT_EMPTY}}
<p class="hint">[[front.empty]]</p>
{{/FRONT_EMPTY}}
{{#ARCHIVE_YEARS}}
<section aria-labelledby="by-date">
<h2 id="by-date">[[archive.dates]]</h2>
<dl class="years">
{{#ARCHIVE_YEAR}}
<div>
<dt><a href="{{YEAR_URL}}">{{YEAR_NAME}}</a> <span class="count">({{YEAR_COUNT}})</span></dt>
<dd><ul class="row">
{{#ARCHIVE_MONTH}}
<li><a href="{{MONTH_URL}}">{{MONTH_NAME}}</a> <span class="count">({{MONTH_COUNT}})</span></li>
{{/ARCHIVE_MONTH}}
</ul></dd>
</div>
{{/ARCHIVE_YEAR}}
</dl>
</section>
{{/ARCHIVE_YEARS}}
{{#ARCHIVE_CATEGORIES}}
<section aria-labelledby="by-category">
<h2 id="by-category">[[archive.categories]]</h2>
{{CATEGORY_TREE_HTML}}
</section>
{{/ARCHIVE_CATEGORIES}}
{{#ARCHIVE_TAGS}}
<section aria-labelledby="by-tag">
<h2 id="by-tag">[[archive.tags]]</h2>
<ul class="row">
{{#ARCHIVE_TAG}}
<li><a rel="tag" href="{{TAG_URL}}">{{TAG_NAME}}</a> <span class="count">({{TAG_COUNT}})</span></li>
{{/ARCHIVE_TAG}}
</ul>
</section>
{{/ARCHIVE_TAGS}}
{{#ARCHIVE_AUTHORS}}
<section aria-labelledby="by-author">
<h2 id="by-author">[[archive.authors]]</h2>
<ul class="row">
{{#ARCHIVE_AUTHOR}}
<li><a href="{{AUTHOR_URL}}">{{AUTHOR_NAME}}</a> <span class="count">({{AUTHOR_COUNT}})</span></li>
{{/ARCHIVE_AUTHOR}}
</ul>
</section>
{{/ARCHIVE_AUTHORS}}
</div>
[[>parts/close]]
