{{%AUTOESCAPE context="HTML"}}
{{! The queue. LIST_LINK (repeated): LIST_URL LIST_NAME LIST_NUMBER, LIST_CURRENT (section). UNDO (section): UNDO_TEXT UNDO_URL UNDO_FIRST UNDO_LAST UNDO_LIST.
NO_ENTRIES (section): EMPTY_TEXT. QUEUE (section): QUEUE_URL QUEUE_LIST QUEUE_FROM, QUEUE_ACT (repeated): ACT_NAME ACT_LABEL, QUEUE_ERASE (section): ERASE_URL, QUEUE_ITEM (repeated): see parts/waiting.tpl, and
ITEM_ACT (repeated): ACT_NAME ACT_LABEL. QUEUE_PAGING (section): QUEUE_BEGIN (section): BEGIN_URL, QUEUE_MORE (section): MORE_URL. BLOCKS_URL.
QUEUE_FEED (section): FEED_MAKE_URL, FEED_NONE (section), FEED_THERE (section): FEED_ADDRESS. }}
[[>parts/admin_open]]
{{#UNDO}}
<form class="notice undo" method="post" action="{{UNDO_URL}}" id="undo">
<input type="hidden" name="first" value="{{UNDO_FIRST}}">
<input type="hidden" name="last" value="{{UNDO_LAST}}">
<input type="hidden" name="show" value="{{UNDO_LIST}}">
<p role="status">{{UNDO_TEXT}}</p>
<button class="quiet">[[admin.queue.undo]]</button>
</form>
{{/UNDO}}
<div class="bar">
<nav aria-label="[[admin.lists]]">
<ul class="tabs">
{{#LIST_LINK}}
<li><a href="{{LIST_URL}}"{{#LIST_CURRENT}} aria-current="page"{{/LIST_CURRENT}}>{{LIST_NAME}} <span class="count">{{LIST_NUMBER}}</span></a></li>
{{/LIST_LINK}}
</ul>
</nav>
<p class="aside"><button class="quiet" type="button" id="keys-open" hidden>[[admin.queue.keys]] <code>?</code></button> <a href="{{BLOCKS_URL}}">[[admin.blocks.title]]</a></p>
</div>
{{#NO_ENTRIES}}
<p class="empty">{{EMPTY_TEXT}}</p>
{{/NO_ENTRIES}}
{{#QUEUE}}
<form method="post" action="{{QUEUE_URL}}" id="queue">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<input type="hidden" name="show" value="{{QUEUE_LIST}}">
<input type="hidden" name="from" value="{{QUEUE_FROM}}">
<div class="bulk">
<p class="check" id="all-line" hidden><input type="checkbox" id="all"> <label for="all">[[admin.queue.all]]</label></p>
<p class="buttons"><span class="hint">[[admin.queue.chosen]]</span>{{#QUEUE_ACT}} <button class="quiet" name="act" value="{{ACT_NAME}}">{{ACT_LABEL}}</button>{{/QUEUE_ACT}}{{#QUEUE_ERASE}} <button class="quiet danger" formaction="{{ERASE_URL}}">[[admin.erase]]</button>{{/QUEUE_ERASE}}</p>
</div>
<ul class="rows queue">
{{#QUEUE_ITEM}}
<li id="{{WAIT_KEY}}" tabindex="-1">
<h2><input type="checkbox" id="pick-{{WAIT_KEY}}" name="item" value="{{WAIT_KEY}}"> <label for="pick-{{WAIT_KEY}}" dir="auto">{{WAIT_NAME}}</label></h2>
[[>parts/waiting]]
{{#WAIT_CUT}}
<p class="meta"><a href="{{WAIT_PAGE_URL}}">[[admin.queue.whole|name=<span class="visually-hidden">{{WAIT_NAME}}</span>]]</a></p>
{{/WAIT_CUT}}
<p class="buttons">{{#ITEM_ACT}}<button class="quiet" name="one" value="{{ACT_NAME}} {{WAIT_KEY}}">{{ACT_LABEL}}<span class="visually-hidden">: {{WAIT_NAME}}</span></button> {{/ITEM_ACT}}<a class="more" href="{{WAIT_PAGE_URL}}">[[admin.queue.more|name=<span class="visually-hidden">{{WAIT_NAME}}</span>]]</a></p>
</li>
{{/QUEUE_ITEM}}
</ul>
</form>
{{/QUEUE}}
{{#QUEUE_PAGING}}
<nav class="paging" aria-label="[[nav.paging]]">
<p>{{#QUEUE_BEGIN}}<a href="{{BEGIN_URL}}">[[admin.queue.newest]]</a>{{/QUEUE_BEGIN}} {{#QUEUE_MORE}}<a href="{{MORE_URL}}" rel="next">[[admin.queue.older]]</a>{{/QUEUE_MORE}}</p>
</nav>
{{/QUEUE_PAGING}}
{{#QUEUE_FEED}}
<section class="around" id="feed" aria-labelledby="feed-title">
<h2 id="feed-title">[[admin.queue.feed]]</h2>
<form class="fields measure" method="post" action="{{FEED_MAKE_URL}}">
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
{{#FEED_NONE}}
<p class="help">[[admin.queue.feed.help]]</p>
<p class="buttons"><button>[[admin.queue.feed.make]]</button></p>
{{/FEED_NONE}}
{{#FEED_THERE}}
<div class="field">
<label for="feed-address">[[admin.queue.feed.address]]</label>
<p class="help" id="feed-help">[[admin.queue.feed.secret]]</p>
<input id="feed-address" type="text" readonly value="{{FEED_ADDRESS}}" aria-describedby="feed-help">
</div>
<p class="buttons"><button class="quiet" name="act" value="new">[[admin.queue.feed.new]]</button> <button class="quiet danger" name="act" value="end">[[admin.queue.feed.end]]</button></p>
{{/FEED_THERE}}
</form>
</section>
{{/QUEUE_FEED}}
<dialog id="keys" aria-labelledby="keys-title">
<h2 id="keys-title">[[admin.queue.keys.title]]</h2>
<dl class="keys">
<dt><code>j</code> <code>k</code></dt><dd>[[admin.queue.keys.move]]</dd>
<dt><code>x</code></dt><dd>[[admin.queue.keys.choose]]</dd>
<dt><code>a</code></dt><dd>[[admin.queue.approve]]</dd>
<dt><code>s</code></dt><dd>[[admin.queue.is_spam]]</dd>
<dt><code>d</code></dt><dd>[[admin.queue.delete]]</dd>
<dt><code>u</code></dt><dd>[[admin.queue.undo]]</dd>
</dl>
<p class="hint">[[admin.queue.keys.what]]</p>
<p class="check"><input type="checkbox" id="keys-on"> <label for="keys-on">[[admin.queue.keys.on]]</label></p>
<p class="buttons away"><button class="primary" type="button" id="keys-close">[[admin.queue.keys.close]]</button></p>
</dialog>
<script src="[[static:admin-queue.js]]" defer></script>
[[>parts/admin_close]]
