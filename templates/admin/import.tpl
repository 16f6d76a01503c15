{{%AUTOESCAPE context="HTML"}}
{{! Imports. IMPORT_RUNNING (section): IMPORT_WHAT IMPORT_DONE IMPORT_TOTAL, IMPORT_COUNTED (section), GO_URL STATE_URL. IMPORT_ENDED (section): IMPORT_REPORTED (section): REPORT_TEXT, REPORT_MORE (section): REPORT_REST; WRITE_URL CLOSE_URL.
IMPORT_OFFERED (section) around IMPORT_URL, parts/import_list, IMPORT_STARTS (section), parts/import_add. }}
[[>parts/admin_open]]
{{#IMPORT_RUNNING}}
<div id="import" data-state="{{STATE_URL}}">
[[>parts/progress]]
<p class="measure">[[admin.import.wait]]</p>
<form method="post" action="{{GO_URL}}">
<p class="buttons"><button aria-describedby="go-help">[[admin.import.go]]</button> <span class="help" id="go-help">[[admin.import.go.help]]</span></p>
</form>
</div>
<script src="[[static:admin-import.js]]" defer></script>
{{/IMPORT_RUNNING}}
{{#IMPORT_ENDED}}
<p class="buttons"><a class="button primary" href="{{WRITE_URL}}">[[admin.import.write]]</a></p>
{{#IMPORT_REPORTED}}
<h2 id="report">[[admin.import.report]]</h2>
<pre class="report" role="region" tabindex="0" aria-labelledby="report">
{{REPORT_TEXT:p}}</pre>
{{#REPORT_MORE}}
<p class="help">{{REPORT_REST}}</p>
{{/REPORT_MORE}}
{{/IMPORT_REPORTED}}
<form method="post" action="{{CLOSE_URL}}">
<p class="buttons"><button class="quiet">[[admin.import.close]]</button></p>
</form>
{{/IMPORT_ENDED}}
{{#IMPORT_OFFERED}}
<form class="fields measure" method="post" action="{{IMPORT_URL}}" accept-charset="utf-8">
[[>parts/import_list]]
{{#IMPORT_STARTS}}
<p class="buttons"><button class="primary">[[admin.import.start]]</button></p>
{{/IMPORT_STARTS}}
</form>
[[>parts/import_add]]
{{/IMPORT_OFFERED}}
[[>parts/admin_close]]
