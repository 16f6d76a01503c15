{{%AUTOESCAPE context="HTML"}}
{{! A page of forms: BACK (section): BACK_URL BACK_LABEL, PAGE_TEXT (repeated): TEXT_LINE, parts/forms.tpl, then LISTED (section): LISTED_TITLE around LISTED_ROW (repeated): LISTED_NAME, LISTED_LINK (section): LISTED_URL, LISTED_FACT (repeated): FACT_TEXT,
LISTED_ACT (section): LISTED_ACT_URL LISTED_KEY LISTED_ACT_LABEL; LISTED_END (section): END_URL END_LABEL. }}
[[>parts/admin_open]]
{{#BACK}}
<p class="meta"><a href="{{BACK_URL}}">{{BACK_LABEL}}</a></p>
{{/BACK}}
{{#PAGE_TEXT}}
<p class="measure">{{TEXT_LINE}}</p>
{{/PAGE_TEXT}}
{{#LISTED}}
{{#LISTED_NAMED}}
<h2>{{LISTED_TITLE}}</h2>
{{/LISTED_NAMED}}
<ul class="rows">
{{#LISTED_ROW}}
<li class="split">
<div>
<p class="heading">{{#LISTED_LINK}}<a href="{{LISTED_URL}}">{{LISTED_NAME}}</a>{{/LISTED_LINK}}{{#LISTED_PLAIN}}{{LISTED_NAME}}{{/LISTED_PLAIN}}</p>
<p class="meta">{{#LISTED_FACT}}<span>{{FACT_TEXT}}</span> {{/LISTED_FACT}}</p>
</div>
{{#LISTED_ACT}}
<form method="post" action="{{LISTED_ACT_URL}}"><input type="hidden" name="token" value="{{ACT_TOKEN}}"><input type="hidden" name="which" value="{{LISTED_KEY}}"><button class="quiet">{{LISTED_ACT_LABEL}}<span class="visually-hidden">: {{LISTED_NAME}}</span></button></form>
{{/LISTED_ACT}}
</li>
{{/LISTED_ROW}}
</ul>
{{#LISTED_END}}
<form method="post" action="{{END_URL}}"><input type="hidden" name="token" value="{{ACT_TOKEN}}"><input type="hidden" name="which" value="others"><p class="buttons"><button class="quiet">{{END_LABEL}}</button></p></form>
{{/LISTED_END}}
{{/LISTED}}
[[>parts/forms]]
[[>parts/admin_close]]
