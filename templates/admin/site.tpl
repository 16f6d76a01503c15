{{%AUTOESCAPE context="HTML"}}
{{! Every page about the site as a whole, made of panels. SITE_TAB (repeated): TAB_URL TAB_NAME, TAB_CURRENT (section). PANEL (repeated), each with any of:
PANEL_NAMED (section): PANEL_TITLE; PANEL_TEXT (repeated): PANEL_WORDS, PANEL_LINK (section): PANEL_URL PANEL_LABEL; PANEL_TALK (section): TALK_TEXT; PANEL_FIND (section): FIND_URL QUERY;
RUNNING (section): STATE_URL around parts/progress, RUNNING_TEXT; TABLE (section): TABLE_NAME, TABLE_HEAD (repeated): HEAD_TEXT, TABLE_ROW (repeated): CELL_NAME, CELL_LINKED (section): CELL_URL, CELL_PLAIN (section), CELL_TEXT, CELL_PART of 100;
ITEMS (section) around ITEM (repeated): ITEM_DEPTH ITEM_TITLE, ITEM_LINKED (section): ITEM_URL, ITEM_PLAIN (section), ITEM_STATE (section): STATE_TEXT, ITEM_META (repeated): META_TEXT,
ITEM_ACTS (repeated): ACTS_URL, ACTS_ID (section): ID_VALUE, ITEM_ACT (repeated): ACT_NAME ACT_LABEL ACT_CLASS;
FORM (repeated): FORM_URL FORM_CLASS, FORM_FILES or FORM_PLAIN (section), HIDDEN_FIELD (repeated): HIDDEN_NAME HIDDEN_VALUE, FORM_GROUP (repeated): GROUP_NAMED (section): GROUP_TITLE, GROUP_TEXT (section): GROUP_WORDS,
then parts/admin_field; GROUP_LINES (section) around GROUP_LINE (repeated): LINE_NAME LINE_TEXT; FORM_BUTTON (repeated): BUTTON_CLASS BUTTON_VALUE BUTTON_TEXT. Then parts/paging. ACT_TOKEN. }}
[[>parts/admin_open]]
<nav aria-label="[[admin.site.tabs]]" class="sub">
<ul class="tabs">
{{#SITE_TAB}}
<li><a href="{{TAB_URL}}"{{#TAB_CURRENT}} aria-current="page"{{/TAB_CURRENT}}>{{TAB_NAME}}</a></li>
{{/SITE_TAB}}
</ul>
</nav>
{{#PANEL}}
<section class="panel">
{{#PANEL_NAMED}}
<h2>{{PANEL_TITLE}}</h2>
{{/PANEL_NAMED}}
{{#PANEL_TEXT}}
<p class="hint">{{PANEL_WORDS}}{{#PANEL_LINK}} <a href="{{PANEL_URL}}">{{PANEL_LABEL}}</a>{{/PANEL_LINK}}</p>
{{/PANEL_TEXT}}
{{#PANEL_TALK}}
<pre class="report">
{{TALK_TEXT:p}}</pre>
{{/PANEL_TALK}}
{{#PANEL_FIND}}
<form class="find" role="search" action="{{FIND_URL}}">
<label class="visually-hidden" for="find">[[admin.site.find]]</label>
<input id="find" name="q" type="search" value="{{QUERY}}" enterkeyhint="search">
<button>[[admin.find.button]]</button>
</form>
{{/PANEL_FIND}}
{{#RUNNING}}
<div id="import" data-state="{{STATE_URL}}">
[[>parts/progress]]
<p class="hint">{{RUNNING_TEXT}}</p>
</div>
<script src="[[static:admin-import.js]]" defer></script>
{{/RUNNING}}
{{#TABLE}}
<table class="figures">
<caption class="visually-hidden">{{TABLE_NAME}}</caption>
<thead><tr>{{#TABLE_HEAD}}<th scope="col">{{HEAD_TEXT}}</th>{{/TABLE_HEAD}}</tr></thead>
<tbody>
{{#TABLE_ROW}}
<tr><th scope="row">{{#CELL_LINKED}}<a href="{{CELL_URL}}">{{CELL_NAME}}</a>{{/CELL_LINKED}}{{#CELL_PLAIN}}{{CELL_NAME}}{{/CELL_PLAIN}}</th><td><div><span>{{CELL_TEXT}}</span> <svg class="measure-of" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="{{CELL_PART}}" height="1"/></svg></div></td></tr>
{{/TABLE_ROW}}
</tbody>
</table>
{{/TABLE}}
{{#ITEMS}}
<ul class="rows">
{{#ITEM}}
<li class="item depth-{{ITEM_DEPTH}}">
<div>
<p class="name">{{#ITEM_LINKED}}<a href="{{ITEM_URL}}">{{ITEM_TITLE}}</a>{{/ITEM_LINKED}}{{#ITEM_PLAIN}}{{ITEM_TITLE}}{{/ITEM_PLAIN}}</p>
<p class="meta">{{#ITEM_STATE}}<span class="state">{{STATE_TEXT}}</span> {{/ITEM_STATE}}{{#ITEM_META}}<span>{{META_TEXT}}</span> {{/ITEM_META}}</p>
</div>
<div class="acts">
{{#ITEM_ACTS}}
<form method="post" action="{{ACTS_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
{{#ACTS_ID}}
<input type="hidden" name="id" value="{{ID_VALUE}}">
{{/ACTS_ID}}
{{#ITEM_ACT}}
<button class="{{ACT_CLASS}}" name="act" value="{{ACT_NAME}}">{{ACT_LABEL}}<span class="visually-hidden">: {{ITEM_TITLE}}</span></button>
{{/ITEM_ACT}}
</form>
{{/ITEM_ACTS}}
</div>
</li>
{{/ITEM}}
</ul>
{{/ITEMS}}
{{#FORM}}
<form class="{{FORM_CLASS}}" method="post" action="{{FORM_URL}}"{{#FORM_FILES}} enctype="multipart/form-data"{{/FORM_FILES}}>
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
{{#HIDDEN_FIELD}}
<input type="hidden" name="{{HIDDEN_NAME}}" value="{{HIDDEN_VALUE}}">
{{/HIDDEN_FIELD}}
{{#FORM_GROUP}}
<fieldset class="group">
{{#GROUP_NAMED}}
<legend>{{GROUP_TITLE}}</legend>
{{/GROUP_NAMED}}
<div class="fields">
{{#GROUP_TEXT}}
<p class="hint">{{GROUP_WORDS}}</p>
{{/GROUP_TEXT}}
[[>parts/admin_field]]
{{#GROUP_LINES}}
<dl class="lines">
{{#GROUP_LINE}}
<dt>{{LINE_NAME}}</dt>
<dd>{{LINE_TEXT}}</dd>
{{/GROUP_LINE}}
</dl>
{{/GROUP_LINES}}
</div>
</fieldset>
{{/FORM_GROUP}}
<p class="buttons">
{{#FORM_BUTTON}}
<button class="{{BUTTON_CLASS}}" name="act" value="{{BUTTON_VALUE}}">{{BUTTON_TEXT}}</button>
{{/FORM_BUTTON}}
</p>
</form>
{{/FORM}}
</section>
{{/PANEL}}
[[>parts/paging]]
[[>parts/admin_close]]
