{{%AUTOESCAPE context="HTML"}}
{{! The lists of entries or pages. WRITE (section): WRITE_URL WRITE_LABEL. LIST_LINK (repeated): LIST_URL LIST_NAME LIST_NUMBER, LIST_CURRENT (section).
FIND_URL, FIND_LIST the list's name, QUERY. NO_ENTRIES (section): EMPTY_TEXT, EMPTY_WRITE (section): WRITE_URL EMPTY_LABEL. ENTRY_ROWS (section) around ENTRY_ROW (repeated): ROW_TITLE ROW_URL,
ROW_STATUS, ROW_DATETIME ROW_DATE, ROW_AUTHORED (section): ROW_AUTHOR, ROW_MARK (repeated): MARK_TEXT, ROW_VIEW (section): VIEW_URL. Then parts/paging. }}
[[>parts/admin_open]]
<div class="bar">
<nav aria-label="[[admin.lists]]">
<ul class="tabs">
{{#LIST_LINK}}
<li><a href="{{LIST_URL}}"{{#LIST_CURRENT}} aria-current="page"{{/LIST_CURRENT}}>{{LIST_NAME}} <span class="count">{{LIST_NUMBER}}</span></a></li>
{{/LIST_LINK}}
</ul>
</nav>
<form class="find" role="search" action="{{FIND_URL}}">
<input type="hidden" name="show" value="{{FIND_LIST}}">
<label class="visually-hidden" for="find">[[admin.find]]</label>
<input id="find" name="q" type="search" value="{{QUERY}}" enterkeyhint="search">
<button>[[admin.find.button]]</button>
</form>
</div>
{{#NO_ENTRIES}}
<p class="empty">{{EMPTY_TEXT}}{{#EMPTY_WRITE}} <a href="{{WRITE_URL}}">{{EMPTY_LABEL}}</a>{{/EMPTY_WRITE}}</p>
{{/NO_ENTRIES}}
{{#ENTRY_ROWS}}
<ul class="rows">
{{#ENTRY_ROW}}
<li>
<h2><a href="{{ROW_URL}}">{{ROW_TITLE}}</a></h2>
<p class="meta"><span class="state">{{ROW_STATUS}}</span> <time datetime="{{ROW_DATETIME}}">{{ROW_DATE}}</time>{{#ROW_AUTHORED}} <span>{{ROW_AUTHOR}}</span>{{/ROW_AUTHORED}}{{#ROW_MARK}} <span>{{MARK_TEXT}}</span>{{/ROW_MARK}}{{#ROW_VIEW}} <a href="{{VIEW_URL}}">[[admin.row.view|title=<span class="visually-hidden">{{ROW_TITLE}}</span>]]</a>{{/ROW_VIEW}}</p>
</li>
{{/ENTRY_ROW}}
</ul>
{{/ENTRY_ROWS}}
[[>parts/paging]]
[[>parts/admin_close]]
