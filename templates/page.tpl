{{%AUTOESCAPE context="HTML"}}
{{! A page outside the journal's dates: ENTRY_LANG ENTRY_RTL ENTRY_LTR, ENTRY_URL, what parts/headline needs, OPEN_ENTRY: parts/text; LOCKED as in entry.tpl; UPDATED_LINE as in parts/lines; parts/discussion. }}
[[>parts/open]]
<article class="entry page h-entry">
<h1 class="p-name"[[>parts/lang]]><a class="u-url u-uid" rel="bookmark" href="{{ENTRY_URL}}">[[>parts/headline]]</a></h1>
{{#OPEN_ENTRY}}
[[>parts/text]]
{{/OPEN_ENTRY}}
{{#LOCKED}}
<form class="unlock" method="post" action="{{UNLOCK_URL}}">
<p>[[entry.locked]]</p>
<div class="field">
<label for="unlock">[[entry.password]]</label>
<input id="unlock" name="password" type="password" autocomplete="off" required{{#UNLOCK_WRONG}} aria-invalid="true" aria-describedby="unlock-error" autofocus{{/UNLOCK_WRONG}}>
{{#UNLOCK_WRONG}}
<p class="error" id="unlock-error">[[entry.password.wrong]]</p>
{{/UNLOCK_WRONG}}
</div>
<p class="buttons"><button class="primary">[[entry.unlock]]</button></p>
</form>
{{/LOCKED}}
{{#UPDATED_LINE}}
<footer class="lines">
<p class="updated">[[entry.updated|date=<time class="dt-updated" datetime="{{UPDATED_DATETIME}}">{{UPDATED_TEXT}}</time>]]</p>
</footer>
{{/UPDATED_LINE}}
</article>
[[>parts/discussion]]
[[>parts/close]]
