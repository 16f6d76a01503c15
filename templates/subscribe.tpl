{{%AUTOESCAPE context="HTML"}}
{{! How to follow the journal: NOT_KEPT (section) after somebody sent an address while the journal sends no mail; FOLLOW_FEED (repeated): FOLLOW_TITLE FOLLOW_URL FOLLOW_ADDRESS. }}
[[>parts/open]]
<div class="message">
<h1>[[subscribe.title]]</h1>
{{#NOT_KEPT}}
<p class="notice" role="status">[[subscribe.off]]</p>
{{/NOT_KEPT}}
<p>[[subscribe.feeds]]</p>
<ul>
{{#FOLLOW_FEED}}
<li><a href="{{FOLLOW_URL}}">{{FOLLOW_TITLE}}</a><br><code>{{FOLLOW_ADDRESS}}</code></li>
{{/FOLLOW_FEED}}
</ul>
</div>
[[>parts/close]]
