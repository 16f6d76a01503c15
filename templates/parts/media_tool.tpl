{{%AUTOESCAPE context="HTML"}}
{{! What makes pictures easy to bring: dropped, pasted, picked. Without script it does nothing, and the library's form is the way. Before parts/admin_close. }}
<div id="media-tool" hidden data-pick="[[admin.media.pick]]" data-find="[[admin.media.pick.find]]" data-close="[[admin.media.pick.close]]" data-alt="[[admin.media.pick.alt]]" data-alt-help="[[admin.media.alt.help]]" data-insert="[[admin.media.pick.insert]]" data-add="[[admin.media.choose]]" data-none="[[admin.media.empty]]" data-sending="[[admin.media.sending|name={name}|n={n}]]" data-failed="[[admin.media.failed|name={name}]]"></div>
<script src="[[static:admin-media.js]]" defer></script>
