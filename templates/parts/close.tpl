{{%AUTOESCAPE context="HTML"}}
{{! The end of every page of the journal, from the closing of main.
SIDEBAR (section): SIDEBAR_HTML from sidebar.tpl; OWNER (section): COPYRIGHT_TEXT ("2004–2026"), OWNER_NAME, OWNER_URL (absolute). }}
</main>
{{#SIDEBAR}}
<aside class="sidebar" aria-label="[[sidebar.name]]">
{{SIDEBAR_HTML}}
</aside>
{{/SIDEBAR}}
</div>
<footer class="site">
{{#CANONICAL}}
<p class="paper">[[print.source|address={{CANONICAL_URL}}]]</p>
{{/CANONICAL}}
{{#OWNER}}
<p>© {{COPYRIGHT_TEXT}} <a class="h-card" rel="me" href="{{OWNER_URL}}">{{OWNER_NAME}}</a></p>
{{/OWNER}}
<ul class="row">
<li><a href="{{ROOT_URL}}archive">[[nav.archive]]</a></li>
<li><a href="{{ROOT_URL}}search">[[nav.search]]</a></li>
<li><a href="{{ROOT_URL}}atom.xml">[[nav.feed]]</a></li>
<li><a href="{{ROOT_URL}}contact">[[nav.contact]]</a></li>
<li><a href="{{ROOT_URL}}privacy">[[nav.privacy]]</a></li>
</ul>
<p>[[footer.made]]</p>
</footer>
</body>
</html>
