{{%AUTOESCAPE context="HTML"}}
{{! Forms one below the other. FORM (repeated): FORM_URL, FORM_NAMED (section): FORM_TITLE FORM_ID, FORM_TEXT (repeated): TEXT_LINE, FORM_PICTURE (section): QR_NAME QR_SIDE QR_PATH, FORM_CODES (section) around FORM_CODE (repeated): CODE_TEXT, FIELD (repeated): FIELD_ID, and one of
FIELD_HIDDEN (section): FIELD_VALUE; FIELD_CHECK (section): FIELD_LABEL FIELD_CHECKED (section); FIELD_SHOWN (section): FIELD_LABEL, FIELD_HELPED (section): FIELD_HELP, FIELD_WRONG (section): FIELD_ERROR, and one of FIELD_INPUT (section): FIELD_TYPE FIELD_VALUE
FIELD_AUTO (section): AUTO_NAME, FIELD_READ (section); FIELD_AREA (section): FIELD_VALUE; FIELD_SELECT (section) around FIELD_OPTION (repeated): OPTION_VALUE OPTION_LABEL OPTION_CHOSEN (section). BUTTON (repeated): BUTTON_LABEL BUTTON_CLASS, BUTTON_NAMED (section): BUTTON_VALUE. }}
{{#FORM}}
<section{{#FORM_NAMED}} class="around" id="{{FORM_ID}}" aria-labelledby="{{FORM_ID}}-title"{{/FORM_NAMED}}>
{{#FORM_NAMED}}
<h2 id="{{FORM_ID}}-title">{{FORM_TITLE}}</h2>
{{/FORM_NAMED}}
<form class="fields measure" method="post" action="{{FORM_URL}}" accept-charset="utf-8" novalidate>
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
{{#FORM_TEXT}}
<p class="help">{{TEXT_LINE}}</p>
{{/FORM_TEXT}}
{{#FORM_PICTURE}}
<svg class="qr" role="img" aria-label="{{QR_NAME}}" viewBox="0 0 {{QR_SIDE}} {{QR_SIDE}}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{{QR_SIDE}}v{{QR_SIDE}}H0z"/><path d="{{QR_PATH}}"/></svg>
{{/FORM_PICTURE}}
{{#FORM_CODES}}
<ul class="codes">
{{#FORM_CODE}}
<li>{{CODE_TEXT}}</li>
{{/FORM_CODE}}
</ul>
{{/FORM_CODES}}
{{#FIELD}}
{{#FIELD_HIDDEN}}
<input type="hidden" name="{{FIELD_ID}}" value="{{FIELD_VALUE}}">
{{/FIELD_HIDDEN}}
{{#FIELD_CHECK}}
<p class="check"><input type="checkbox" id="{{FIELD_ID}}" name="{{FIELD_ID}}" value="1"{{#FIELD_CHECKED}} checked{{/FIELD_CHECKED}}> <label for="{{FIELD_ID}}">{{FIELD_LABEL}}</label></p>
{{/FIELD_CHECK}}
{{#FIELD_SHOWN}}
<div class="field">
<label for="{{FIELD_ID}}">{{FIELD_LABEL}}</label>
{{#FIELD_HELPED}}
<p class="help" id="{{FIELD_ID}}-help">{{FIELD_HELP}}</p>
{{/FIELD_HELPED}}
{{#FIELD_INPUT}}
<input id="{{FIELD_ID}}" name="{{FIELD_ID}}" type="{{FIELD_TYPE}}" value="{{FIELD_VALUE}}"{{#FIELD_AUTO}} autocomplete="{{AUTO_NAME}}"{{/FIELD_AUTO}}{{#FIELD_READ}} readonly{{/FIELD_READ}} autocapitalize="none" spellcheck="false"{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}>
{{/FIELD_INPUT}}
{{#FIELD_AREA}}
<textarea id="{{FIELD_ID}}" name="{{FIELD_ID}}" rows="6"{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}>
{{FIELD_VALUE:p}}</textarea>
{{/FIELD_AREA}}
{{#FIELD_SELECT}}
<select id="{{FIELD_ID}}" name="{{FIELD_ID}}">
{{#FIELD_OPTION}}
<option value="{{OPTION_VALUE}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_LABEL}}</option>
{{/FIELD_OPTION}}
</select>
{{/FIELD_SELECT}}
{{#FIELD_WRONG}}
<p class="error" id="{{FIELD_ID}}-error">{{FIELD_ERROR}}</p>
{{/FIELD_WRONG}}
</div>
{{/FIELD_SHOWN}}
{{/FIELD}}
<p class="buttons">{{#BUTTON}}<button class="{{BUTTON_CLASS}}"{{#BUTTON_NAMED}} name="act" value="{{BUTTON_VALUE}}"{{/BUTTON_NAMED}}>{{BUTTON_LABEL}}</button> {{/BUTTON}}</p>
</form>
</section>
{{/FORM}}
