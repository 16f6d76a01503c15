{{%AUTOESCAPE context="HTML"}}
{{! The beginning of every page of the owner's side. LANG, RTL (section), PAGE_TITLE, ROOT_URL, SITE_TITLE as in parts/open; PAGE_HEADING the h1.
SIGNED_IN (section): NAV_ITEM (repeated): NAV_TITLE NAV_URL, NAV_CURRENT (section), NAV_COUNTED (section): NAV_COUNT; VIEWER_NAME; ACT_TOKEN.
COMES_AGAIN (section): without script the page is loaded again every three seconds. FORM_ALERT (section): ALERT_TEXT; FORM_NOTICE (section): NOTICE_TEXT. }}
<!doctype html>
<html lang="{{LANG}}"{{#RTL}} dir="rtl"{{/RTL}}>
<head>
<meta charset="utf-8">
<title>{{PAGE_TITLE}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
{{#COMES_AGAIN}}
<noscript><meta http-equiv="refresh" content="3"></noscript>
{{/COMES_AGAIN}}
<link rel="stylesheet" href="[[static:admin.css]]">
</head>
<body>
<a class="skip" href="#main">[[admin.skip]]</a>
<header class="desk">
<p class="title"><a href="{{ROOT_URL}}">{{SITE_TITLE}}</a></p>
{{#SIGNED_IN}}
<nav aria-label="[[admin.nav]]">
<ul>
{{#NAV_ITEM}}
<li><a href="{{NAV_URL}}"{{#NAV_CURRENT}} aria-current="page"{{/NAV_CURRENT}}>{{NAV_TITLE}}{{#NAV_COUNTED}} <span class="badge">{{NAV_COUNT}}</span>{{/NAV_COUNTED}}</a></li>
{{/NAV_ITEM}}
</ul>
</nav>
{{/SIGNED_IN}}
</header>
<main id="main" tabindex="-1">
<h1>{{PAGE_HEADING}}</h1>
{{#FORM_ALERT}}
<div class="alert" role="alert" tabindex="-1" autofocus>
<p>{{ALERT_TEXT}}</p>
</div>
{{/FORM_ALERT}}
{{#FORM_NOTICE}}
<p class="notice" role="status">{{NOTICE_TEXT}}</p>
{{/FORM_NOTICE}}
