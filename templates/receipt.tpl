{{%AUTOESCAPE context="HTML"}}
{{! What became of a comment, for whoever knows this page's address. RECEIPT_TITLE, RECEIPT_TEXT; CONFIRM_NOTE (section) where a mail was sent;
RECEIPT_COMMENT (section) with the values of parts/comment.tpl; RECEIPT_ADDRESS in full; PUBLIC_LINK (section): PUBLIC_URL; ENTRY_URL ENTRY_TITLE;
OWN_LINKS (section) around EDIT_LINK (section): EDIT_URL; MINE_URL. }}
[[>parts/open]]
<div class="message" data-posted>
<h1>{{RECEIPT_TITLE}}</h1>
<p class="notice" role="status">{{RECEIPT_TEXT}}</p>
{{#CONFIRM_NOTE}}
<p>[[receipt.confirm]]</p>
{{/CONFIRM_NOTE}}
{{#RECEIPT_COMMENT}}
<section class="comments" aria-labelledby="receipt-comment">
<h2 id="receipt-comment">[[receipt.comment]]</h2>
[[>parts/comment]]
</section>
{{/RECEIPT_COMMENT}}
<p>[[receipt.keep]]<br><a href="{{RECEIPT_URL}}">{{RECEIPT_ADDRESS}}</a></p>
<ul class="row">
{{#PUBLIC_LINK}}
<li><a href="{{PUBLIC_URL}}">[[receipt.show]]</a></li>
{{/PUBLIC_LINK}}
{{#EDIT_LINK}}
<li><a href="{{EDIT_URL}}">[[own.edit]]</a></li>
{{/EDIT_LINK}}
{{#MINE_LINK}}
<li><a href="{{MINE_URL}}">[[own.all]]</a></li>
{{/MINE_LINK}}
<li><a href="{{ENTRY_URL}}">[[receipt.back]]</a></li>
</ul>
</div>
<script src="[[static:comment.js]]" defer></script>
[[>parts/close]]
