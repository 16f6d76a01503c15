{{%AUTOESCAPE context="HTML"}}
{{! The log. BACK_URL. NO_ENTRIES (section), or LOG_LINES (section) around LOG_LINE (repeated): ROW_DATETIME ROW_DATE LOG_WHO LOG_TEXT, LOG_LINKED (section): LOG_URL. QUEUE_MORE (section): MORE_URL. }}
[[>parts/admin_open]]
<p class="meta"><a href="{{BACK_URL}}">[[admin.people]]</a></p>
{{#NO_ENTRIES}}
<p class="empty">[[admin.log.empty]]</p>
{{/NO_ENTRIES}}
{{#LOG_LINES}}
<ol class="rows log">
{{#LOG_LINE}}
<li><time class="hint" datetime="{{ROW_DATETIME}}">{{ROW_DATE}}</time> <b>{{LOG_WHO}}</b> <span>{{LOG_TEXT}}{{#LOG_LINKED}} <a href="{{LOG_URL}}">[[admin.log.show]]<span class="visually-hidden">: {{LOG_TEXT}}, {{ROW_DATE}}</span></a>{{/LOG_LINKED}}</span></li>
{{/LOG_LINE}}
</ol>
{{/LOG_LINES}}
{{#QUEUE_MORE}}
<nav class="paging" aria-label="[[nav.paging]]">
<p><a href="{{MORE_URL}}" rel="next">[[admin.queue.older]]</a></p>
</nav>
{{/QUEUE_MORE}}
[[>parts/admin_close]]
