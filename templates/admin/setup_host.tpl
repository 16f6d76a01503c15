{{%AUTOESCAPE context="HTML"}}
{{! First run, step 3: the host, the canary, what to bring along. SETUP_STEP; HOST_TEXT, HOST_SHOWN (section) around parts/findings. CANARY_NAME CANARY_TEXT CANARY_URL (repeated in CANARY_PLACE): addresses; CANARY_PROBE_URL a file
that is served; CANARY_ASKING CANARY_KEPT CANARY_OPEN CANARY_MEND texts, CANARY_UNSEEN (section): the mend is hidden; HOST_URL, ACT_TOKEN; CANARY_LOOK the text without script. Then parts/import_list and parts/import_add. }}
[[>parts/admin_open]]
<p class="hint step">{{SETUP_STEP}}</p>
<section aria-labelledby="canary-title">
<h2 id="canary-title">[[admin.canary.title]]</h2>
<div id="canary" data-text="{{CANARY_TEXT}}" data-probe="{{CANARY_PROBE_URL}}" data-kept="{{CANARY_KEPT}}" data-open="{{CANARY_OPEN}}" data-unsure="[[admin.canary.unsure]]">
<p class="measure" id="canary-said" role="status" hidden>{{CANARY_ASKING}}</p>
<p class="measure mend"{{#CANARY_UNSEEN}} hidden{{/CANARY_UNSEEN}}>{{CANARY_MEND}}</p>
<ul hidden>
{{#CANARY_PLACE}}
<li data-address="{{CANARY_URL}}"></li>
{{/CANARY_PLACE}}
</ul>
<noscript>
<p class="measure">{{CANARY_LOOK}}</p>
<p class="canary-frame" role="group" aria-label="[[admin.canary.frame]]">{{#CANARY_PICTURE}}<img src="{{CANARY_URL}}" alt="">{{/CANARY_PICTURE}}</p>
</noscript>
</div>
</section>
<section aria-labelledby="host-title">
<h2 id="host-title">[[admin.setup.host]]</h2>
<p class="measure">{{HOST_TEXT}}</p>
{{#HOST_SHOWN}}
[[>parts/findings]]
{{/HOST_SHOWN}}
</section>
<form class="fields measure" id="host" method="post" action="{{HOST_URL}}" accept-charset="utf-8">
<h2>[[admin.setup.bring]]</h2>
<input type="hidden" name="token" value="{{ACT_TOKEN}}">
<input type="hidden" name="canary" value="{{CANARY_NAME}}">
<input type="hidden" name="proof" value="">
[[>parts/import_list]]
</form>
[[>parts/import_add]]
<p class="buttons needs-script"><button class="primary" id="finish" form="host">[[admin.setup.finish]]</button></p>
<noscript>
<p class="buttons"><button class="primary" name="seen" value="none" form="host">[[admin.canary.none]]</button> <button name="seen" value="red" form="host">[[admin.canary.red]]</button></p>
</noscript>
<script src="[[static:admin-canary.js]]" defer></script>
[[>parts/admin_close]]
