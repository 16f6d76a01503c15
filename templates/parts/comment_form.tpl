{{%AUTOESCAPE context="HTML"}}
{{! Post a New Comment. COMMENT_FORM_URL where it goes, SIGN_URL where the script fetches the signature; MODERATED, MODERATED_FIRST (sections) tell it beforehand;
RESPOND_LINE (section): RESPOND_URL, the form for a response on the reader's own website.
FORM_ERRORS (section) around FORM_ERROR (repeated): ERROR_FIELD (id of the field), ERROR_TEXT.
AUTHOR_VALUE EMAIL_VALUE ADDRESS_VALUE POST_VALUE what was typed; AUTHOR_WRONG EMAIL_WRONG ADDRESS_WRONG POST_WRONG (sections): AUTHOR_ERROR EMAIL_ERROR ADDRESS_ERROR POST_ERROR.
NOTIFY_BOX (section), NOTIFY_TICKED (section); FORM_BUTTONS (section, absent where nothing can be posted any more); ALLOWED_HTML_LIST (section) in the limited mode, ALLOWED_MARKDOWN, ALLOWED_PLAIN.
The script puts in what works with it only: whom one answers, and the button that forgets what the browser remembered; data-stop and data-forget are their words.
FORM_SIGNATURE, FORM_PARENT (id of the comment that is answered, or empty). }}
<section class="post" id="post" aria-labelledby="post-title">
<h2 id="post-title">[[form.title]]</h2>
{{#FORM_BUTTONS}}
<p class="hint">[[form.intro]]{{#MODERATED}} [[comments.moderated]]{{/MODERATED}}{{#MODERATED_FIRST}} [[comments.moderated.first]]{{/MODERATED_FIRST}}</p>
{{/FORM_BUTTONS}}
{{#RESPOND_LINE}}
<p class="hint"><a href="{{RESPOND_URL}}" data-swap>[[form.respond]]</a></p>
{{/RESPOND_LINE}}
{{#FORM_ERRORS}}
<div class="errors" id="errors" role="alert" tabindex="-1" autofocus>
<p>[[form.errors]]</p>
<ul>
{{#FORM_ERROR}}
<li><a href="#{{ERROR_FIELD}}">{{ERROR_TEXT}}</a></li>
{{/FORM_ERROR}}
</ul>
</div>
{{/FORM_ERRORS}}
<form method="post" action="{{COMMENT_FORM_URL}}" accept-charset="utf-8" novalidate data-sign="{{SIGN_URL}}" data-forget="[[form.forget]]" data-stop="[[form.reply.stop]]">
<input type="hidden" name="signature" value="{{FORM_SIGNATURE}}">
<input type="hidden" name="parent" value="{{FORM_PARENT}}">
<div class="field">
<label for="c-author">[[form.author]]</label>
<p class="help" id="c-author-help">[[form.author.help]]</p>
<input id="c-author" name="author" type="text" autocomplete="name" required value="{{AUTHOR_VALUE}}"{{#AUTHOR_WRONG}} aria-invalid="true"{{/AUTHOR_WRONG}} aria-describedby="{{#AUTHOR_WRONG}}c-author-error {{/AUTHOR_WRONG}}c-author-help">
{{#AUTHOR_WRONG}}
<p class="error" id="c-author-error">{{AUTHOR_ERROR}}</p>
{{/AUTHOR_WRONG}}
</div>
<div class="field">
<label for="c-email">[[form.email]]</label>
<p class="help" id="c-email-help">[[comment.email.help]]</p>
<input id="c-email" name="email" type="email" autocomplete="email" value="{{EMAIL_VALUE}}"{{#EMAIL_WRONG}} aria-invalid="true"{{/EMAIL_WRONG}} aria-describedby="{{#EMAIL_WRONG}}c-email-error {{/EMAIL_WRONG}}c-email-help">
{{#EMAIL_WRONG}}
<p class="error" id="c-email-error">{{EMAIL_ERROR}}</p>
{{/EMAIL_WRONG}}
</div>
<div class="field">
<label for="c-url">[[form.url]]</label>
<input id="c-url" name="url" type="text" inputmode="url" autocomplete="url" autocapitalize="none" spellcheck="false" value="{{ADDRESS_VALUE}}"{{#ADDRESS_WRONG}} aria-invalid="true" aria-describedby="c-url-error"{{/ADDRESS_WRONG}}>
{{#ADDRESS_WRONG}}
<p class="error" id="c-url-error">{{ADDRESS_ERROR}}</p>
{{/ADDRESS_WRONG}}
</div>
<div class="field wide">
<label for="c-post">[[form.post]]</label>
<p class="help" id="c-post-help">[[form.post.help]]</p>
<textarea id="c-post" name="post" rows="9" required{{#POST_WRONG}} aria-invalid="true"{{/POST_WRONG}} aria-describedby="{{#POST_WRONG}}c-post-error {{/POST_WRONG}}c-post-help">
{{POST_VALUE:p}}</textarea>
{{#POST_WRONG}}
<p class="error" id="c-post-error">{{POST_ERROR}}</p>
{{/POST_WRONG}}
{{#ALLOWED_HTML_LIST}}
<p class="help">[[form.allowed]] <code>&lt;a href="" title=""&gt;</code> <code>&lt;abbr title=""&gt;</code> <code>&lt;acronym title=""&gt;</code> <code>&lt;b&gt;</code> <code>&lt;blockquote cite=""&gt;</code> <code>&lt;code&gt;</code> <code>&lt;em&gt;</code> <code>&lt;i&gt;</code> <code>&lt;strike&gt;</code> <code>&lt;strong&gt;</code></p>
{{/ALLOWED_HTML_LIST}}
{{#ALLOWED_MARKDOWN}}
<p class="help">[[form.allowed.markdown]]</p>
{{/ALLOWED_MARKDOWN}}
{{#ALLOWED_PLAIN}}
<p class="help">[[form.allowed.plain]]</p>
{{/ALLOWED_PLAIN}}
</div>
<div class="extra" aria-hidden="true">
<label for="c-fax">[[form.trap]]</label>
<input id="c-fax" name="fax" type="text" tabindex="-1" autocomplete="off">
</div>
{{#NOTIFY_BOX}}
<div class="check"><input type="checkbox" id="c-notify" name="notify" value="1"{{#NOTIFY_TICKED}} checked{{/NOTIFY_TICKED}} aria-describedby="c-notify-help"> <label for="c-notify">[[form.notify]]</label>
<p class="help" id="c-notify-help">[[form.notify.help]]</p></div>
{{/NOTIFY_BOX}}
{{#FORM_BUTTONS}}
<p class="buttons"><button class="primary" name="action" value="create">[[form.create]]</button> <button name="action" value="preview">[[form.preview]]</button></p>
{{/FORM_BUTTONS}}
</form>
<script src="[[static:comment.js]]" defer></script>
</section>
