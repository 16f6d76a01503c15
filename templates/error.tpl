{{%AUTOESCAPE context="HTML"}}
{{! Any page that is not there or cannot be shown: MESSAGE_TITLE (h1), MESSAGE_TEXT; SUGGESTIONS (section) around SUGGESTION (repeated): SUGGESTION_TITLE SUGGESTION_URL;
FIND (section): a search form and the way to the archive, with QUERY made from the address. ROOT_URL and the other values of parts/open; SIDEBAR as the handler likes. }}
[[>parts/open]]
<div class="message">
<h1>{{MESSAGE_TITLE}}</h1>
<p>{{MESSAGE_TEXT}}</p>
{{#SUGGESTIONS}}
<ul class="suggestions">
{{#SUGGESTION}}
<li><a href="{{SUGGESTION_URL}}">{{SUGGESTION_TITLE}}</a></li>
{{/SUGGESTION}}
</ul>
{{/SUGGESTIONS}}
{{#FIND}}
<form role="search" aria-label="[[search.name]]" action="{{ROOT_URL}}search">
<div class="field"><label for="q">[[search.label]]</label>
<input id="q" name="q" type="search" enterkeyhint="search" value="{{QUERY}}"></div>
<p class="buttons"><button>[[search.button]]</button></p>
</form>
<ul class="row">
<li><a href="{{ROOT_URL}}">[[nav.main]]</a></li>
<li><a href="{{ROOT_URL}}archive">[[nav.archive]]</a></li>
</ul>
{{/FIND}}
</div>
[[>parts/close]]
