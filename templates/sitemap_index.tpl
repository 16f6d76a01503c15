{{%AUTOESCAPE context="XML"}}
{{! The list of site maps, where there is more than one: SITEMAP_PLACE (repeated) as in sitemap.tpl. }}
<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{{#SITEMAP_PLACE}}
<sitemap><loc>{{PLACE_URL}}</loc>{{#PLACE_CHANGED}}<lastmod>{{PLACE_DATE}}</lastmod>{{/PLACE_CHANGED}}</sitemap>
{{/SITEMAP_PLACE}}
</sitemapindex>
