{{%AUTOESCAPE context="XML"}}
{{! Atom 1.0 with threading (RFC 4685) and paging (RFC 5005), of entries or of comments. As rss.tpl, and: FEED_ID, FEED_UPDATED (RFC 3339, always);
ITEM_ID instead of ITEM_GUID, ITEM_PUBLISHED ITEM_UPDATED (RFC 3339), ITEM_TITLE always, ITEM_AUTHOR_PAGE (section): ITEM_AUTHOR_URL;
ITEM_REPLY (section, of a comment): REPLY_TO_ID REPLY_TO_URL; ITEM_LANG (section): ITEM_LANGUAGE; FEED_ICON (section): FEED_ICON_URL. }}
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="{{FEED_LANGUAGE}}">
<title>{{FEED_TITLE}}</title>
<subtitle>{{FEED_DESCRIPTION}}</subtitle>
<id>{{FEED_ID}}</id>
<updated>{{FEED_UPDATED}}</updated>
<link rel="self" type="application/atom+xml" href="{{FEED_SELF_URL}}"/>
<link rel="alternate" type="text/html" href="{{FEED_PAGE_URL}}"/>
<link rel="first" href="{{FEED_FIRST_URL}}"/>
{{#FEED_PREVIOUS}}
<link rel="previous" href="{{FEED_PREVIOUS_URL}}"/>
{{/FEED_PREVIOUS}}
{{#FEED_NEXT}}
<link rel="next" href="{{FEED_NEXT_URL}}"/>
{{/FEED_NEXT}}
<generator>{{GENERATOR}}</generator>
{{#FEED_ICON}}
<icon>{{FEED_ICON_URL}}</icon>
{{/FEED_ICON}}
{{#FEED_ITEM}}
<entry{{#ITEM_LANG}} xml:lang="{{ITEM_LANGUAGE}}"{{/ITEM_LANG}}>
<title>{{ITEM_TITLE}}</title>
<link rel="alternate" type="text/html" href="{{ITEM_URL}}"/>
<id>{{ITEM_ID}}</id>
<published>{{ITEM_PUBLISHED}}</published>
<updated>{{ITEM_UPDATED}}</updated>
<author><name>{{ITEM_AUTHOR}}</name>{{#ITEM_AUTHOR_PAGE}}<uri>{{ITEM_AUTHOR_URL}}</uri>{{/ITEM_AUTHOR_PAGE}}</author>
{{#ITEM_CATEGORY}}
<category term="{{ITEM_CATEGORY_NAME}}"/>
{{/ITEM_CATEGORY}}
{{#ITEM_REPLY}}
<thr:in-reply-to ref="{{REPLY_TO_ID}}" href="{{REPLY_TO_URL}}" type="text/html"/>
{{/ITEM_REPLY}}
{{#ITEM_COMMENTS}}
<link rel="replies" type="application/rss+xml" href="{{ITEM_COMMENTS_FEED_URL}}" thr:count="{{ITEM_COMMENTS_COUNT}}"/>
{{/ITEM_COMMENTS}}
<summary type="text">{{ITEM_SUMMARY}}</summary>
{{#ITEM_FULL}}
<content type="html">{{ITEM_CONTENT_HTML}}</content>
{{/ITEM_FULL}}
</entry>
{{/FEED_ITEM}}
</feed>
