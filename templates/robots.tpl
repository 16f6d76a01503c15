{{%AUTOESCAPE context="TEXT"}}
{{! Plain text. ROOT_URL; SITEMAP_URL absolute; WELCOME (section), or HIDDEN (section): search engines asked to stay away; NO_TRAINING (section): AI training asked to stay away. }}
{{#NO_TRAINING}}
User-agent: GPTBot
User-agent: ClaudeBot
User-agent: CCBot
User-agent: Google-Extended
User-agent: Applebot-Extended
User-agent: meta-externalagent
User-agent: Bytespider
User-agent: Amazonbot
Disallow: /

{{/NO_TRAINING}}
User-agent: *
{{#HIDDEN}}
Disallow: /
{{/HIDDEN}}
{{#WELCOME}}
Disallow: {{ROOT_URL}}admin/
Disallow: {{ROOT_URL}}search
Disallow: {{ROOT_URL}}comment/

Sitemap: {{SITEMAP_URL}}
{{/WELCOME}}
