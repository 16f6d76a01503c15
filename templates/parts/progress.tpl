{{%AUTOESCAPE context="HTML"}}
{{! How far a long work is: IMPORT_WHAT, IMPORT_COUNTED (section): IMPORT_DONE of IMPORT_TOTAL. What stands around it has the id "import" and data-state for static/admin-import.js. }}
<p role="status" id="import-what">{{IMPORT_WHAT}}</p>
<p><progress id="import-bar" aria-labelledby="import-what"{{#IMPORT_COUNTED}} value="{{IMPORT_DONE}}" max="{{IMPORT_TOTAL}}"{{/IMPORT_COUNTED}}></progress></p>
