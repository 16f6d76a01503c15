{{%AUTOESCAPE context="HTML"}}
{{! PAGING (section): PAGE_LABEL (Page 2 of 9); NEWER_PAGE (section): NEWER_PAGE_URL; OLDER_PAGE (section): OLDER_PAGE_URL. }}
{{#PAGING}}
<nav class="paging" aria-label="[[nav.paging]]">
<p>{{#NEWER_PAGE}}<a rel="next" href="{{NEWER_PAGE_URL}}">[[paging.newer]]</a> | {{/NEWER_PAGE}}<span>{{PAGE_LABEL}}</span>{{#OLDER_PAGE}} | <a rel="prev" href="{{OLDER_PAGE_URL}}">[[paging.older]]</a>{{/OLDER_PAGE}}</p>
</nav>
{{/PAGING}}
