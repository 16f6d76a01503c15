{{%AUTOESCAPE context="HTML"}}
{{! What stands beside the page, kept as one fragment. ROOT_URL; SIDE_SECTION (repeated), each with CAPTION (section): CAPTION_TEXT, and exactly one of:
SIDE_HTML: SECTION_HTML (the owner's); SIDE_SUBSCRIBE, SIDE_NEWSLETTER (forms of the addresses subscribe and newsletter);
SIDE_LINKS, SIDE_CONNECT around SIDE_LINK (repeated): SIDE_LINK_TITLE SIDE_LINK_URL; SIDE_SEARCH;
SIDE_COMMENTS around SIDE_COMMENT (repeated): SIDE_COMMENT_DATE SIDE_COMMENT_DATETIME SIDE_COMMENT_AUTHOR SIDE_COMMENT_ENTRY SIDE_COMMENT_URL;
SIDE_ARCHIVE around SIDE_LINK with SIDE_LINK_COUNT; SIDE_CATEGORIES: CATEGORY_TREE_HTML; SIDE_TAGS around SIDE_LINK with SIDE_LINK_COUNT.
SECTION_ID: a number, for ids that do not collide. }}
{{#SIDE_SECTION}}
{{#SIDE_HTML}}
<div class="free">
{{#CAPTION}}
<h2>{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<div class="body">
{{SECTION_HTML}}
</div>
</div>
{{/SIDE_HTML}}
{{#SIDE_SUBSCRIBE}}
<div>
{{#CAPTION}}
<h2>{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<form method="post" action="{{ROOT_URL}}subscribe">
<div class="field"><label for="subscribe-{{SECTION_ID}}">[[subscribe.label]]</label>
<input id="subscribe-{{SECTION_ID}}" name="email" type="email" autocomplete="email" required></div>
<p class="buttons"><button>[[subscribe.button]]</button></p>
</form>
</div>
{{/SIDE_SUBSCRIBE}}
{{#SIDE_NEWSLETTER}}
<div>
{{#CAPTION}}
<h2>{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<p><a href="{{ROOT_URL}}newsletter">[[newsletter.link]]</a></p>
</div>
{{/SIDE_NEWSLETTER}}
{{#SIDE_LINKS}}
<nav {{#CAPTION}}aria-labelledby="side-{{SECTION_ID}}"{{/CAPTION}}>
{{#CAPTION}}
<h2 id="side-{{SECTION_ID}}">{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<ul class="row">
{{#SIDE_LINK}}
<li><a href="{{SIDE_LINK_URL}}">{{SIDE_LINK_TITLE}}</a></li>
{{/SIDE_LINK}}
</ul>
</nav>
{{/SIDE_LINKS}}
{{#SIDE_CONNECT}}
<nav {{#CAPTION}}aria-labelledby="side-{{SECTION_ID}}"{{/CAPTION}}>
{{#CAPTION}}
<h2 id="side-{{SECTION_ID}}">{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<ul class="row">
{{#SIDE_LINK}}
<li><a rel="me" href="{{SIDE_LINK_URL}}">{{SIDE_LINK_TITLE}}</a></li>
{{/SIDE_LINK}}
</ul>
</nav>
{{/SIDE_CONNECT}}
{{#SIDE_SEARCH}}
<div>
{{#CAPTION}}
<h2>{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<form role="search" aria-label="[[search.side]]" action="{{ROOT_URL}}search">
<div class="field"><label class="visually-hidden" for="search-{{SECTION_ID}}">[[search.label]]</label>
<input id="search-{{SECTION_ID}}" name="q" type="search" enterkeyhint="search"></div>
<p class="buttons"><button>[[search.button]]</button></p>
</form>
</div>
{{/SIDE_SEARCH}}
{{#SIDE_COMMENTS}}
<div>
{{#CAPTION}}
<h2>{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<ul>
{{#SIDE_COMMENT}}
<li><time datetime="{{SIDE_COMMENT_DATETIME}}">{{SIDE_COMMENT_DATE}}</time> [[sidebar.comment|author={{SIDE_COMMENT_AUTHOR}}|entry=<a href="{{SIDE_COMMENT_URL}}">{{SIDE_COMMENT_ENTRY}}</a>]]</li>
{{/SIDE_COMMENT}}
</ul>
</div>
{{/SIDE_COMMENTS}}
{{#SIDE_ARCHIVE}}
<nav {{#CAPTION}}aria-labelledby="side-{{SECTION_ID}}"{{/CAPTION}}>
{{#CAPTION}}
<h2 id="side-{{SECTION_ID}}">{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<ul>
{{#SIDE_LINK}}
<li><a href="{{SIDE_LINK_URL}}">{{SIDE_LINK_TITLE}}</a> <span class="count">({{SIDE_LINK_COUNT}})</span></li>
{{/SIDE_LINK}}
</ul>
<p><a href="{{ROOT_URL}}archive">[[sidebar.all]]</a></p>
</nav>
{{/SIDE_ARCHIVE}}
{{#SIDE_CATEGORIES}}
<nav {{#CAPTION}}aria-labelledby="side-{{SECTION_ID}}"{{/CAPTION}}>
{{#CAPTION}}
<h2 id="side-{{SECTION_ID}}">{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
{{CATEGORY_TREE_HTML}}
</nav>
{{/SIDE_CATEGORIES}}
{{#SIDE_TAGS}}
<nav {{#CAPTION}}aria-labelledby="side-{{SECTION_ID}}"{{/CAPTION}}>
{{#CAPTION}}
<h2 id="side-{{SECTION_ID}}">{{CAPTION_TEXT}}</h2>
{{/CAPTION}}
<ul class="row">
{{#SIDE_LINK}}
<li><a rel="tag" href="{{SIDE_LINK_URL}}">{{SIDE_LINK_TITLE}}</a> <span class="count">({{SIDE_LINK_COUNT}})</span></li>
{{/SIDE_LINK}}
</ul>
</nav>
{{/SIDE_TAGS}}
{{/SIDE_SECTION}}
