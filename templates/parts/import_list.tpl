{{%AUTOESCAPE context="HTML"}}
{{! The files that can be imported, with a box each. IMPORT_FILES (section) around IMPORT_FILE (repeated): IMPORT_ID IMPORT_NAME IMPORT_SIZE, IMPORT_TICKED (section); IMPORT_FOLDER_TEXT. NO_IMPORTS (section): IMPORT_NONE. }}
{{#IMPORT_FILES}}
<fieldset aria-describedby="import-help">
<legend>{{IMPORT_FOLDER_TEXT}}</legend>
<p class="help" id="import-help">[[admin.import.help]]</p>
{{#IMPORT_FILE}}
<p class="check"><input type="checkbox" id="{{IMPORT_ID}}" name="file" value="{{IMPORT_NAME}}"{{#IMPORT_TICKED}} checked{{/IMPORT_TICKED}}> <label for="{{IMPORT_ID}}">{{IMPORT_NAME}} <span class="count">{{IMPORT_SIZE}}</span></label></p>
{{/IMPORT_FILE}}
</fieldset>
{{/IMPORT_FILES}}
{{#NO_IMPORTS}}
<p class="help">{{IMPORT_NONE}}</p>
{{/NO_IMPORTS}}
