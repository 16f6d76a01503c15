{{%AUTOESCAPE context="HTML"}}
{{! One entry. Besides parts/open, leaf, lines, discussion, close:
NEIGHBOURS (section): NEWER (section): NEWER_URL NEWER_TITLE; OLDER (section): OLDER_URL OLDER_TITLE (plain titles).
ENTRY_LANG (section): ENTRY_LANGUAGE; ENTRY_RTL, ENTRY_LTR (sections) where the entry runs other than the words do.
ENTRY_URL, what parts/headline needs,
the last, UNTITLED (section) hides a title that was made up; PINNED (section).
OPEN_ENTRY (section) around parts/text;
LOCKED (section) instead: UNLOCK_URL, UNLOCK_WRONG (section) after a wrong password. LINES (section) around parts/lines. RELATED (section) around RELATED_ENTRY (repeated): RELATED_URL RELATED_TITLE. }}
[[>parts/open]]
{{#NEIGHBOURS}}
<nav class="neighbours" aria-label="[[nav.entries]]">
<p>{{#NEWER}}<a rel="next" href="{{NEWER_URL}}" aria-label="[[entry.newer|title={{NEWER_TITLE}}]]">« {{NEWER_TITLE}}</a> | {{/NEWER}}<a href="{{ROOT_URL}}">[[nav.main]]</a>{{#OLDER}} | <a rel="prev" href="{{OLDER_URL}}" aria-label="[[entry.older|title={{OLDER_TITLE}}]]">{{OLDER_TITLE}}<span> »</span></a>{{/OLDER}}</p>
</nav>
{{/NEIGHBOURS}}
<article class="entry h-entry">
<header>
[[>parts/leaf]]
{{#PINNED}}
<p class="label">[[entry.pinned]]</p>
{{/PINNED}}
<h1 class="p-name{{#UNTITLED}} visually-hidden{{/UNTITLED}}"[[>parts/lang]]><a class="u-url u-uid" rel="bookmark" href="{{ENTRY_URL}}">[[>parts/headline]]</a></h1>
</header>
{{#OPEN_ENTRY}}
[[>parts/text]]
{{/OPEN_ENTRY}}
{{#LOCKED}}
<form class="unlock" method="post" action="{{UNLOCK_URL}}">
<p>[[entry.locked]]</p>
<div class="field">
<label for="unlock">[[entry.password]]</label>
<input id="unlock" name="password" type="password" autocomplete="off" required{{#UNLOCK_WRONG}} aria-invalid="true" aria-describedby="unlock-error" autofocus{{/UNLOCK_WRONG}}>
{{#UNLOCK_WRONG}}
<p class="error" id="unlock-error">[[entry.password.wrong]]</p>
{{/UNLOCK_WRONG}}
</div>
<p class="buttons"><button class="primary">[[entry.unlock]]</button></p>
</form>
{{/LOCKED}}
{{#LINES}}
<footer class="lines">
[[>parts/lines]]
</footer>
{{/LINES}}
</article>
[[>parts/discussion]]
{{#RELATED}}
<nav class="related" aria-labelledby="related-heading">
<h2 id="related-heading">[[entry.related]]</h2>
<ul>
{{#RELATED_ENTRY}}
<li><a href="{{RELATED_URL}}">{{RELATED_TITLE}}</a></li>
{{/RELATED_ENTRY}}
</ul>
</nav>
{{/RELATED}}
[[>parts/close]]
