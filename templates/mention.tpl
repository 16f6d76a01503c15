{{%AUTOESCAPE context="HTML"}}
{{! What became of a webmention or a reader's response: MENTION_TEXT; MENTION_SOURCE_URL MENTION_SOURCE its page; ENTRY_URL ENTRY_TITLE. }}
[[>parts/open]]
<div class="message">
<h1>[[mention.title]]</h1>
<p role="status">{{MENTION_TEXT}}</p>
<p>[[mention.page]] <a rel="nofollow ugc noopener" href="{{MENTION_SOURCE_URL}}">{{MENTION_SOURCE}}</a></p>
<p>[[mention.entry]] <a href="{{ENTRY_URL}}">{{ENTRY_TITLE}}</a></p>
</div>
[[>parts/close]]
