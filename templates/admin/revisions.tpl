{{%AUTOESCAPE context="HTML"}}
{{! Earlier versions of an entry. ROW_TITLE ROW_URL the entry; NO_REVISIONS (section); REVISION_LIST (section) around REVISION_ITEM (repeated): REVISION_DATE REVISION_URL REVISION_TITLE,
REVISION_TYPED (section) where it was never saved, REVISION_BY (section): REVISION_AUTHOR. }}
[[>parts/admin_open]]
<p><a href="{{ROW_URL}}">{{ROW_TITLE}}</a></p>
{{#NO_REVISIONS}}
<p class="empty">[[admin.revisions.none]]</p>
{{/NO_REVISIONS}}
{{#REVISION_LIST}}
<ul class="rows">
{{#REVISION_ITEM}}
<li>
<h2><a href="{{REVISION_URL}}">{{REVISION_DATE}}</a></h2>
<p class="meta"><span>{{REVISION_TITLE}}</span>{{#REVISION_BY}} <span>{{REVISION_AUTHOR}}</span>{{/REVISION_BY}}{{#REVISION_TYPED}} <span class="state">[[admin.revision.typed]]</span>{{/REVISION_TYPED}}</p>
</li>
{{/REVISION_ITEM}}
</ul>
{{/REVISION_LIST}}
[[>parts/admin_close]]
