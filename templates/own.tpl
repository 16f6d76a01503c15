{{%AUTOESCAPE context="HTML"}}
{{! The pages of a reader who confirmed an address. OWN_TITLE; FORM_ALERT (section): ALERT_TEXT; FORM_NOTICE (section): NOTICE_TEXT; ACT_TOKEN stands in each form.
CONFIRM_FORM (section): CONFIRM_TEXT, CONFIRM_FOLLOW (section), CONFIRM_URL.
EDIT_FORM (section): EDIT_URL, EDIT_LIMIT (section): EDIT_UNTIL, EDIT_BUTTONS (section), POST_VALUE, POST_WRONG (section): POST_ERROR; with the comment as it is in OWN_COMMENT (section, values of parts/comment.tpl).
MINE (section): OWN_WHO; MINE_NONE (section); MINE_LIST (section) around MINE_ITEM (repeated): MINE_STATUS, the values of parts/comment.tpl, MINE_ENTRY MINE_ENTRY_URL, EDIT_LINK (section): EDIT_URL EDIT_UNTIL;
FOLLOWS (section) around FOLLOW (repeated): FOLLOW_TITLE FOLLOW_URL LEAVE_URL; EXPORT_URL ERASE_URL FORGET_URL. ERASE_FORM (section): ERASE_TEXT ERASE_URL MINE_URL. }}
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
{{#CONFIRM_FORM}}
<form method="post" action="{{CONFIRM_URL}}">
<p>{{CONFIRM_TEXT}}{{#CONFIRM_FOLLOW}} [[confirm.text.notify]]{{/CONFIRM_FOLLOW}}</p>
<p class="buttons"><button class="primary">[[confirm.button]]</button></p>
</form>
{{/CONFIRM_FORM}}
{{#OWN_COMMENT}}
<section class="comments" aria-labelledby="own-comment">
<h2 id="own-comment">[[receipt.comment]]</h2>
[[>parts/comment]]
</section>
{{/OWN_COMMENT}}
{{#EDIT_FORM}}
<form method="post" action="{{EDIT_URL}}" accept-charset="utf-8" novalidate>
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
{{#EDIT_LIMIT}}
<p class="hint">{{EDIT_UNTIL}}</p>
{{/EDIT_LIMIT}}
<div class="field">
<label for="e-post">[[form.post]]</label>
<p class="help" id="e-post-help">[[form.post.help]]</p>
<textarea id="e-post" name="post" rows="9" required{{#POST_WRONG}} aria-invalid="true"{{/POST_WRONG}} aria-describedby="{{#POST_WRONG}}e-post-error {{/POST_WRONG}}e-post-help">
{{POST_VALUE:p}}</textarea>
{{#POST_WRONG}}
<p class="error" id="e-post-error">{{POST_ERROR}}</p>
{{/POST_WRONG}}
</div>
{{#EDIT_BUTTONS}}
<p class="buttons"><button class="primary" name="action" value="save">[[own.edit.save]]</button> <button name="action" value="withdraw" aria-describedby="e-withdraw-help">[[own.withdraw]]</button></p>
<p class="help" id="e-withdraw-help">[[own.withdraw.help]]</p>
{{/EDIT_BUTTONS}}
</form>
{{/EDIT_FORM}}
{{#MINE}}
<p>{{OWN_WHO}}</p>
{{#MINE_NONE}}
<p>[[own.none]]</p>
{{/MINE_NONE}}
{{#MINE_LIST}}
<section class="comments" aria-labelledby="own-list">
<h2 class="visually-hidden" id="own-list">[[receipt.comment]]</h2>
<ol>
{{#MINE_ITEM}}
<li>
<p class="hint">{{MINE_STATUS}} | <a href="{{MINE_ENTRY_URL}}">{{MINE_ENTRY}}</a></p>
[[>parts/comment]]
{{#EDIT_LINK}}
<p class="hint"><a href="{{EDIT_URL}}">[[own.edit]]</a> {{EDIT_UNTIL}}</p>
{{/EDIT_LINK}}
</li>
{{/MINE_ITEM}}
</ol>
</section>
{{/MINE_LIST}}
{{#FOLLOWS}}
<section aria-labelledby="own-follows">
<h2 id="own-follows">[[own.follows]]</h2>
<p class="hint">[[own.follows.help]]</p>
<ul>
{{#FOLLOW}}
<li><a href="{{FOLLOW_URL}}">{{FOLLOW_TITLE}}</a>
<form method="post" action="{{LEAVE_URL}}"><input type="hidden" name="token" value="{{ACT_TOKEN}}"><button>[[own.leave|title={{FOLLOW_TITLE}}]]</button></form></li>
{{/FOLLOW}}
</ul>
</section>
{{/FOLLOWS}}
<section aria-labelledby="own-data">
<h2 id="own-data">[[own.data]]</h2>
<ul class="row">
<li><a href="{{EXPORT_URL}}" download="comments.json">[[own.export]]</a></li>
<li><a href="{{ERASE_URL}}">[[own.erase]]</a></li>
</ul>
<form method="post" action="{{FORGET_URL}}"><input type="hidden" name="token" value="{{ACT_TOKEN}}"><p class="buttons"><button>[[own.forget]]</button></p></form>
</section>
{{/MINE}}
{{#ERASE_FORM}}
<form method="post" action="{{ERASE_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<p>{{ERASE_TEXT}}</p>
<p class="buttons"><a class="button" href="{{MINE_URL}}">[[own.all]]</a> <a class="button" href="{{EXPORT_URL}}" download="comments.json">[[own.export]]</a> <button>[[own.erase]]</button></p>
</form>
{{/ERASE_FORM}}
</div>
[[>parts/close]]
