{{%AUTOESCAPE context="HTML"}}
{{! The text of an entry or page, for those who may read it: TOC (section): TOC_HTML lists of links to its headings; BODY_HTML;
MORE (section): MORE_HTML; UPDATE (repeated): UPDATE_DATETIME UPDATE_DATE UPDATE_HTML; parts/lang. }}
{{#TOC}}
<nav class="toc" aria-label="[[entry.toc]]"[[>parts/lang]]>
{{TOC_HTML}}
</nav>
{{/TOC}}
<div class="body e-content"[[>parts/lang]]>
{{BODY_HTML}}
{{#MORE}}
<div id="more">
{{MORE_HTML}}
</div>
{{/MORE}}
{{#UPDATE}}
<div class="update">
<p class="label">[[entry.update|date=<time class="dt-updated" datetime="{{UPDATE_DATETIME}}">{{UPDATE_DATE}}</time>]]</p>
{{UPDATE_HTML}}
</div>
{{/UPDATE}}
</div>
