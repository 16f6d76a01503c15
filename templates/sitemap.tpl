{{%AUTOESCAPE context="XML"}}
{{! SITEMAP_PLACE (repeated): PLACE_URL (absolute), PLACE_CHANGED (section): PLACE_DATE (RFC 3339 or a day). At most 50,000. }}
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{{#SITEMAP_PLACE}}
<url><loc>{{PLACE_URL}}</loc>{{#PLACE_CHANGED}}<lastmod>{{PLACE_DATE}}</lastmod>{{/PLACE_CHANGED}}</url>
{{/SITEMAP_PLACE}}
</urlset>
