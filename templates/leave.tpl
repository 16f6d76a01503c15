{{%AUTOESCAPE context="HTML"}}
{{! Leaving an entry by the link of a mail: LEAVE_TEXT; LEAVE_FORM (section): LEAVE_URL. }}
[[>parts/open]]
<div class="message">
<h1>[[leave.title]]</h1>
<p role="status">{{LEAVE_TEXT}}</p>
{{#LEAVE_FORM}}
<form method="post" action="{{LEAVE_URL}}"><button>[[leave.title]]</button></form>
{{/LEAVE_FORM}}
</div>
[[>parts/close]]
