{{%AUTOESCAPE context="HTML"}}
{{! One thing that waits, without its heading: WAIT_KIND WAIT_ENTRY WAIT_ENTRY_URL, ROW_DATETIME ROW_DATE, WAIT_MAILED (section): WAIT_EMAIL, WAIT_SITED (section): WAIT_SITE WAIT_SITE_URL, WAIT_NETWORKED (section): WAIT_NETWORK,
WAIT_TITLED (section): WAIT_TITLE; WAIT_WHOLE (section): WAIT_HTML, or WAIT_PART (section): WAIT_TEXT; WAIT_REASON (repeated): REASON_TEXT. }}
<p class="meta"><span>{{WAIT_KIND}} <a href="{{WAIT_ENTRY_URL}}" dir="auto">{{WAIT_ENTRY}}</a></span> <time datetime="{{ROW_DATETIME}}">{{ROW_DATE}}</time>{{#WAIT_MAILED}} <span>{{WAIT_EMAIL}}</span>{{/WAIT_MAILED}}{{#WAIT_SITED}} <a href="{{WAIT_SITE_URL}}" rel="nofollow ugc noopener noreferrer">{{WAIT_SITE}}</a>{{/WAIT_SITED}}{{#WAIT_NETWORKED}} <span>{{WAIT_NETWORK}}</span>{{/WAIT_NETWORKED}}</p>
{{#WAIT_TITLED}}
<p class="said" dir="auto"><b>{{WAIT_TITLE}}</b></p>
{{/WAIT_TITLED}}
{{#WAIT_WHOLE}}
<div class="said" dir="auto">
{{WAIT_HTML}}
</div>
{{/WAIT_WHOLE}}
{{#WAIT_PART}}
<p class="said" dir="auto">{{WAIT_TEXT}}</p>
{{/WAIT_PART}}
<ul class="reasons">
{{#WAIT_REASON}}
<li>{{REASON_TEXT}}</li>
{{/WAIT_REASON}}
</ul>
