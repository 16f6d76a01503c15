{{%AUTOESCAPE context="HTML"}}
{{! An entry or page as it is written. SAVE_URL PREVIEW_URL; DRAFT_KIND DRAFT_GUID DRAFT_EDITION; each field: DRAFT_…, and …_WRONG (section): …_ERROR.
ERROR_LIST (section) around ERROR_ITEM (repeated): ERROR_FIELD_ID ERROR_TEXT. FORMAT_OPTION, COMMENTS_OPTION, PINGS_OPTION, PARENT_OPTION (repeated): OPTION_VALUE OPTION_NAME, OPTION_CHOSEN (section).
CATEGORY_CHOICES (section) around CATEGORY_CHOICE (repeated): CHOICE_ID CHOICE_NAME CHOICE_DEPTH, CHOICE_CHOSEN (section). FOR_ENTRY, FOR_PAGE (sections) hold what only one of them has. DATE_HELP; SLUG_HELP.
UPDATE_FIELD (repeated): UPDATE_NUMBER UPDATE_LABEL UPDATE_TEXT; UPDATE_NEW (section). SAVE_LABEL; PUBLISH_BUTTON (section): PUBLISH_LABEL; UNPUBLISH_BUTTON (section). STATE_LINE; STATE_VIEW (section): VIEW_URL.
ISSUE_OF (section) of a newsletter's issue: ISSUE_URL; SAVE_FIRST, PUBLISH_FIRST (sections) which button is the main one. MAILS_OF (section) while mails of the entry wait: MAILS_TEXT MAILS_URL. UNSAVED (repeated): UNSAVED_TEXT UNSAVED_URL UNSAVED_LABEL. For the script: NOW_SECONDS, TYPED_SECONDS when the text in the form was typed, AUTOSAVE_URL LIVE_URL SIGN_IN_URL, and its words in data attributes. AROUND (section): REVISIONS_URL LINK_URL, PREVIEW_LINK (repeated): PREVIEW_ADDRESS PREVIEW_LINK_URL PREVIEW_UNTIL PREVIEW_END_URL.
CONFLICT (section): OTHER_LABEL OTHER_TITLE OTHER_TEXT. TRASH_FORM (section): TRASH_URL; GONE_FORM (section): RESTORE_URL ERASE_URL. }}
[[>parts/admin_open]]
{{#ERROR_LIST}}
<div class="alert" role="alert" tabindex="-1" autofocus>
<p>[[admin.errors]]</p>
<ul>
{{#ERROR_ITEM}}
<li><a href="#{{ERROR_FIELD_ID}}">{{ERROR_TEXT}}</a></li>
{{/ERROR_ITEM}}
</ul>
</div>
{{/ERROR_LIST}}
{{#CONFLICT}}
<section class="other" aria-labelledby="other-heading">
<h2 id="other-heading">{{OTHER_LABEL}}</h2>
<p class="field"><label for="other-title">[[admin.field.title]]</label>
<input id="other-title" type="text" readonly value="{{OTHER_TITLE}}"></p>
<p class="field"><label for="other-text">[[admin.field.body]]</label>
<textarea id="other-text" rows="10" readonly>
{{OTHER_TEXT:p}}</textarea></p>
<p class="help">[[admin.conflict.help]]</p>
</section>
{{/CONFLICT}}
{{#ISSUE_OF}}
<p class="notice">[[admin.issue.of]] <a href="{{ISSUE_URL}}">[[admin.issue.link]]</a>.</p>
{{/ISSUE_OF}}
{{#MAILS_OF}}
<p class="notice">{{MAILS_TEXT}} <a href="{{MAILS_URL}}">[[admin.mailings.entry.link]]</a></p>
{{/MAILS_OF}}
{{#UNSAVED}}
<p class="notice">{{UNSAVED_TEXT}} <a href="{{UNSAVED_URL}}">{{UNSAVED_LABEL}}</a></p>
{{/UNSAVED}}
<form id="write" class="write" method="post" action="{{SAVE_URL}}" accept-charset="utf-8" novalidate autocomplete="off" data-now="{{NOW_SECONDS}}" data-typed="{{TYPED_SECONDS}}" data-autosave="{{AUTOSAVE_URL}}" data-live="{{LIVE_URL}}" data-sign-in="{{SIGN_IN_URL}}" data-here="[[admin.js.here|time={time}]]" data-out="[[admin.js.out]]" data-full="[[admin.js.full]]" data-back="[[admin.js.back|time={time}]]" data-open="[[admin.js.open]]" data-words="[[admin.js.words|n={n}]]" data-tools="[[admin.js.tools]]" data-show="[[admin.js.show]]">
<input type="hidden" name="tab" value="">
<input type="hidden" name="kind" value="{{DRAFT_KIND}}">
<input type="hidden" name="guid" value="{{DRAFT_GUID}}">
<input type="hidden" name="edition" value="{{DRAFT_EDITION}}">
<div class="sheet fields">
<div class="field">
<label for="title">[[admin.field.title]]</label>
<input id="title" class="headline" name="title" type="text" value="{{DRAFT_TITLE}}" aria-describedby="{{#TITLE_WRONG}}title-error {{/TITLE_WRONG}}title-help"{{#TITLE_WRONG}} aria-invalid="true"{{/TITLE_WRONG}}>
<p class="help" id="title-help">[[admin.field.title.help]]</p>
{{#TITLE_WRONG}}
<p class="error" id="title-error">{{TITLE_ERROR}}</p>
{{/TITLE_WRONG}}
</div>
<div class="field">
<label for="body">[[admin.field.body]]</label>
<textarea id="body" name="body" rows="22" aria-describedby="{{#BODY_WRONG}}body-error {{/BODY_WRONG}}body-help"{{#BODY_WRONG}} aria-invalid="true"{{/BODY_WRONG}}>
{{DRAFT_BODY:p}}</textarea>
<p class="help" id="body-help">[[admin.field.body.help|mark=<code>&lt;!--more--&gt;</code>]]</p>
{{#BODY_WRONG}}
<p class="error" id="body-error">{{BODY_ERROR}}</p>
{{/BODY_WRONG}}
</div>
{{#UPDATE_FIELD}}
<div class="field">
<label for="update-{{UPDATE_NUMBER}}">{{UPDATE_LABEL}}</label>
<textarea id="update-{{UPDATE_NUMBER}}" class="small" name="updates" rows="3">
{{UPDATE_TEXT:p}}</textarea>
</div>
{{/UPDATE_FIELD}}
{{#UPDATE_NEW}}
<div class="field">
<label for="update">[[admin.field.update]]</label>
<textarea id="update" class="small" name="update" rows="3" aria-describedby="update-help">
{{DRAFT_UPDATE:p}}</textarea>
<p class="help" id="update-help">[[admin.field.update.help]]</p>
</div>
{{/UPDATE_NEW}}
<p class="buttons"><button{{#SAVE_FIRST}} class="primary"{{/SAVE_FIRST}} name="action" value="save">{{SAVE_LABEL}}</button>{{#PUBLISH_BUTTON}} <button{{#PUBLISH_FIRST}} class="primary"{{/PUBLISH_FIRST}} name="action" value="publish">{{PUBLISH_LABEL}}</button>{{/PUBLISH_BUTTON}} <button name="action" value="preview" formaction="{{PREVIEW_URL}}" formtarget="_blank">[[admin.preview]]</button>{{#UNPUBLISH_BUTTON}} <button name="action" value="draft">[[admin.unpublish]]</button>{{/UNPUBLISH_BUTTON}}</p>
<p class="meta"><span id="state">{{STATE_LINE}}</span>{{#STATE_VIEW}} <a href="{{VIEW_URL}}">[[admin.view.entry]]</a>{{/STATE_VIEW}}</p>
</div>
<div class="options fields">
<fieldset class="fields">
<legend>[[admin.options.when]]</legend>
<div class="field">
<label for="publish_at">[[admin.field.date]]</label>
<input id="publish_at" name="publish_at" type="datetime-local" value="{{DRAFT_DATE}}" aria-describedby="{{#DATE_WRONG}}publish_at-error {{/DATE_WRONG}}publish_at-help"{{#DATE_WRONG}} aria-invalid="true"{{/DATE_WRONG}}>
<p class="help" id="publish_at-help">{{DATE_HELP}}</p>
{{#DATE_WRONG}}
<p class="error" id="publish_at-error">{{DATE_ERROR}}</p>
{{/DATE_WRONG}}
</div>
<div class="field">
<label for="expires_at">[[admin.field.expires]]</label>
<input id="expires_at" name="expires_at" type="datetime-local" value="{{DRAFT_EXPIRES}}"{{#EXPIRES_WRONG}} aria-invalid="true" aria-describedby="expires_at-error"{{/EXPIRES_WRONG}}>
{{#EXPIRES_WRONG}}
<p class="error" id="expires_at-error">{{EXPIRES_ERROR}}</p>
{{/EXPIRES_WRONG}}
</div>
</fieldset>
<fieldset class="fields">
<legend>[[admin.options.who]]</legend>
<p class="check"><input id="private" name="private" type="checkbox"{{#DRAFT_PRIVATE}} checked{{/DRAFT_PRIVATE}}> <label for="private">[[admin.field.private]]</label></p>
{{#FOR_ENTRY}}
<p class="check"><input id="pinned" name="pinned" type="checkbox"{{#DRAFT_PINNED}} checked{{/DRAFT_PINNED}}> <label for="pinned">[[admin.field.pinned]]</label></p>
{{/FOR_ENTRY}}
<div class="field">
<label for="password">[[admin.field.password]]</label>
<input id="password" name="password" type="text" value="{{DRAFT_PASSWORD}}" autocapitalize="none" spellcheck="false"{{#PASSWORD_WRONG}} aria-invalid="true" aria-describedby="password-error"{{/PASSWORD_WRONG}}>
{{#PASSWORD_WRONG}}
<p class="error" id="password-error">{{PASSWORD_ERROR}}</p>
{{/PASSWORD_WRONG}}
</div>
</fieldset>
<fieldset class="fields">
<legend>[[admin.options.where]]</legend>
{{#FOR_ENTRY}}
{{#CATEGORY_CHOICES}}
<fieldset class="choices">
<legend>[[admin.field.categories]]</legend>
{{#CATEGORY_CHOICE}}
<p class="check depth-{{CHOICE_DEPTH}}"><input id="category-{{CHOICE_ID}}" name="categories" type="checkbox" value="{{CHOICE_ID}}"{{#CHOICE_CHOSEN}} checked{{/CHOICE_CHOSEN}}> <label for="category-{{CHOICE_ID}}">{{CHOICE_NAME}}</label></p>
{{/CATEGORY_CHOICE}}
</fieldset>
{{/CATEGORY_CHOICES}}
<div class="field">
<label for="category">[[admin.field.category]]</label>
<input id="category" name="category" type="text" value="{{DRAFT_CATEGORY}}"{{#CATEGORY_WRONG}} aria-invalid="true" aria-describedby="category-error"{{/CATEGORY_WRONG}}>
{{#CATEGORY_WRONG}}
<p class="error" id="category-error">{{CATEGORY_ERROR}}</p>
{{/CATEGORY_WRONG}}
</div>
<div class="field">
<label for="tags">[[admin.field.tags]]</label>
<input id="tags" name="tags" type="text" value="{{DRAFT_TAGS}}" aria-describedby="{{#TAGS_WRONG}}tags-error {{/TAGS_WRONG}}tags-help"{{#TAGS_WRONG}} aria-invalid="true"{{/TAGS_WRONG}}>
<p class="help" id="tags-help">[[admin.field.tags.help]]</p>
{{#TAGS_WRONG}}
<p class="error" id="tags-error">{{TAGS_ERROR}}</p>
{{/TAGS_WRONG}}
</div>
{{/FOR_ENTRY}}
{{#FOR_PAGE}}
<div class="field">
<label for="parent">[[admin.field.parent]]</label>
<select id="parent" name="parent">
{{#PARENT_OPTION}}
<option value="{{OPTION_VALUE}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/PARENT_OPTION}}
</select>
</div>
<div class="field">
<label for="position">[[admin.field.position]]</label>
<input id="position" name="position" type="number" value="{{DRAFT_POSITION}}">
</div>
{{/FOR_PAGE}}
<div class="field">
<label for="slug">[[admin.field.slug]]</label>
<input id="slug" name="slug" type="text" value="{{DRAFT_SLUG}}" autocapitalize="none" spellcheck="false" aria-describedby="{{#SLUG_WRONG}}slug-error {{/SLUG_WRONG}}slug-help"{{#SLUG_WRONG}} aria-invalid="true"{{/SLUG_WRONG}}>
<p class="help" id="slug-help">{{SLUG_HELP}}</p>
{{#SLUG_WRONG}}
<p class="error" id="slug-error">{{SLUG_ERROR}}</p>
{{/SLUG_WRONG}}
</div>
</fieldset>
<fieldset class="fields">
<legend>[[admin.options.more]]</legend>
<p class="check"><input id="toc" name="toc" type="checkbox"{{#DRAFT_TOC}} checked{{/DRAFT_TOC}}> <label for="toc">[[admin.field.toc]]</label></p>
<div class="field">
<label for="excerpt">[[admin.field.excerpt]]</label>
<textarea id="excerpt" name="excerpt" rows="4" aria-describedby="{{#EXCERPT_WRONG}}excerpt-error {{/EXCERPT_WRONG}}excerpt-help"{{#EXCERPT_WRONG}} aria-invalid="true"{{/EXCERPT_WRONG}}>
{{DRAFT_EXCERPT:p}}</textarea>
<p class="help" id="excerpt-help">[[admin.field.excerpt.help]]</p>
{{#EXCERPT_WRONG}}
<p class="error" id="excerpt-error">{{EXCERPT_ERROR}}</p>
{{/EXCERPT_WRONG}}
</div>
<div class="field">
<label for="sources">[[admin.field.sources]]</label>
<textarea id="sources" name="sources" rows="3" aria-describedby="{{#SOURCES_WRONG}}sources-error {{/SOURCES_WRONG}}sources-help"{{#SOURCES_WRONG}} aria-invalid="true"{{/SOURCES_WRONG}}>
{{DRAFT_SOURCES:p}}</textarea>
<p class="help" id="sources-help">[[admin.field.sources.help]]</p>
{{#SOURCES_WRONG}}
<p class="error" id="sources-error">{{SOURCES_ERROR}}</p>
{{/SOURCES_WRONG}}
</div>
<div class="field">
<label for="format">[[admin.field.format]]</label>
<select id="format" name="format">
{{#FORMAT_OPTION}}
<option value="{{OPTION_VALUE}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/FORMAT_OPTION}}
</select>
</div>
<div class="field">
<label for="comments">[[admin.field.comments]]</label>
<select id="comments" name="comments">
{{#COMMENTS_OPTION}}
<option value="{{OPTION_VALUE}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/COMMENTS_OPTION}}
</select>
</div>
<div class="field">
<label for="pings">[[admin.field.pings]]</label>
<select id="pings" name="pings">
{{#PINGS_OPTION}}
<option value="{{OPTION_VALUE}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/PINGS_OPTION}}
</select>
</div>
<div class="field">
<label for="language">[[admin.field.language]]</label>
<input id="language" name="language" type="text" value="{{DRAFT_LANGUAGE}}" autocapitalize="none" spellcheck="false" aria-describedby="{{#LANGUAGE_WRONG}}language-error {{/LANGUAGE_WRONG}}language-help"{{#LANGUAGE_WRONG}} aria-invalid="true"{{/LANGUAGE_WRONG}}>
<p class="help" id="language-help">[[admin.field.language.help]]</p>
{{#LANGUAGE_WRONG}}
<p class="error" id="language-error">{{LANGUAGE_ERROR}}</p>
{{/LANGUAGE_WRONG}}
</div>
</fieldset>
</div>
</form>
{{#AROUND}}
<section class="around" id="links" aria-labelledby="around-heading">
<h2 id="around-heading">[[admin.links]]</h2>
<p class="help">[[admin.links.help]]</p>
{{#PREVIEW_LINK}}
<form class="link" method="post" action="{{PREVIEW_END_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<p><a href="{{PREVIEW_LINK_URL}}">{{PREVIEW_ADDRESS}}</a> <span class="help">{{PREVIEW_UNTIL}}</span> <button class="quiet">[[admin.links.end]]</button></p>
</form>
{{/PREVIEW_LINK}}
<form method="post" action="{{LINK_URL}}"><p class="buttons"><button class="quiet">[[admin.links.make]]</button> <a href="{{REVISIONS_URL}}">[[admin.revisions]]</a></p></form>
</section>
{{/AROUND}}
{{#TRASH_FORM}}
<form class="away" method="post" action="{{TRASH_URL}}">
<p class="buttons"><button class="quiet danger">[[admin.trash]]</button> <span class="help">[[admin.trash.help]]</span></p>
</form>
{{/TRASH_FORM}}
{{#GONE_FORM}}
<form class="away" method="post" action="{{RESTORE_URL}}">
<p class="buttons"><button>[[admin.restore]]</button> <span class="help">[[admin.restore.help]]</span></p>
</form>
<form class="away" method="post" action="{{ERASE_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<p class="buttons"><button class="quiet danger">[[admin.erase]]</button> <span class="help">[[admin.erase.help]]</span></p>
</form>
{{/GONE_FORM}}
[[>parts/media_tool]]
<script src="[[static:admin.js]]" defer></script>
[[>parts/admin_close]]
