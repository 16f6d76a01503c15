{{%AUTOESCAPE context="HTML"}}
{{! Search. QUERY what was asked; SEARCHED (section): SEARCH_SUMMARY (3 results for “x”, or nothing found);
RESULTS (section) around RESULT (repeated): RESULT_TITLE RESULT_URL RESULT_KIND (Entry, Page, Comment), RESULT_DATED (section): RESULT_DATETIME RESULT_DATE,
RESULT_BY (section): RESULT_AUTHOR (of a comment), SNIPPET_HTML with mark. NOTHING (section). Then parts/paging_results. }}
[[>parts/open]]
<div class="search">
<h1>[[search.title]]</h1>
<form role="search" aria-label="[[search.name]]" action="{{ROOT_URL}}search">
<div class="field"><label for="q">[[search.label]]</label>
<p class="help" id="q-help">[[search.help]]</p>
<input id="q" name="q" type="search" enterkeyhint="search" value="{{QUERY}}" aria-describedby="q-help"></div>
<p class="buttons"><button class="primary">[[search.button]]</button></p>
</form>
{{#SEARCHED}}
<p class="summary" role="status">{{SEARCH_SUMMARY}}</p>
{{/SEARCHED}}
{{#NOTHING}}
<p class="hint"><a href="{{ROOT_URL}}archive">[[nav.archive]]</a></p>
{{/NOTHING}}
{{#RESULTS}}
<ol class="results">
{{#RESULT}}
<li>
<h2><a href="{{RESULT_URL}}">{{RESULT_TITLE}}</a></h2>
<p class="signature">{{RESULT_KIND}}{{#RESULT_BY}} | {{RESULT_AUTHOR}}{{/RESULT_BY}}{{#RESULT_DATED}} | <time datetime="{{RESULT_DATETIME}}">{{RESULT_DATE}}</time>{{/RESULT_DATED}}</p>
<p class="snippet">{{SNIPPET_HTML}}</p>
</li>
{{/RESULT}}
</ol>
{{/RESULTS}}
</div>
[[>parts/paging_results]]
[[>parts/close]]
