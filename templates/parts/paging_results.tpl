{{%AUTOESCAPE context="HTML"}}
{{! As parts/paging, for what is ordered by how well it fits: nothing there is newer or older. }}
{{#PAGING}}
<nav class="paging" aria-label="[[nav.paging]]">
<p>{{#NEWER_PAGE}}<a rel="prev" href="{{NEWER_PAGE_URL}}">[[paging.results.back]]</a> | {{/NEWER_PAGE}}<span>{{PAGE_LABEL}}</span>{{#OLDER_PAGE}} | <a rel="next" href="{{OLDER_PAGE_URL}}">[[paging.results.more]]</a>{{/OLDER_PAGE}}</p>
</nav>
{{/PAGING}}
