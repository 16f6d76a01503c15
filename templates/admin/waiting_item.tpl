{{%AUTOESCAPE context="HTML"}}
{{! One thing of the queue. WAIT_NAME WAIT_KEY WAIT_STATE and parts/waiting.tpl; QUEUE_URL QUEUE_LIST; ITEM_ACT (repeated): ACT_NAME ACT_LABEL; WAIT_THERE (section): THERE_URL.
REPLY_FORM (section): REPLY_URL REPLY_VALUE REPLY_LABEL, REPLY_WRONG (section): REPLY_ERROR. BLOCK_URL BLOCKS_URL, BLOCK_CHOICE (repeated): BLOCK_KIND BLOCK_TEXT BLOCK_PATTERN, BLOCK_CHOSEN (section);
WORD_VALUE, WORD_CHOSEN (section); BLOCK_WRONG (section): BLOCK_ERROR. }}
[[>parts/admin_open]]
<p class="meta"><a href="{{QUEUE_URL}}">[[admin.queue.waiting]]</a> <span class="state">{{WAIT_STATE}}</span>{{#WAIT_THERE}} <a href="{{THERE_URL}}">[[admin.view.entry]]</a>{{/WAIT_THERE}}</p>
<div class="queue one">
<h2 dir="auto">{{WAIT_NAME}}</h2>
[[>parts/waiting]]
</div>
<form method="post" action="{{QUEUE_URL}}">
<input type="hidden" name="show" value="{{QUEUE_LIST}}">
<p class="buttons">{{#ITEM_ACT}}<button name="one" value="{{ACT_NAME}} {{WAIT_KEY}}">{{ACT_LABEL}}</button> {{/ITEM_ACT}}</p>
</form>
{{#REPLY_FORM}}
<section class="around" aria-labelledby="reply-title">
<h2 id="reply-title">[[admin.queue.reply]]</h2>
<form class="fields measure" method="post" action="{{REPLY_URL}}" accept-charset="utf-8">
<div class="field">
<label for="text">[[admin.queue.reply.text]]</label>
<textarea id="text" name="text" rows="6"{{#REPLY_WRONG}} aria-invalid="true" aria-describedby="text-error"{{/REPLY_WRONG}}>
{{REPLY_VALUE:p}}</textarea>
{{#REPLY_WRONG}}
<p class="error" id="text-error">{{REPLY_ERROR}}</p>
{{/REPLY_WRONG}}
</div>
<p class="buttons"><button>{{REPLY_LABEL}}</button></p>
</form>
</section>
{{/REPLY_FORM}}
<section class="around" aria-labelledby="block-title">
<h2 id="block-title">[[admin.blocks.from]]</h2>
<form class="fields measure" method="post" action="{{BLOCK_URL}}" accept-charset="utf-8">
<fieldset{{#BLOCK_WRONG}} aria-describedby="block-error"{{/BLOCK_WRONG}}>
<legend>[[admin.blocks.help]]</legend>
{{#BLOCK_CHOICE}}
<p class="check"><input type="radio" id="kind-{{BLOCK_KIND}}" name="kind" value="{{BLOCK_KIND}}"{{#BLOCK_CHOSEN}} checked{{/BLOCK_CHOSEN}}> <label for="kind-{{BLOCK_KIND}}">{{BLOCK_TEXT}} <span class="hint">{{BLOCK_PATTERN}}</span></label></p>
{{/BLOCK_CHOICE}}
<p class="check"><input type="radio" id="kind-word" name="kind" value="word"{{#WORD_CHOSEN}} checked{{/WORD_CHOSEN}}> <label for="kind-word">[[admin.blocks.word]]</label></p>
<p class="field inner"><label for="word">[[admin.blocks.word.which]]</label> <input id="word" name="word" type="text" value="{{WORD_VALUE}}"></p>
{{#BLOCK_WRONG}}
<p class="error" id="block-error">{{BLOCK_ERROR}}</p>
{{/BLOCK_WRONG}}
</fieldset>
<p class="check"><input type="checkbox" id="spam" name="spam" value="1" checked> <label for="spam">[[admin.blocks.spam]]</label></p>
<p class="buttons"><button>[[admin.blocks.add]]</button> <a href="{{BLOCKS_URL}}">[[admin.blocks.title]]</a></p>
</form>
</section>
[[>parts/admin_close]]
