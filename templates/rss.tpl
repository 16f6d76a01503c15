{{%AUTOESCAPE context="XML"}}
{{! RSS 2.0 of entries or of comments. FEED_TITLE FEED_LANGUAGE FEED_DESCRIPTION, FEED_PAGE_URL FEED_SELF_URL (absolute), FEED_BUILT (section): FEED_RFC822, GENERATOR;
FEED_NEXT (older), FEED_PREVIOUS (newer): sections for RFC 5005: FEED_NEXT_URL FEED_PREVIOUS_URL; FEED_FIRST_URL always.
FEED_ITEM (repeated): ITEM_TITLED (section): ITEM_TITLE; ITEM_URL; ITEM_GUID, GUID_IS_LINK ("true", "false"), ITEM_RFC822; ITEM_AUTHOR;
ITEM_CATEGORY (repeated): ITEM_CATEGORY_NAME; ITEM_SUMMARY (plain text; a description is read as HTML, so it is escaped twice); ITEM_FULL (section): ITEM_CONTENT_HTML with absolute addresses;
ITEM_COMMENTS (section): ITEM_COMMENTS_URL, ITEM_COMMENTS_COUNT, ITEM_COMMENTS_FEED_URL. }}
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/">
<channel>
<title>{{FEED_TITLE}}</title>
<link>{{FEED_PAGE_URL}}</link>
<description>{{FEED_DESCRIPTION}}</description>
<language>{{FEED_LANGUAGE}}</language>
<generator>{{GENERATOR}}</generator>
<docs>https://www.rssboard.org/rss-specification</docs>
{{#FEED_BUILT}}
<lastBuildDate>{{FEED_RFC822}}</lastBuildDate>
{{/FEED_BUILT}}
<atom:link rel="self" type="application/rss+xml" href="{{FEED_SELF_URL}}"/>
<atom:link rel="first" href="{{FEED_FIRST_URL}}"/>
{{#FEED_PREVIOUS}}
<atom:link rel="previous" href="{{FEED_PREVIOUS_URL}}"/>
{{/FEED_PREVIOUS}}
{{#FEED_NEXT}}
<atom:link rel="next" href="{{FEED_NEXT_URL}}"/>
{{/FEED_NEXT}}
{{#FEED_ITEM}}
<item>
{{#ITEM_TITLED}}
<title>{{ITEM_TITLE}}</title>
{{/ITEM_TITLED}}
<link>{{ITEM_URL}}</link>
<guid isPermaLink="{{GUID_IS_LINK}}">{{ITEM_GUID}}</guid>
<pubDate>{{ITEM_RFC822}}</pubDate>
<dc:creator>{{ITEM_AUTHOR}}</dc:creator>
{{#ITEM_CATEGORY}}
<category>{{ITEM_CATEGORY_NAME}}</category>
{{/ITEM_CATEGORY}}
<description>{{ITEM_SUMMARY:h:x-xml}}</description>
{{#ITEM_FULL}}
<content:encoded>{{ITEM_CONTENT_HTML}}</content:encoded>
{{/ITEM_FULL}}
{{#ITEM_COMMENTS}}
<comments>{{ITEM_COMMENTS_URL}}</comments>
<wfw:commentRss>{{ITEM_COMMENTS_FEED_URL}}</wfw:commentRss>
<slash:comments>{{ITEM_COMMENTS_COUNT}}</slash:comments>
{{/ITEM_COMMENTS}}
</item>
{{/FEED_ITEM}}
</channel>
</rss>
