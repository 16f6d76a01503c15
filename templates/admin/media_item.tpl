{{%AUTOESCAPE context="HTML"}}
{{! One file of the library. LIBRARY_URL, FILE_URL, FILE_ADDRESS, FILE_MARKDOWN; MEDIA_PICTURE (section): PICTURE_URL PICTURE_ALT, PICTURE_SIZED (section): PICTURE_WIDTH PICTURE_HEIGHT;
MEDIA_FACTS, MEDIA_STATE (section): STATE_TEXT; ROW_DATETIME ROW_DATE; USES_TEXT, MEDIA_USES (section) around MEDIA_USE (repeated): USE_TITLE USE_URL.
MEDIA_CHANGE (section): DESCRIBE_URL TITLE_VALUE ALT_VALUE CAPTION_VALUE, TITLE_WRONG ALT_WRONG CAPTION_WRONG FILE_WRONG (sections): TITLE_ERROR ALT_ERROR CAPTION_ERROR FILE_ERROR; ASK_ALT (section);
REPLACE_URL ACCEPT_TEXT LIMIT_TEXT; MAY_ERASE (section): ERASE_URL; MAY_NOT_ERASE (section). ACT_TOKEN. }}
[[>parts/admin_open]]
<p class="meta"><a href="{{LIBRARY_URL}}">[[admin.media.back]]</a> <span>{{MEDIA_FACTS}}</span> <time datetime="{{ROW_DATETIME}}">{{ROW_DATE}}</time></p>
{{#MEDIA_STATE}}
<p class="hint">{{STATE_TEXT}}</p>
{{/MEDIA_STATE}}
<div class="shown">
{{#MEDIA_PICTURE}}
<a href="{{FILE_URL}}"><img src="{{PICTURE_URL}}" alt="{{PICTURE_ALT}}"{{#PICTURE_SIZED}} width="{{PICTURE_WIDTH}}" height="{{PICTURE_HEIGHT}}"{{/PICTURE_SIZED}}><span class="visually-hidden">[[admin.media.open]]</span></a>
{{/MEDIA_PICTURE}}
<div class="fields">
<p class="field"><label for="address">[[admin.media.address]]</label> <input id="address" class="code" type="text" readonly value="{{FILE_ADDRESS}}"></p>
<p class="field"><label for="markdown">[[admin.media.markdown]]</label> <input id="markdown" class="code" type="text" readonly value="{{FILE_MARKDOWN}}"></p>
<p><a href="{{FILE_URL}}">[[admin.media.open]]</a></p>
</div>
</div>
{{#MEDIA_CHANGE}}
<h2>[[admin.media.describe]]</h2>
<form class="fields measure" method="post" action="{{DESCRIBE_URL}}">
{{#ASK_ALT}}
<div class="field">
<label for="alt">[[admin.media.alt]]</label>
<p class="help" id="alt-help">[[admin.media.alt.help]]</p>
<textarea id="alt" name="alt" rows="2" aria-describedby="alt-help{{#ALT_WRONG}} alt-error{{/ALT_WRONG}}"{{#ALT_WRONG}} aria-invalid="true"{{/ALT_WRONG}}>
{{ALT_VALUE:p}}</textarea>
{{#ALT_WRONG}}
<p class="error" id="alt-error">{{ALT_ERROR}}</p>
{{/ALT_WRONG}}
</div>
{{/ASK_ALT}}
<div class="field">
<label for="title">[[admin.media.title]]</label>
<input id="title" name="title" type="text" value="{{TITLE_VALUE}}"{{#TITLE_WRONG}} aria-invalid="true" aria-describedby="title-error"{{/TITLE_WRONG}}>
{{#TITLE_WRONG}}
<p class="error" id="title-error">{{TITLE_ERROR}}</p>
{{/TITLE_WRONG}}
</div>
<div class="field">
<label for="caption">[[admin.media.caption]]</label>
<textarea id="caption" name="caption" rows="2"{{#CAPTION_WRONG}} aria-invalid="true" aria-describedby="caption-error"{{/CAPTION_WRONG}}>
{{CAPTION_VALUE:p}}</textarea>
{{#CAPTION_WRONG}}
<p class="error" id="caption-error">{{CAPTION_ERROR}}</p>
{{/CAPTION_WRONG}}
</div>
<p class="buttons"><button class="primary">[[admin.media.save]]</button></p>
</form>
{{/MEDIA_CHANGE}}
<h2>[[admin.media.usage]]</h2>
<p>{{USES_TEXT}}</p>
{{#MEDIA_USES}}
<ul class="rows">
{{#MEDIA_USE}}
<li><a href="{{USE_URL}}">{{USE_TITLE}}</a></li>
{{/MEDIA_USE}}
</ul>
{{/MEDIA_USES}}
{{#MEDIA_CHANGE}}
<h2>[[admin.media.replace]]</h2>
<form class="fields measure" method="post" action="{{REPLACE_URL}}" enctype="multipart/form-data">
<div class="field">
<label for="file">[[admin.media.replace.file]]</label>
<p class="help" id="file-help">{{LIMIT_TEXT}}</p>
<input id="file" name="file" type="file" accept="{{ACCEPT_TEXT}}" required aria-describedby="file-help{{#FILE_WRONG}} file-error{{/FILE_WRONG}}"{{#FILE_WRONG}} aria-invalid="true"{{/FILE_WRONG}}>
{{#FILE_WRONG}}
<p class="error" id="file-error">{{FILE_ERROR}}</p>
{{/FILE_WRONG}}
</div>
<p class="buttons"><button>[[admin.media.replace]]</button></p>
</form>
<h2>[[admin.media.erase]]</h2>
{{#MAY_NOT_ERASE}}
<p class="hint">[[admin.media.erase.used]]</p>
{{/MAY_NOT_ERASE}}
{{#MAY_ERASE}}
<form class="fields measure" method="post" action="{{ERASE_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<p class="help" id="erase-help">[[admin.media.erase.help]]</p>
<p class="buttons"><button class="danger" aria-describedby="erase-help">[[admin.media.erase]]</button></p>
</form>
{{/MAY_ERASE}}
{{/MEDIA_CHANGE}}
[[>parts/admin_close]]
