{{%AUTOESCAPE context="HTML"}}
{{! A page around the comment form, or what was answered to it. ENTRY_URL, what parts/headline needs; FORM_ALERT (section): ALERT_TEXT, why nothing was posted;
FORM_NOTICE (section): NOTICE_TEXT; ANSWERED (section) with the values of parts/comment.tpl: what one answers; PREVIEW (section) with the same values;
COMMENT_FORM (section): see parts/comment_form.tpl. }}
[[>parts/open]]
<div class="commenting">
<h1><a href="{{ENTRY_URL}}">[[>parts/headline]]</a></h1>
{{#FORM_ALERT}}
<div class="errors" role="alert" tabindex="-1" autofocus>
<p>{{ALERT_TEXT}}</p>
</div>
{{/FORM_ALERT}}
{{#FORM_NOTICE}}
<p class="notice" role="status" tabindex="-1" autofocus>{{NOTICE_TEXT}}</p>
{{/FORM_NOTICE}}
{{#ANSWERED}}
<section class="comments" aria-labelledby="answered-title">
<h2 id="answered-title">[[comment.answering]]</h2>
[[>parts/comment]]
</section>
{{/ANSWERED}}
{{#PREVIEW}}
<section class="comments" aria-labelledby="preview-title">
<h2 id="preview-title">[[comment.preview]]</h2>
[[>parts/comment]]
</section>
{{/PREVIEW}}
{{#COMMENT_FORM}}
[[>parts/comment_form]]
{{/COMMENT_FORM}}
</div>
[[>parts/close]]
