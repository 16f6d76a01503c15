{{%AUTOESCAPE context="HTML"}}
{{! First run, step 1: the code. SETUP_STEP; CODE_ASKED (section): SETUP_URL CODE_HELP CODE_VALUE, CODE_WRONG (section): CODE_ERROR; CODE_MISSING (section): CODE_WRITE_URL. }}
[[>parts/admin_open]]
<p class="hint step">{{SETUP_STEP}}</p>
<p class="measure">[[admin.setup.lead]]</p>
{{#CODE_ASKED}}
<form class="narrow" method="post" action="{{SETUP_URL}}" accept-charset="utf-8" novalidate>
<div class="field">
<label for="code">[[admin.setup.code]]</label>
<p class="help" id="code-help">{{CODE_HELP}}</p>
<input class="code" id="code" name="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" value="{{CODE_VALUE}}" required aria-describedby="code-help{{#CODE_WRONG}} code-error{{/CODE_WRONG}}"{{#CODE_WRONG}} aria-invalid="true"{{/CODE_WRONG}}>
{{#CODE_WRONG}}
<p class="error" id="code-error">{{CODE_ERROR}}</p>
{{/CODE_WRONG}}
</div>
<p class="buttons"><button class="primary">[[admin.setup.code.button]]</button></p>
</form>
{{/CODE_ASKED}}
{{#CODE_MISSING}}
<form method="post" action="{{CODE_WRITE_URL}}">
<p class="buttons"><button class="primary">[[admin.setup.code.write]]</button></p>
</form>
{{/CODE_MISSING}}
[[>parts/admin_close]]
