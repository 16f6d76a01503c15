{{%AUTOESCAPE context="HTML"}}
{{! A form by which a reader has something mailed. ASK_TITLE; ASK_ENTRY (section): ENTRY_URL ENTRY_TITLE; FORM_ALERT (section): ALERT_TEXT; FORM_NOTICE (section): NOTICE_TEXT; ASK_LINE (repeated): LINE_TEXT;
ASK_LINK (section): LINK_URL LINK_LABEL; FORM_ERRORS (section) around FORM_ERROR (repeated): ERROR_FIELD (id of the field), ERROR_TEXT; ASK_FORM (section): ASK_URL where it goes, STAMP_URL where the script fetches the signature,
FORM_SIGNATURE, ASK_BUTTON, ASKED (repeated): ASKED_ID ASKED_NAME ASKED_LABEL ASKED_VALUE, ASKED_HELPED (section): ASKED_HELP, ASKED_WRONG (section): ASKED_ERROR, ASKED_LINE (section): ASKED_TYPE ASKED_AUTO, or ASKED_AREA (section): ASKED_ROWS. }}
[[>parts/open]]
<div class="message">
<h1>{{ASK_TITLE}}</h1>
{{#ASK_ENTRY}}
<p><a href="{{ENTRY_URL}}">{{ENTRY_TITLE}}</a></p>
{{/ASK_ENTRY}}
{{#FORM_ALERT}}
<div class="errors" role="alert" tabindex="-1" autofocus>
<p>{{ALERT_TEXT}}</p>
</div>
{{/FORM_ALERT}}
{{#FORM_NOTICE}}
<p class="notice" role="status" tabindex="-1" autofocus>{{NOTICE_TEXT}}</p>
{{/FORM_NOTICE}}
{{#ASK_LINE}}
<p>{{LINE_TEXT}}</p>
{{/ASK_LINE}}
{{#ASK_LINK}}
<p><a href="{{LINK_URL}}">{{LINK_LABEL}}</a></p>
{{/ASK_LINK}}
{{#FORM_ERRORS}}
<div class="errors" id="errors" role="alert" tabindex="-1" autofocus>
<p>[[ask.errors]]</p>
<ul>
{{#FORM_ERROR}}
<li><a href="#{{ERROR_FIELD}}">{{ERROR_TEXT}}</a></li>
{{/FORM_ERROR}}
</ul>
</div>
{{/FORM_ERRORS}}
{{#ASK_FORM}}
<section class="post" aria-label="{{ASK_TITLE}}">
<form method="post" action="{{ASK_URL}}" accept-charset="utf-8" novalidate data-stamp="{{STAMP_URL}}">
<input type="hidden" name="signature" value="{{FORM_SIGNATURE}}">
{{#ASKED}}
<div class="field{{#ASKED_AREA}} wide{{/ASKED_AREA}}">
<label for="{{ASKED_ID}}">{{ASKED_LABEL}}</label>
{{#ASKED_HELPED}}
<p class="help" id="{{ASKED_ID}}-help">{{ASKED_HELP}}</p>
{{/ASKED_HELPED}}
{{#ASKED_LINE}}
<input id="{{ASKED_ID}}" name="{{ASKED_NAME}}" type="{{ASKED_TYPE}}" autocomplete="{{ASKED_AUTO}}" value="{{ASKED_VALUE}}"{{#ASKED_WRONG}} aria-invalid="true"{{/ASKED_WRONG}} aria-describedby="{{#ASKED_WRONG}}{{ASKED_ID}}-error {{/ASKED_WRONG}}{{ASKED_ID}}-help">
{{/ASKED_LINE}}
{{#ASKED_AREA}}
<textarea id="{{ASKED_ID}}" name="{{ASKED_NAME}}" rows="{{ASKED_ROWS}}"{{#ASKED_WRONG}} aria-invalid="true"{{/ASKED_WRONG}} aria-describedby="{{#ASKED_WRONG}}{{ASKED_ID}}-error {{/ASKED_WRONG}}{{ASKED_ID}}-help">
{{ASKED_VALUE:p}}</textarea>
{{/ASKED_AREA}}
{{#ASKED_WRONG}}
<p class="error" id="{{ASKED_ID}}-error">{{ASKED_ERROR}}</p>
{{/ASKED_WRONG}}
</div>
{{/ASKED}}
<div class="extra" aria-hidden="true">
<label for="a-fax">[[form.trap]]</label>
<input id="a-fax" name="fax" type="text" tabindex="-1" autocomplete="off">
</div>
<p class="buttons"><button class="primary">{{ASK_BUTTON}}</button></p>
</form>
<script src="[[static:ask.js]]" defer></script>
</section>
{{/ASK_FORM}}
</div>
[[>parts/close]]
