{{%AUTOESCAPE context="HTML"}}
{{! The form that adds an export to the list. ADD_URL ADD_LIMIT ADD_BACK; ADD_WRONG (section): ADD_ERROR. With script (admin-import.js) in pieces: PIECES_URL. }}
<form class="fields upload" id="import-upload" method="post" action="{{ADD_URL}}" enctype="multipart/form-data" data-pieces="{{PIECES_URL}}" data-sending="[[admin.media.sending|name={name}|n={n}]]" data-failed="[[admin.media.failed|name={name}]]">
<input type="hidden" name="back" value="{{ADD_BACK}}">
<div class="field">
<label for="export">[[admin.import.choose]]</label>
<p class="help" id="export-help">{{ADD_LIMIT}}</p>
<input id="export" name="export" type="file" required aria-describedby="export-help{{#ADD_WRONG}} export-error{{/ADD_WRONG}}"{{#ADD_WRONG}} aria-invalid="true"{{/ADD_WRONG}}>
{{#ADD_WRONG}}
<p class="error" id="export-error">{{ADD_ERROR}}</p>
{{/ADD_WRONG}}
<p class="hint" role="status" id="export-state"></p>
</div>
<p class="buttons"><button>[[admin.import.add]]</button></p>
</form>
<script src="[[static:admin-import.js]]" defer></script>
