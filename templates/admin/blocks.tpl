{{%AUTOESCAPE context="HTML"}}
{{! The block lists. QUEUE_URL BLOCKS_URL; BLOCK_CHOICE (repeated): BLOCK_KIND BLOCK_TEXT, BLOCK_CHOSEN (section); PATTERN_VALUE; BLOCK_WRONG (section): BLOCK_ERROR;
NO_ENTRIES (section), or BLOCK_RULES (section) around BLOCK_RULE (repeated): BLOCK_PATTERN BLOCK_TEXT ROW_DATETIME ROW_DATE REMOVE_URL. }}
[[>parts/admin_open]]
<p class="meta"><a href="{{QUEUE_URL}}">[[admin.queue.waiting]]</a></p>
<form class="fields measure" method="post" action="{{BLOCKS_URL}}" accept-charset="utf-8">
<p class="help">[[admin.blocks.about]]</p>
<div class="pair">
<div class="field">
<label for="kind">[[admin.blocks.kind]]</label>
<select id="kind" name="kind">
{{#BLOCK_CHOICE}}
<option value="{{BLOCK_KIND}}"{{#BLOCK_CHOSEN}} selected{{/BLOCK_CHOSEN}}>{{BLOCK_TEXT}}</option>
{{/BLOCK_CHOICE}}
</select>
</div>
<div class="field">
<label for="pattern">[[admin.blocks.pattern]]</label>
<input id="pattern" name="pattern" type="text" autocapitalize="none" spellcheck="false" value="{{PATTERN_VALUE}}" required{{#BLOCK_WRONG}} aria-invalid="true" aria-describedby="pattern-error"{{/BLOCK_WRONG}}>
{{#BLOCK_WRONG}}
<p class="error" id="pattern-error">{{BLOCK_ERROR}}</p>
{{/BLOCK_WRONG}}
</div>
</div>
<p class="buttons"><button class="primary">[[admin.blocks.add]]</button></p>
</form>
{{#NO_ENTRIES}}
<p class="empty">[[admin.blocks.empty]]</p>
{{/NO_ENTRIES}}
{{#BLOCK_RULES}}
<ul class="rows away">
{{#BLOCK_RULE}}
<li class="split">
<div>
<h2>{{BLOCK_PATTERN}}</h2>
<p class="meta"><span>{{BLOCK_TEXT}}</span> <time datetime="{{ROW_DATETIME}}">{{ROW_DATE}}</time></p>
</div>
<form method="post" action="{{REMOVE_URL}}"><button class="quiet">[[admin.blocks.remove]]<span class="visually-hidden">: {{BLOCK_PATTERN}}</span></button></form>
</li>
{{/BLOCK_RULE}}
</ul>
{{/BLOCK_RULES}}
[[>parts/admin_close]]
