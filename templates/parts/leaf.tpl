{{%AUTOESCAPE context="HTML"}}
{{! The date of an entry: DATETIME for machines, WEEKDAY MONTH DAY YEAR for people (the short month: Mar). }}
<time class="leaf dt-published" datetime="{{DATETIME}}">[[date.leaf|weekday=<span class="weekday">{{WEEKDAY}}</span>|month=<span class="month">{{MONTH}}</span>|day=<span class="day">{{DAY}}</span>|year=<span class="year">{{YEAR}}</span>]]</time>
