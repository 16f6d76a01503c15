{{%AUTOESCAPE context="HTML"}}
{{! Log-in. RESET_THERE (section): RESET_URL. SIGN_IN_URL, NEXT_PATH. ASK_PASSWORD (section): NAME_VALUE, NAME_EMPTY (section): the name takes the focus, else the password;
or ASK_CODE (section): PENDING_TEXT, signed; in both SIGN_IN_WRONG (section): SIGN_IN_ERROR below the field. FORGOT (section): FORGOT_URL. CARRIED (section): CARRIED_PATH CARRIED_TYPE CARRIED_BODY, what was sent when the session ended; CARRIED_SHOWN (section): CARRIED_TEXT. }}
[[>parts/admin_open]]
{{#RESET_THERE}}
<p class="notice">[[admin.reset.there]] <a href="{{RESET_URL}}">[[admin.reset.go]]</a></p>
{{/RESET_THERE}}
<form class="narrow" method="post" action="{{SIGN_IN_URL}}" accept-charset="utf-8" novalidate>
<input type="hidden" name="next" value="{{NEXT_PATH}}">
{{#CARRIED}}
<input type="hidden" name="again_path" value="{{CARRIED_PATH}}">
<input type="hidden" name="again_type" value="{{CARRIED_TYPE}}">
<input type="hidden" name="again_body" value="{{CARRIED_BODY}}">
{{/CARRIED}}
{{#ASK_PASSWORD}}
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
{{/ASK_PASSWORD}}
{{#ASK_CODE}}
<input type="hidden" name="pending" value="{{PENDING_TEXT}}">
<div class="field">
<label for="code">[[admin.sign_in.code]]</label>
<p class="help" id="code-help">[[admin.sign_in.code.help]]</p>
<input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required autofocus aria-describedby="code-help{{#SIGN_IN_WRONG}} sign-in-error{{/SIGN_IN_WRONG}}"{{#SIGN_IN_WRONG}} aria-invalid="true"{{/SIGN_IN_WRONG}}>
{{#SIGN_IN_WRONG}}
<p class="error" id="sign-in-error">{{SIGN_IN_ERROR}}</p>
{{/SIGN_IN_WRONG}}
</div>
{{/ASK_CODE}}
<p class="buttons"><button class="primary">[[admin.sign_in.button]]</button>{{#FORGOT}} <a href="{{FORGOT_URL}}">[[admin.recover.forgot]]</a>{{/FORGOT}}</p>
{{#CARRIED_SHOWN}}
<div class="field">
<label for="carried">[[admin.sign_in.text]]</label>
<textarea id="carried" rows="9" readonly>
{{CARRIED_TEXT:p}}</textarea>
</div>
{{/CARRIED_SHOWN}}
</form>
[[>parts/admin_close]]
