{{%AUTOESCAPE context="HTML"}}
{{! The beginning of every page of the journal, to the opening of main. What a handler gives to every page:
LANG language of the words; RTL (section) the words run right to left; PAGE_TITLE text of the title element;
ROOT_URL address of the front page, ending in a slash ("/", "/journal/"); all other addresses are whole paths or absolute.
NOINDEX (section); CANONICAL (section): CANONICAL_URL absolute; META (section): META_DESCRIPTION;
FEED (section, repeated): FEED_TITLE FEED_TYPE FEED_URL; HEAD_NEXT, HEAD_PREV (sections): HEAD_NEXT_URL, HEAD_PREV_URL (newer page, older page);
WEBMENTION (section): WEBMENTION_URL; OG (section): OG_TYPE OG_TITLE, OG_DESCRIBED (section): OG_DESCRIPTION, OG_IMAGE (section): OG_IMAGE_URL,
OG_ARTICLE (section): OG_PUBLISHED OG_MODIFIED, absolute CANONICAL_URL too; JSON_LD (section): JSON_LD_HTML from json_ld.h.
SITE_TITLE; TAGLINE (section): SITE_TAGLINE; NAV (section) around NAV_ITEM (repeated): NAV_TITLE NAV_URL, NAV_CURRENT (section). }}
<!doctype html>
<html lang="{{LANG}}"{{#RTL}} dir="rtl"{{/RTL}}>
<head>
<meta charset="utf-8">
<title>{{PAGE_TITLE}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="[[static:style.css]]">
{{#NOINDEX}}
<meta name="robots" content="noindex">
{{/NOINDEX}}
{{#META}}
<meta name="description" content="{{META_DESCRIPTION}}">
{{/META}}
{{#CANONICAL}}
<link rel="canonical" href="{{CANONICAL_URL}}">
{{/CANONICAL}}
{{#HEAD_NEXT}}
<link rel="next" href="{{HEAD_NEXT_URL}}">
{{/HEAD_NEXT}}
{{#HEAD_PREV}}
<link rel="prev" href="{{HEAD_PREV_URL}}">
{{/HEAD_PREV}}
{{#FEED}}
<link rel="alternate" type="{{FEED_TYPE}}" title="{{FEED_TITLE}}" href="{{FEED_URL}}">
{{/FEED}}
{{#WEBMENTION}}
<link rel="webmention" href="{{WEBMENTION_URL}}">
{{/WEBMENTION}}
{{#OG}}
<meta property="og:site_name" content="{{SITE_TITLE}}">
<meta property="og:type" content="{{OG_TYPE}}">
<meta property="og:title" content="{{OG_TITLE}}">
<meta property="og:url" content="{{CANONICAL_URL}}">
{{#OG_DESCRIBED}}
<meta property="og:description" content="{{OG_DESCRIPTION}}">
{{/OG_DESCRIBED}}
{{#OG_IMAGE}}
<meta property="og:image" content="{{OG_IMAGE_URL}}">
{{/OG_IMAGE}}
{{#OG_ARTICLE}}
<meta property="article:published_time" content="{{OG_PUBLISHED}}">
<meta property="article:modified_time" content="{{OG_MODIFIED}}">
{{/OG_ARTICLE}}
{{/OG}}
{{#JSON_LD}}
<script type="application/ld+json">{{JSON_LD_HTML}}</script>
{{/JSON_LD}}
</head>
<body>
<a class="skip" href="#main">[[skip.main]]</a>
<header class="site">
<p class="title"><a href="{{ROOT_URL}}" rel="home">{{SITE_TITLE}}</a></p>
{{#TAGLINE}}
<p class="tagline">{{SITE_TAGLINE}}</p>
{{/TAGLINE}}
{{#NAV}}
<nav aria-label="[[nav.pages]]">
<ul class="row">
{{#NAV_ITEM}}
<li><a href="{{NAV_URL}}"{{#NAV_CURRENT}} aria-current="page"{{/NAV_CURRENT}}>{{NAV_TITLE}}</a></li>
{{/NAV_ITEM}}
</ul>
</nav>
{{/NAV}}
</header>
<div class="frame">
<main id="main" tabindex="-1">
