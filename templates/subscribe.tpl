{{%AUTOESCAPE context="HTML"}}
{{! How to follow the journal: NOT_KEPT (section) after somebody sent an address while the journal sends no mail; FORM_ALERT (section): ALERT_TEXT; FORM_NOTICE (section): NOTICE_TEXT;
SUBSCRIBE_FORM (section): SUBSCRIBE_URL ACT_TOKEN EMAIL_VALUE, EMAIL_WRONG (section): EMAIL_ERROR, and parts/subscribe_choices; PAST (section) around PAST_ISSUE (repeated) of the newsletter: PAST_TITLE PAST_URL; FOLLOW_FEED (repeated): FOLLOW_TITLE FOLLOW_URL FOLLOW_ADDRESS. }}
[[>parts/open]]
<div class="message">
<h1>[[subscribe.title]]</h1>
{{#FORM_ALERT}}
<div class="errors" role="alert" tabindex="-1" autofocus>
<p>{{ALERT_TEXT}}</p>
</div>
{{/FORM_ALERT}}
{{#FORM_NOTICE}}
<p class="notice" role="status">{{NOTICE_TEXT}}</p>
{{/FORM_NOTICE}}
{{#NOT_KEPT}}
<p class="notice" role="status">[[subscribe.off]]</p>
{{/NOT_KEPT}}
{{#SUBSCRIBE_FORM}}
<form method="post" action="{{SUBSCRIBE_URL}}" accept-charset="utf-8" novalidate>
<input type="hidden" name="full" value="1">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<div class="field">
<label for="s-email">[[subscribe.email]]</label>
<p class="help" id="s-email-help">[[subscribe.email.help]]</p>
<input id="s-email" name="email" type="email" autocomplete="email" required value="{{EMAIL_VALUE}}"{{#EMAIL_WRONG}} aria-invalid="true"{{/EMAIL_WRONG}} aria-describedby="{{#EMAIL_WRONG}}s-email-error {{/EMAIL_WRONG}}s-email-help">
{{#EMAIL_WRONG}}
<p class="error" id="s-email-error">{{EMAIL_ERROR}}</p>
{{/EMAIL_WRONG}}
</div>
[[>parts/subscribe_choices]]
<p class="buttons"><button class="primary">[[subscribe.button]]</button></p>
</form>
<h2>[[subscribe.reader]]</h2>
{{/SUBSCRIBE_FORM}}
<p>[[subscribe.feeds]]</p>
<ul>
{{#FOLLOW_FEED}}
<li><a href="{{FOLLOW_URL}}">{{FOLLOW_TITLE}}</a><br><code>{{FOLLOW_ADDRESS}}</code></li>
{{/FOLLOW_FEED}}
</ul>
{{#PAST}}
<h2>[[subscribe.past]]</h2>
<ul>
{{#PAST_ISSUE}}
<li><a href="{{PAST_URL}}">{{PAST_TITLE}}</a></li>
{{/PAST_ISSUE}}
</ul>
{{/PAST}}
</div>
[[>parts/close]]
