{{%AUTOESCAPE context="HTML"}}
{{! The doctor. DOCTOR_LEAD; HEADER_TEST_URL where a script asks whether a header arrives; parts/findings; IMPORT_PAGE_URL. }}
[[>parts/admin_open]]
<p class="measure">{{DOCTOR_LEAD}}</p>
<div id="doctor" data-header="{{HEADER_TEST_URL}}" data-good="[[admin.doctor.good]]" data-arrives="[[admin.doctor.authorization.good]]" data-lost="[[admin.doctor.authorization.none]]">
[[>parts/findings]]
</div>
<p class="hint">[[admin.doctor.command]] <code>daybook doctor</code></p>
<p><a href="{{IMPORT_PAGE_URL}}">[[admin.import.title]]</a></p>
<script src="[[static:admin-doctor.js]]" defer></script>
[[>parts/admin_close]]
