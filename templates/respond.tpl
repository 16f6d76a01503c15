{{%AUTOESCAPE context="HTML"}}
{{! Link an External Response, for an entry. ENTRY_URL ENTRY_TITLE; RESPOND_NOTICE (section): RESPOND_NOTICE_TEXT; RESPOND_SHUT (section): no form is taken now.
FORM_ERRORS (section) around FORM_ERROR (repeated): ERROR_FIELD (id of the field), ERROR_TEXT. RESPOND_FORM (section): DIRECT_LINE (section) where comments are taken, too; RESPOND_FORM_URL where it goes, RESPOND_CHECKED (1 once it was shown for a check);
for each field NAME_VALUE, and NAME_WRONG (section) with NAME_ERROR: ARTICLE_TITLE, ARTICLE_ADDRESS, ARTICLE_EXCERPT, SITE_NAME, SITE_ADDRESS, ARTICLE_AUTHOR. WEBMENTION_LINE (section): WEBMENTION_ADDRESS; TRACKBACK_LINE (section): TRACKBACK_ADDRESS. }}
[[>parts/open]]
<div class="message">
<h1>[[respond.title]]</h1>
<p><a href="{{ENTRY_URL}}">{{ENTRY_TITLE}}</a></p>
{{#RESPOND_NOTICE}}
<p class="notice" role="status">{{RESPOND_NOTICE_TEXT}}</p>
{{/RESPOND_NOTICE}}
{{#RESPOND_SHUT}}
<p class="notice">[[respond.closed]]</p>
{{/RESPOND_SHUT}}
{{#FORM_ERRORS}}
<div class="errors" id="errors" role="alert" tabindex="-1" autofocus>
<p>[[respond.errors]]</p>
<ul>
{{#FORM_ERROR}}
<li><a href="#{{ERROR_FIELD}}">{{ERROR_TEXT}}</a></li>
{{/FORM_ERROR}}
</ul>
</div>
{{/FORM_ERRORS}}
{{#RESPOND_FORM}}
<section class="post" id="post" aria-label="[[respond.title]]">
<p class="hint">[[respond.intro]]</p>
{{#DIRECT_LINE}}
<p class="hint"><a href="{{ENTRY_URL}}#post" data-swap>[[form.direct]]</a></p>
{{/DIRECT_LINE}}
<form method="post" action="{{RESPOND_FORM_URL}}" accept-charset="utf-8" novalidate>
<input type="hidden" name="checked" value="{{RESPOND_CHECKED}}">
<div class="field">
<label for="r-title">[[respond.article_title]]</label>
<input id="r-title" name="title" type="text" value="{{ARTICLE_TITLE_VALUE}}"{{#ARTICLE_TITLE_WRONG}} aria-invalid="true" aria-describedby="r-title-error"{{/ARTICLE_TITLE_WRONG}}>
{{#ARTICLE_TITLE_WRONG}}
<p class="error" id="r-title-error">{{ARTICLE_TITLE_ERROR}}</p>
{{/ARTICLE_TITLE_WRONG}}
</div>
<div class="field">
<label for="r-url">[[respond.article_url]]</label>
<input id="r-url" name="url" type="text" inputmode="url" autocapitalize="none" spellcheck="false" required value="{{ARTICLE_ADDRESS_VALUE}}"{{#ARTICLE_ADDRESS_WRONG}} aria-invalid="true" aria-describedby="r-url-error"{{/ARTICLE_ADDRESS_WRONG}}>
{{#ARTICLE_ADDRESS_WRONG}}
<p class="error" id="r-url-error">{{ARTICLE_ADDRESS_ERROR}}</p>
{{/ARTICLE_ADDRESS_WRONG}}
</div>
<div class="field wide">
<label for="r-excerpt">[[respond.article_excerpt]]</label>
<textarea id="r-excerpt" name="excerpt" rows="4"{{#ARTICLE_EXCERPT_WRONG}} aria-invalid="true" aria-describedby="r-excerpt-error"{{/ARTICLE_EXCERPT_WRONG}}>
{{ARTICLE_EXCERPT_VALUE:p}}</textarea>
{{#ARTICLE_EXCERPT_WRONG}}
<p class="error" id="r-excerpt-error">{{ARTICLE_EXCERPT_ERROR}}</p>
{{/ARTICLE_EXCERPT_WRONG}}
</div>
<div class="field">
<label for="r-site-name">[[respond.site_name]]</label>
<input id="r-site-name" name="site_name" type="text" value="{{SITE_NAME_VALUE}}"{{#SITE_NAME_WRONG}} aria-invalid="true" aria-describedby="r-site-name-error"{{/SITE_NAME_WRONG}}>
{{#SITE_NAME_WRONG}}
<p class="error" id="r-site-name-error">{{SITE_NAME_ERROR}}</p>
{{/SITE_NAME_WRONG}}
</div>
<div class="field">
<label for="r-site-url">[[respond.site_url]]</label>
<input id="r-site-url" name="site_url" type="text" inputmode="url" autocomplete="url" autocapitalize="none" spellcheck="false" value="{{SITE_ADDRESS_VALUE}}"{{#SITE_ADDRESS_WRONG}} aria-invalid="true" aria-describedby="r-site-url-error"{{/SITE_ADDRESS_WRONG}}>
{{#SITE_ADDRESS_WRONG}}
<p class="error" id="r-site-url-error">{{SITE_ADDRESS_ERROR}}</p>
{{/SITE_ADDRESS_WRONG}}
</div>
<div class="field">
<label for="r-author">[[respond.author]]</label>
<input id="r-author" name="author" type="text" autocomplete="name" value="{{ARTICLE_AUTHOR_VALUE}}"{{#ARTICLE_AUTHOR_WRONG}} aria-invalid="true" aria-describedby="r-author-error"{{/ARTICLE_AUTHOR_WRONG}}>
{{#ARTICLE_AUTHOR_WRONG}}
<p class="error" id="r-author-error">{{ARTICLE_AUTHOR_ERROR}}</p>
{{/ARTICLE_AUTHOR_WRONG}}
</div>
<p class="buttons"><button class="primary">[[respond.create]]</button></p>
</form>
</section>
{{/RESPOND_FORM}}
{{#TRACKBACK_LINE}}
<p class="hint">[[respond.trackback|address=<code>{{TRACKBACK_ADDRESS}}</code>]]</p>
{{/TRACKBACK_LINE}}
{{#WEBMENTION_LINE}}
<p class="hint">[[respond.webmention|address=<code>{{WEBMENTION_ADDRESS}}</code>]]</p>
{{/WEBMENTION_LINE}}
</div>
[[>parts/close]]
