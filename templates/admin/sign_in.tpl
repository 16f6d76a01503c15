{{%AUTOESCAPE context="HTML"}}
{{! Log-in. SIGN_IN_URL, NEXT_PATH, NAME_VALUE, NAME_EMPTY (section): the name takes the focus, else the password;
SIGN_IN_WRONG (section): SIGN_IN_ERROR below the password. CARRIED (section): CARRIED_PATH CARRIED_TYPE CARRIED_BODY, what was sent when the session ended; CARRIED_SHOWN (section): CARRIED_TEXT. }}
[[>parts/admin_open]]
<form class="narrow" method="post" action="{{SIGN_IN_URL}}" accept-charset="utf-8" novalidate>
<input type="hidden" name="next" value="{{NEXT_PATH}}">
{{#CARRIED}}
<input type="hidden" name="again_path" value="{{CARRIED_PATH}}">
<input type="hidden" name="again_type" value="{{CARRIED_TYPE}}">
<input type="hidden" name="again_body" value="{{CARRIED_BODY}}">
{{/CARRIED}}
<div class="field">
<label for="name">[[admin.sign_in.name]]</label>
<input id="name" name="name" type="text" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" value="{{NAME_VALUE}}" required{{#NAME_EMPTY}} autofocus{{/NAME_EMPTY}}{{#SIGN_IN_WRONG}} aria-invalid="true" aria-describedby="sign-in-error"{{/SIGN_IN_WRONG}}>
</div>
<div class="field">
<label for="password">[[admin.sign_in.password]]</label>
<input id="password" name="password" type="password" autocomplete="current-password" required{{#SIGN_IN_WRONG}} aria-invalid="true" aria-describedby="sign-in-error"{{/SIGN_IN_WRONG}}>
{{#SIGN_IN_WRONG}}
<p class="error" id="sign-in-error">{{SIGN_IN_ERROR}}</p>
{{/SIGN_IN_WRONG}}
</div>
<p class="buttons"><button class="primary">[[admin.sign_in.button]]</button></p>
{{#CARRIED_SHOWN}}
<div class="field">
<label for="carried">[[admin.sign_in.text]]</label>
<textarea id="carried" rows="9" readonly>
{{CARRIED_TEXT:p}}</textarea>
</div>
{{/CARRIED_SHOWN}}
</form>
[[>parts/admin_close]]
