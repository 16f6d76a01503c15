{{%AUTOESCAPE context="HTML"}}
{{! Deciding about what waits, by the link of a mail. FORM_NOTICE (section): NOTICE_TEXT; DECIDE_LINE (repeated): LINE_TEXT; DECIDE_QUOTE (section): QUOTE_TEXT, its source; DECIDE_FORM (section): DECIDE_URL, DECIDE_PRESS (repeated): PRESS_VALUE PRESS_LABEL. ALL_URL leads to all that waits. }}
[[>parts/open]]
<div class="message own">
<h1>[[decide.title]]</h1>
{{#FORM_NOTICE}}
<p class="notice" role="status">{{NOTICE_TEXT}}</p>
{{/FORM_NOTICE}}
{{#DECIDE_LINE}}
<p>{{LINE_TEXT}}</p>
{{/DECIDE_LINE}}
{{#DECIDE_QUOTE}}
<blockquote><pre>
{{QUOTE_TEXT:p}}</pre></blockquote>
{{/DECIDE_QUOTE}}
{{#DECIDE_FORM}}
<form method="post" action="{{DECIDE_URL}}">
<p class="buttons">{{#DECIDE_PRESS}}<button name="action" value="{{PRESS_VALUE}}">{{PRESS_LABEL}}</button> {{/DECIDE_PRESS}}</p>
</form>
{{/DECIDE_FORM}}
<p><a href="{{ALL_URL}}">[[decide.all]]</a></p>
</div>
[[>parts/close]]
