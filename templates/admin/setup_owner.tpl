{{%AUTOESCAPE context="HTML"}}
{{! First run, step 2: the journal and its owner. SETUP_STEP SETUP_URL; SETUP_FIELD (repeated): SETUP_ID SETUP_LABEL SETUP_TYPE SETUP_AUTO SETUP_VALUE, SETUP_HELPED (section): SETUP_HELP, SETUP_WRONG (section): SETUP_ERROR.
PLACE_OPEN (section), PLACE_TEXT PLACE_PATTERN; SETUP_LANGUAGE (repeated): LANGUAGE_TAG LANGUAGE_NAME LANGUAGE_CHOSEN (section); ZONE_VALUE, ZONE_GUESSED (section), ZONE_WRONG (section): ZONE_ERROR, ZONE_NAME (repeated): ZONE_TEXT. }}
[[>parts/admin_open]]
<p class="hint step">{{SETUP_STEP}}</p>
<form class="narrow" id="setup" method="post" action="{{SETUP_URL}}" accept-charset="utf-8" novalidate>
{{#SETUP_FIELD}}
<div class="field">
<label for="{{SETUP_ID}}">{{SETUP_LABEL}}</label>
{{#SETUP_HELPED}}
<p class="help" id="{{SETUP_ID}}-help">{{SETUP_HELP}}</p>
{{/SETUP_HELPED}}
<input id="{{SETUP_ID}}" name="{{SETUP_ID}}" type="{{SETUP_TYPE}}" autocomplete="{{SETUP_AUTO}}" value="{{SETUP_VALUE}}" required aria-describedby="{{#SETUP_HELPED}}{{SETUP_ID}}-help {{/SETUP_HELPED}}{{#SETUP_WRONG}}{{SETUP_ID}}-error{{/SETUP_WRONG}}"{{#SETUP_WRONG}} aria-invalid="true"{{/SETUP_WRONG}}>
{{#SETUP_WRONG}}
<p class="error" id="{{SETUP_ID}}-error">{{SETUP_ERROR}}</p>
{{/SETUP_WRONG}}
</div>
{{/SETUP_FIELD}}
<details class="place"{{#PLACE_OPEN}} open{{/PLACE_OPEN}}>
<summary data-place="{{PLACE_PATTERN}}">{{PLACE_TEXT}}</summary>
<div class="fields">
<div class="field">
<label for="language">[[admin.setup.language]]</label>
<select id="language" name="language">
{{#SETUP_LANGUAGE}}
<option value="{{LANGUAGE_TAG}}"{{#LANGUAGE_CHOSEN}} selected{{/LANGUAGE_CHOSEN}}>{{LANGUAGE_NAME}}</option>
{{/SETUP_LANGUAGE}}
</select>
</div>
<div class="field">
<label for="zone">[[admin.setup.zone]]</label>
<p class="help" id="zone-help">[[admin.setup.zone.help]]</p>
<input id="zone" name="zone" type="text" autocomplete="off" spellcheck="false" list="zones" value="{{ZONE_VALUE}}"{{#ZONE_GUESSED}} data-guessed="1"{{/ZONE_GUESSED}} aria-describedby="zone-help{{#ZONE_WRONG}} zone-error{{/ZONE_WRONG}}"{{#ZONE_WRONG}} aria-invalid="true"{{/ZONE_WRONG}}>
{{#ZONE_WRONG}}
<p class="error" id="zone-error">{{ZONE_ERROR}}</p>
{{/ZONE_WRONG}}
<datalist id="zones">
{{#ZONE_NAME}}
<option value="{{ZONE_TEXT}}"></option>
{{/ZONE_NAME}}
</datalist>
</div>
</div>
</details>
<p class="buttons"><button class="primary">[[admin.setup.owner.button]]</button></p>
</form>
<script src="[[static:admin-setup.js]]" defer></script>
[[>parts/admin_close]]
