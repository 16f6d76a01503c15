{{%AUTOESCAPE context="HTML"}}
{{! What the doctor found. FINDING (repeated): FINDING_ID FINDING_NAME FINDING_TEXT, one of FINDING_GOOD FINDING_LOOK FINDING_BAD (sections), FINDING_ADVICE (section): FINDING_MEND, FINDING_SITE (section): SITE_PAGE_URL where settings are changed. }}
<ul class="rows findings">
{{#FINDING}}
<li data-finding="{{FINDING_ID}}">
<div class="name">{{FINDING_NAME}}</div>
<div class="how">{{#FINDING_GOOD}}<span class="good">[[admin.doctor.good]]</span>{{/FINDING_GOOD}}{{#FINDING_LOOK}}<span class="look">[[admin.doctor.look]]</span>{{/FINDING_LOOK}}{{#FINDING_BAD}}<span class="bad">[[admin.doctor.bad]]</span>{{/FINDING_BAD}}</div>
<div class="what">
<p>{{FINDING_TEXT}}</p>
{{#FINDING_ADVICE}}
<p class="mend">{{FINDING_MEND}}{{#FINDING_SITE}}<br><a href="{{SITE_PAGE_URL}}">[[admin.nav.site]]</a>{{/FINDING_SITE}}</p>
{{/FINDING_ADVICE}}
</div>
</li>
{{/FINDING}}
</ul>
