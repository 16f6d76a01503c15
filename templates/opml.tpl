{{%AUTOESCAPE context="XML"}}
{{! The journal's feeds and its links, for a feed reader or an outliner: SITE_TITLE OWNER_NAME OPML_RFC822;
OPML_FEED (repeated): OUTLINE_TITLE OUTLINE_FEED_URL OUTLINE_PAGE_URL; OPML_GROUP (repeated): GROUP_TITLE, around OPML_LINK (repeated): OUTLINE_TITLE OUTLINE_PAGE_URL. All absolute. }}
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head>
<title>{{SITE_TITLE}}</title>
<dateModified>{{OPML_RFC822}}</dateModified>
<ownerName>{{OWNER_NAME}}</ownerName>
</head>
<body>
{{#OPML_FEED}}
<outline type="rss" text="{{OUTLINE_TITLE}}" title="{{OUTLINE_TITLE}}" xmlUrl="{{OUTLINE_FEED_URL}}" htmlUrl="{{OUTLINE_PAGE_URL}}"/>
{{/OPML_FEED}}
{{#OPML_GROUP}}
<outline text="{{GROUP_TITLE}}">
{{#OPML_LINK}}
<outline type="link" text="{{OUTLINE_TITLE}}" url="{{OUTLINE_PAGE_URL}}"/>
{{/OPML_LINK}}
</outline>
{{/OPML_GROUP}}
</body>
</opml>
