{{%AUTOESCAPE context="HTML"}}
{{! An earlier version beside the present one. ROW_TITLE ROW_URL the entry; LIST_URL all versions; RESTORE_URL; NO_DIFF (section);
DIFF_PART (repeated): DIFF_SAME, DIFF_GONE or DIFF_NEW (section): DIFF_TEXT. }}
[[>parts/admin_open]]
<p><a href="{{ROW_URL}}">{{ROW_TITLE}}</a> | <a href="{{LIST_URL}}">[[admin.revisions]]</a></p>
<p class="help">[[admin.revision.help]]</p>
{{#NO_DIFF}}
<p class="notice">[[admin.revision.same]]</p>
{{/NO_DIFF}}
<pre class="diff" tabindex="0">
{{#DIFF_PART}}{{#DIFF_SAME}}{{DIFF_TEXT:p}}{{/DIFF_SAME}}{{#DIFF_GONE}}<del>{{DIFF_TEXT:p}}</del>{{/DIFF_GONE}}{{#DIFF_NEW}}<ins>{{DIFF_TEXT:p}}</ins>{{/DIFF_NEW}}{{/DIFF_PART}}</pre>
<form method="post" action="{{RESTORE_URL}}">
<p class="buttons"><button>[[admin.revision.restore]]</button> <span class="help">[[admin.revision.restore.help]]</span></p>
</form>
[[>parts/admin_close]]
