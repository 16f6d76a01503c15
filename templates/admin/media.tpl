{{%AUTOESCAPE context="HTML"}}
{{! The library. UPLOAD_URL, LIMIT_TEXT; REFUSED (section) around REFUSAL (repeated): REFUSAL_TEXT. LIST_LINK (repeated): LIST_URL LIST_NAME LIST_NUMBER, LIST_CURRENT (section).
FIND_URL, FIND_LIST, QUERY. NO_ENTRIES (section): EMPTY_TEXT. MEDIA_TILES (section) around MEDIA_TILE (repeated): MEDIA_URL MEDIA_NAME MEDIA_FACTS, MEDIA_THUMB (section): THUMB_URL,
or MEDIA_KIND (section): KIND_TEXT; MEDIA_UNDESCRIBED MEDIA_UNUSED (sections). Then parts/paging. With script (parts/media_tool) files are dropped and pasted, too. }}
[[>parts/admin_open]]
<form class="fields upload" method="post" action="{{UPLOAD_URL}}" enctype="multipart/form-data" id="media-upload">
<div class="field">
<label for="file">[[admin.media.choose]]</label>
<p class="help" id="file-help">{{LIMIT_TEXT}}</p>
<input id="file" name="file" type="file" multiple required aria-describedby="file-help{{#REFUSED}} file-error{{/REFUSED}}"{{#REFUSED}} aria-invalid="true"{{/REFUSED}}>
{{#REFUSED}}
<ul class="error" id="file-error">
{{#REFUSAL}}
<li>{{REFUSAL_TEXT}}</li>
{{/REFUSAL}}
</ul>
{{/REFUSED}}
</div>
<p class="buttons"><button class="primary">[[admin.media.upload]]</button></p>
</form>
<div class="bar">
<nav aria-label="[[admin.lists]]">
<ul class="tabs">
{{#LIST_LINK}}
<li><a href="{{LIST_URL}}"{{#LIST_CURRENT}} aria-current="page"{{/LIST_CURRENT}}>{{LIST_NAME}} <span class="count">{{LIST_NUMBER}}</span></a></li>
{{/LIST_LINK}}
</ul>
</nav>
<form class="find" role="search" action="{{FIND_URL}}">
<input type="hidden" name="show" value="{{FIND_LIST}}">
<label class="visually-hidden" for="find">[[admin.media.find]]</label>
<input id="find" name="q" type="search" value="{{QUERY}}" enterkeyhint="search">
<button>[[admin.find.button]]</button>
</form>
</div>
{{#NO_ENTRIES}}
<p class="empty">{{EMPTY_TEXT}}</p>
{{/NO_ENTRIES}}
{{#MEDIA_TILES}}
<ul class="tiles">
{{#MEDIA_TILE}}
<li>
<a href="{{MEDIA_URL}}">{{#MEDIA_THUMB}}<img src="{{THUMB_URL}}" alt="" loading="lazy">{{/MEDIA_THUMB}}{{#MEDIA_KIND}}<span class="kind" aria-hidden="true">{{KIND_TEXT}}</span>{{/MEDIA_KIND}} <span class="name">{{MEDIA_NAME}}</span></a>
<p class="meta"><span>{{MEDIA_FACTS}}</span>{{#MEDIA_UNDESCRIBED}} <span class="state">[[admin.media.bare]]</span>{{/MEDIA_UNDESCRIBED}}{{#MEDIA_UNUSED}} <span>[[admin.media.unused]]</span>{{/MEDIA_UNUSED}}</p>
</li>
{{/MEDIA_TILE}}
</ul>
{{/MEDIA_TILES}}
[[>parts/paging]]
[[>parts/media_tool]]
[[>parts/admin_close]]
