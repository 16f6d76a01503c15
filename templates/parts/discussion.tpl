{{%AUTOESCAPE context="HTML"}}
{{! References, Reader Comments and the form, below an entry or a page.
REFERENCES (section, absent at 0): REFERENCES_HEADING, around REFERENCE (repeated): REFERENCE_SOURCE or REFERENCE_RESPONSE (sections), each showing
REFERENCE_KIND (of a response) REFERENCE_TITLE REFERENCE_URL; REFERENCE_BY (section): REFERENCE_BYLINE (site, author), REFERENCE_DATED (section): REFERENCE_DATETIME REFERENCE_DATE,
REFERENCE_QUOTED (section): REFERENCE_EXCERPT.
COMMENTS (section, absent where they were never enabled): COMMENTS_HEADING; NO_COMMENTS (section) with an open form and nothing yet, COMMENTS_QUIET (section) with nothing yet and no form below;
THREADS (section) around THREAD (repeated): THREAD_FIRST (section, once) with the values of parts/comment.tpl, then REPLIES (section) around
REPLY (repeated) with the same values; a comment's values never stand in THREAD itself, or its replies would inherit them.
COMMENTS_FEED (section): COMMENTS_FEED_URL. COMMENTS_CLOSED (section) around RESPOND_LINE (section): RESPOND_URL. COMMENT_FORM (section): see parts/comment_form.tpl. }}
{{#REFERENCES}}
<section class="references" id="references" aria-labelledby="references-title">
<h2 id="references-title">{{REFERENCES_HEADING}}</h2>
<ul>
{{#REFERENCE}}
<li class="h-cite">
{{#REFERENCE_SOURCE}}
<p class="reference"><span class="kind">[[reference.source]]</span> <a class="u-url p-name" href="{{REFERENCE_URL}}">{{REFERENCE_TITLE}}</a></p>
{{/REFERENCE_SOURCE}}
{{#REFERENCE_RESPONSE}}
<p class="reference"><span class="kind">{{REFERENCE_KIND}}</span> <a class="u-url p-name" rel="nofollow ugc noopener" href="{{REFERENCE_URL}}">{{REFERENCE_TITLE}}</a></p>
{{/REFERENCE_RESPONSE}}
{{#REFERENCE_QUOTED}}
<blockquote class="p-content"><p>{{REFERENCE_EXCERPT}}</p></blockquote>
{{/REFERENCE_QUOTED}}
<p class="signature">{{#REFERENCE_DATED}}<time class="dt-published" datetime="{{REFERENCE_DATETIME}}">{{REFERENCE_DATE}}</time>{{/REFERENCE_DATED}}{{#REFERENCE_BY}} | <span class="p-author">{{REFERENCE_BYLINE}}</span>{{/REFERENCE_BY}}</p>
</li>
{{/REFERENCE}}
</ul>
</section>
{{/REFERENCES}}
{{#COMMENTS}}
<section class="comments" id="comments" aria-labelledby="comments-title">
<h2 id="comments-title">{{COMMENTS_HEADING}}</h2>
{{#NO_COMMENTS}}
<p class="hint">[[comments.none]]</p>
{{/NO_COMMENTS}}
{{#COMMENTS_QUIET}}
<p class="hint">[[comments.quiet]]</p>
{{/COMMENTS_QUIET}}
{{#THREADS}}
<ol>
{{#THREAD}}
<li>
{{#THREAD_FIRST}}
[[>parts/comment]]
{{/THREAD_FIRST}}
{{#REPLIES}}
<ol>
{{#REPLY}}
<li>
[[>parts/comment]]
</li>
{{/REPLY}}
</ol>
{{/REPLIES}}
</li>
{{/THREAD}}
</ol>
{{/THREADS}}
{{#COMMENTS_CLOSED}}
<p class="notice">[[comments.closed]]</p>
{{#RESPOND_LINE}}
<p class="hint"><a href="{{RESPOND_URL}}">[[form.respond]]</a></p>
{{/RESPOND_LINE}}
{{/COMMENTS_CLOSED}}
{{#COMMENTS_FEED}}
<p class="hint"><a href="{{COMMENTS_FEED_URL}}">[[comments.feed]]</a></p>
{{/COMMENTS_FEED}}
</section>
{{/COMMENTS}}
{{#COMMENT_FORM}}
[[>parts/comment_form]]
{{/COMMENT_FORM}}
