{{%AUTOESCAPE context="HTML"}}
{{! What becomes of what readers leave behind, written from the settings in force. PRIVACY_TITLE; PRIVACY_PART (repeated): PART_TITLE, PART_LINE (repeated): LINE_TEXT. Then parts/close. }}
[[>parts/open]]
<article>
<h1>{{PRIVACY_TITLE}}</h1>
<div class="body">
{{#PRIVACY_PART}}
<h2>{{PART_TITLE}}</h2>
{{#PART_LINE}}
<p>{{LINE_TEXT}}</p>
{{/PART_LINE}}
{{/PRIVACY_PART}}
</div>
</article>
[[>parts/close]]
