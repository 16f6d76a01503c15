{{%AUTOESCAPE context="HTML"}}
{{! The fields of a form. FIELD (repeated): FIELD_ID FIELD_NAME FIELD_LABEL FIELD_VALUE, FIELD_HELPED (section): FIELD_HELP; FIELD_WRONG (section): FIELD_ERROR;
FIELD_DESCRIBED (section) where there is one of both; FIELD_LOCKED (section); and one of FIELD_CHECK: FIELD_CHECKED (section); FIELD_SELECT: FIELD_OPTION (repeated): OPTION_VALUE OPTION_TEXT, OPTION_CHOSEN (section);
FIELD_AREA: FIELD_CLASS FIELD_ROWS; FIELD_FILE; FIELD_INPUT: FIELD_TYPE FIELD_CLASS, FIELD_SWATCH (section): SWATCH_FILL. }}
{{#FIELD}}
{{#FIELD_CHECK}}
<div class="check">
<input type="hidden" name="switch" value="{{FIELD_NAME}}">
<input type="checkbox" id="{{FIELD_ID}}" name="{{FIELD_NAME}}" value="on"{{#FIELD_CHECKED}} checked{{/FIELD_CHECKED}}{{#FIELD_LOCKED}} disabled{{/FIELD_LOCKED}}{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}>
<label for="{{FIELD_ID}}">{{FIELD_LABEL}}</label>
{{#FIELD_HELPED}}
<p class="help" id="{{FIELD_ID}}-help">{{FIELD_HELP}}</p>
{{/FIELD_HELPED}}
{{#FIELD_WRONG}}
<p class="error" id="{{FIELD_ID}}-error">{{FIELD_ERROR}}</p>
{{/FIELD_WRONG}}
</div>
{{/FIELD_CHECK}}
{{#FIELD_TYPED}}
<div class="field">
<label for="{{FIELD_ID}}">{{FIELD_LABEL}}</label>
{{#FIELD_HELPED}}
<p class="help" id="{{FIELD_ID}}-help">{{FIELD_HELP}}</p>
{{/FIELD_HELPED}}
{{#FIELD_SELECT}}
<select id="{{FIELD_ID}}" name="{{FIELD_NAME}}"{{#FIELD_LOCKED}} disabled{{/FIELD_LOCKED}}{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}>
{{#FIELD_OPTION}}
<option value="{{OPTION_VALUE}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_TEXT}}</option>
{{/FIELD_OPTION}}
</select>
{{/FIELD_SELECT}}
{{#FIELD_AREA}}
<textarea id="{{FIELD_ID}}" name="{{FIELD_NAME}}" class="{{FIELD_CLASS}}" rows="{{FIELD_ROWS}}" spellcheck="false"{{#FIELD_LOCKED}} disabled{{/FIELD_LOCKED}}{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}>
{{FIELD_VALUE:p}}</textarea>
{{/FIELD_AREA}}
{{#FIELD_FILE}}
<input type="file" id="{{FIELD_ID}}" name="{{FIELD_NAME}}"{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}>
{{/FIELD_FILE}}
{{#FIELD_INPUT}}
<div class="{{FIELD_CLASS}}">
{{#FIELD_SWATCH}}
<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="{{SWATCH_FILL}}"/></svg>
{{/FIELD_SWATCH}}
<input type="{{FIELD_TYPE}}" id="{{FIELD_ID}}" name="{{FIELD_NAME}}" value="{{FIELD_VALUE}}" autocomplete="off"{{#FIELD_LOCKED}} disabled{{/FIELD_LOCKED}}{{#FIELD_DESCRIBED}} aria-describedby="{{#FIELD_HELPED}}{{FIELD_ID}}-help {{/FIELD_HELPED}}{{#FIELD_WRONG}}{{FIELD_ID}}-error{{/FIELD_WRONG}}"{{/FIELD_DESCRIBED}}{{#FIELD_WRONG}} aria-invalid="true"{{/FIELD_WRONG}}>
</div>
{{/FIELD_INPUT}}
{{#FIELD_WRONG}}
<p class="error" id="{{FIELD_ID}}-error">{{FIELD_ERROR}}</p>
{{/FIELD_WRONG}}
</div>
{{/FIELD_TYPED}}
{{/FIELD}}
