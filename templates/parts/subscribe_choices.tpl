{{%AUTOESCAPE context="HTML"}}
{{! What somebody wants by mail, inside a form. POSTS (repeated): POSTS_VALUE POSTS_TEXT, POSTS_CHOSEN (section); CHOICE_WRONG (section) when nothing is chosen: CHOICE_ERROR; NEWS_CHOSEN (section);
WANT_TAGS (section): SOME_TAGS (section), WANT_TAG (repeated): WANT_ID WANT_NAME, WANT_CHOSEN (section); KEPT_TAG (repeated) where tags cannot be read: KEPT_ID. }}
{{#KEPT_TAG}}
<input type="hidden" name="tag" value="{{KEPT_ID}}">
{{/KEPT_TAG}}
<fieldset{{#CHOICE_WRONG}} aria-describedby="s-choice-error"{{/CHOICE_WRONG}}>
<legend>[[subscribe.posts]]</legend>
{{#POSTS}}
<p class="check"><input type="radio" id="posts-{{POSTS_VALUE}}" name="posts" value="{{POSTS_VALUE}}"{{#POSTS_CHOSEN}} checked{{/POSTS_CHOSEN}}> <label for="posts-{{POSTS_VALUE}}">{{POSTS_TEXT}}</label></p>
{{/POSTS}}
{{#CHOICE_WRONG}}
<p class="error" id="s-choice-error">{{CHOICE_ERROR}}</p>
{{/CHOICE_WRONG}}
</fieldset>
{{#WANT_TAGS}}
<fieldset>
<legend>[[subscribe.tags]]</legend>
<p class="help">[[subscribe.tags.help]]</p>
<div class="many">
{{#WANT_TAG}}
<p class="check"><input type="checkbox" id="tag-{{WANT_ID}}" name="tag" value="{{WANT_ID}}"{{#WANT_CHOSEN}} checked{{/WANT_CHOSEN}}> <label for="tag-{{WANT_ID}}">{{WANT_NAME}}</label></p>
{{/WANT_TAG}}
</div>
</fieldset>
{{/WANT_TAGS}}
<fieldset>
<legend>[[sidebar.newsletter]]</legend>
<p class="check"><input type="checkbox" id="newsletter" name="newsletter" value="1"{{#NEWS_CHOSEN}} checked{{/NEWS_CHOSEN}}> <label for="newsletter">[[subscribe.newsletter]]</label></p>
</fieldset>
