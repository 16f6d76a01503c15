{{%AUTOESCAPE context="HTML"}}
{{! One comment: COMMENT_ID, COMMENT_DATETIME, COMMENT_DATE (March 19, 2007 at 9:40 PM), COMMENT_AUTHOR,
COMMENT_LINKED or COMMENT_UNLINKED (sections): the first with COMMENT_AUTHOR_URL; COMMENT_HTML;
REPLY_LINE (section): REPLY_URL, where one can answer. }}
<article class="comment h-cite p-comment" id="comment-{{COMMENT_ID}}">
<h3 class="visually-hidden">[[comment.heading|name={{COMMENT_AUTHOR}}|date={{COMMENT_DATE}}]]</h3>
<div class="body e-content" dir="auto">
{{COMMENT_HTML}}
</div>
<p class="signature"><a class="u-url" href="#comment-{{COMMENT_ID}}"><time class="dt-published" datetime="{{COMMENT_DATETIME}}">{{COMMENT_DATE}}</time></a> | {{#COMMENT_LINKED}}<a class="p-author h-card" dir="auto" rel="nofollow ugc noopener" href="{{COMMENT_AUTHOR_URL}}">{{COMMENT_AUTHOR}}</a>{{/COMMENT_LINKED}}{{#COMMENT_UNLINKED}}<span class="p-author h-card" dir="auto">{{COMMENT_AUTHOR}}</span>{{/COMMENT_UNLINKED}}</p>
{{#REPLY_LINE}}
<p class="hint answer"><a class="reply" rel="nofollow" href="{{REPLY_URL}}">[[comment.reply|name={{COMMENT_AUTHOR}}]]</a></p>
{{/REPLY_LINE}}
</article>
