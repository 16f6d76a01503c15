{{%AUTOESCAPE context="HTML"}}
{{! An entry for paper: no sidebar, no form. LANG RTL PAGE_TITLE ROOT_URL SITE_TITLE CANONICAL_URL (absolute) as on every page; parts/leaf;
ENTRY_LANG ENTRY_RTL ENTRY_LTR what parts/headline needs; PRINT_BODY_HTML: the whole text, its links written out (print_links.h); BYLINE (section): AUTHOR_NAME;
UPDATE (repeated) as in entry.tpl; THREADS as in parts/discussion with COMMENTS_HEADING. }}
<!doctype html>
<html lang="{{LANG}}"{{#RTL}} dir="rtl"{{/RTL}}>
<head>
<meta charset="utf-8">
<title>{{PAGE_TITLE}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="[[static:style.css]]">
<link rel="canonical" href="{{CANONICAL_URL}}">
</head>
<body class="printed">
<header class="site">
<p class="title"><a href="{{ROOT_URL}}" rel="home">{{SITE_TITLE}}</a></p>
</header>
<main id="main">
<article class="entry">
<header>
[[>parts/leaf]]
<h1[[>parts/lang]]>[[>parts/headline]]</h1>
{{#BYLINE}}
<p class="hint">[[print.by|author={{AUTHOR_NAME}}]]</p>
{{/BYLINE}}
</header>
<div class="body"[[>parts/lang]]>
{{PRINT_BODY_HTML}}
{{#UPDATE}}
<div class="update">
<p class="label">[[entry.update|date=<time datetime="{{UPDATE_DATETIME}}">{{UPDATE_DATE}}</time>]]</p>
{{UPDATE_HTML}}
</div>
{{/UPDATE}}
</div>
</article>
{{#THREADS}}
<section class="comments" aria-labelledby="comments-title">
<h2 id="comments-title">{{COMMENTS_HEADING}}</h2>
<ol>
{{#THREAD}}
<li>
{{#THREAD_FIRST}}
[[>parts/comment]]
{{/THREAD_FIRST}}
{{#REPLIES}}
<ol>
{{#REPLY}}
<li>
[[>parts/comment]]
</li>
{{/REPLY}}
</ol>
{{/REPLIES}}
</li>
{{/THREAD}}
</ol>
</section>
{{/THREADS}}
</main>
<footer class="site">
<p>[[print.source|address=<a href="{{CANONICAL_URL}}">{{CANONICAL_URL}}</a>]]</p>
</footer>
</body>
</html>
