{{%AUTOESCAPE context="HTML"}}
{{! What stands under an entry. Each is a section that may be left out:
POSTED_LINE: POSTED_TEXT (date and time), DATETIME; AUTHOR_NAME and AUTHOR_URL; UNSIGNED instead of it: the author for machines only.
UPDATED_LINE: UPDATED_DATETIME UPDATED_TEXT.
FILED_LINE around FILED_CATEGORY (repeated): CATEGORY_NAME CATEGORY_URL. TAGGED_LINE around FILED_TAG (repeated): TAG_NAME TAG_URL.
ACTIONS around PERMALINK_LINE, PRINT_LINE: PRINT_URL, MAIL_LINE: MAIL_URL, COMMENTS_LINE: COMMENTS_URL COMMENTS_LABEL. ENTRY_URL. }}
{{#POSTED_LINE}}
<p class="posted">[[entry.posted|author=<a class="p-author h-card" rel="author" href="{{AUTHOR_URL}}">{{AUTHOR_NAME}}</a>|date=<time datetime="{{DATETIME}}">{{POSTED_TEXT}}</time>]]</p>
{{/POSTED_LINE}}
{{#UNSIGNED}}
<a class="p-author h-card" href="{{AUTHOR_URL}}" hidden>{{AUTHOR_NAME}}</a>
{{/UNSIGNED}}
{{#UPDATED_LINE}}
<p class="updated">[[entry.updated|date=<time class="dt-updated" datetime="{{UPDATED_DATETIME}}">{{UPDATED_TEXT}}</time>]]</p>
{{/UPDATED_LINE}}
{{#FILED_LINE}}
<p class="filed">[[entry.filed|names={{#FILED_CATEGORY}}<a class="p-category" rel="tag" href="{{CATEGORY_URL}}">{{CATEGORY_NAME}}</a>{{#FILED_CATEGORY_separator}}, {{/FILED_CATEGORY_separator}}{{/FILED_CATEGORY}}]]</p>
{{/FILED_LINE}}
{{#TAGGED_LINE}}
<p class="tagged">[[entry.tagged|names={{#FILED_TAG}}<a class="p-category" rel="tag" href="{{TAG_URL}}">{{TAG_NAME}}</a>{{#FILED_TAG_separator}}, {{/FILED_TAG_separator}}{{/FILED_TAG}}]]</p>
{{/TAGGED_LINE}}
{{#ACTIONS}}
<ul class="row">
{{#PERMALINK_LINE}}
<li><a rel="bookmark" href="{{ENTRY_URL}}">[[entry.permalink]]</a></li>
{{/PERMALINK_LINE}}
{{#PRINT_LINE}}
<li><a href="{{PRINT_URL}}" rel="nofollow">[[entry.print]]</a></li>
{{/PRINT_LINE}}
{{#MAIL_LINE}}
<li><a href="{{MAIL_URL}}" rel="nofollow">[[entry.mail]]</a></li>
{{/MAIL_LINE}}
{{#COMMENTS_LINE}}
<li><a href="{{COMMENTS_URL}}">{{COMMENTS_LABEL}}</a></li>
{{/COMMENTS_LINE}}
</ul>
{{/ACTIONS}}
