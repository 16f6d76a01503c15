{{%AUTOESCAPE context="HTML"}}
{{! Somebody's own subscription, by the link of a mail. OWN_TITLE; FORM_ALERT (section): ALERT_TEXT; FORM_NOTICE (section): NOTICE_TEXT; OWN_LINE (repeated): LINE_TEXT;
OWN_FORM (section): OWN_URL OWN_BUTTON OWN_ACTION; PREFS_FORM (section): PREFS_URL and parts/subscribe_choices; OWN_LEAVE (section): OWN_URL; OWN_LINK (section): LINK_URL LINK_LABEL. }}
[[>parts/open]]
<div class="message own">
<h1>{{OWN_TITLE}}</h1>
{{#FORM_ALERT}}
<div class="errors" role="alert" tabindex="-1" autofocus>
<p>{{ALERT_TEXT}}</p>
</div>
{{/FORM_ALERT}}
{{#FORM_NOTICE}}
<p class="notice" role="status">{{NOTICE_TEXT}}</p>
{{/FORM_NOTICE}}
{{#OWN_LINE}}
<p>{{LINE_TEXT}}</p>
{{/OWN_LINE}}
{{#OWN_FORM}}
<form method="post" action="{{OWN_URL}}">
<p class="buttons"><button class="primary" name="action" value="{{OWN_ACTION}}">{{OWN_BUTTON}}</button></p>
</form>
{{/OWN_FORM}}
{{#PREFS_FORM}}
<form method="post" action="{{PREFS_URL}}" accept-charset="utf-8">
[[>parts/subscribe_choices]]
<p class="buttons"><button class="primary" name="action" value="save">[[subscribe.save]]</button></p>
</form>
{{/PREFS_FORM}}
{{#OWN_LEAVE}}
<section aria-labelledby="s-leave">
<h2 id="s-leave">[[unsubscribe.title]]</h2>
<form method="post" action="{{OWN_URL}}">
<p class="buttons"><button name="action" value="leave">[[unsubscribe.button]]</button></p>
<p class="buttons"><button name="action" value="never" aria-describedby="s-never">[[unsubscribe.never]]</button> <span class="help" id="s-never">[[unsubscribe.never.help]]</span></p>
<p class="buttons"><button name="action" value="erase" aria-describedby="s-erase">[[own.erase]]</button> <span class="help" id="s-erase">[[unsubscribe.erase.help]]</span></p>
</form>
</section>
{{/OWN_LEAVE}}
{{#OWN_LINK}}
<p><a href="{{LINK_URL}}">{{LINK_LABEL}}</a></p>
{{/OWN_LINK}}
</div>
[[>parts/close]]
