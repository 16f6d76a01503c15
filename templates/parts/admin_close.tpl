{{%AUTOESCAPE context="HTML"}}
{{! The end of every page of the owner's side. SIGNED_IN (section): VIEWER_NAME ACCOUNT_URL, ACT_TOKEN; VIEWABLE (section): ROOT_URL. }}
</main>
<footer class="desk">
{{#SIGNED_IN}}
<form method="post" action="{{SIGN_OUT_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<p>[[admin.who|name=<a href="{{ACCOUNT_URL}}">{{VIEWER_NAME}}</a>]] <button>[[admin.sign_out]]</button></p>
</form>
{{/SIGNED_IN}}
{{#VIEWABLE}}
<p><a href="{{ROOT_URL}}">[[admin.view]]</a></p>
{{/VIEWABLE}}
</footer>
</body>
</html>
