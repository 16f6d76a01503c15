{{%AUTOESCAPE context="HTML"}}
{{! Every mail as HTML. LANG, JOURNAL_NAME, JOURNAL_URL, LETTER_TITLE; LETTER_HEADING (section) shows it; then LETTER_WHOLE (section): LETTER_HTML, or for each LETTER_LINE (section) LETTER_WORDS (section): LETTER_TEXT, or LETTER_LINK (section): LETTER_URL, LETTER_TEXT; LETTER_FOOT (section) around such lines in small letters. Nothing in it is loaded from anywhere. }}
<!DOCTYPE html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{LETTER_TITLE}}</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; padding: 0; background: #fcfbf8; color: #211e1a; font: 17px/1.6 Charter, Cambria, Georgia, serif; -webkit-text-size-adjust: 100% }
.letter { max-width: 600px; margin: 0 auto; padding: 24px 20px 40px; overflow-wrap: anywhere; word-wrap: break-word }
.from { margin: 0 0 24px; padding: 0 0 12px; border-bottom: 1px solid #ddd6ca; font: 600 15px/1.4 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
.from a { color: #8a2b1d; text-decoration: none }
h1 { margin: 0 0 20px; font-size: 26px; line-height: 1.25; font-weight: 600 }
h2 { margin: 28px 0 10px; font-size: 20px; line-height: 1.3 }
h3 { margin: 24px 0 8px; font-size: 17px }
p, ul, ol, blockquote, pre, table { margin: 0 0 16px }
a { color: #8a2b1d }
img { max-width: 100%; height: auto }
blockquote { padding: 0 0 0 16px; border-left: 3px solid #ddd6ca; color: #5c554d }
pre { overflow: auto; white-space: pre-wrap; font-size: 14px }
hr { border: 0; border-top: 1px solid #ddd6ca; margin: 24px 0 }
.foot p { margin: 0 0 8px }
.foot { margin: 32px 0 0; padding: 12px 0 0; border-top: 1px solid #ddd6ca; color: #5c554d; font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
@media (prefers-color-scheme: dark) {
  body { background: #171614; color: #e9e4db }
  .from a, a { color: #eca491 }
  .from, .foot, hr, blockquote { border-color: #3a362f }
  blockquote, .foot { color: #b0a79a }
}
</style>
</head>
<body>
<div class="letter">
<p class="from"><a href="{{JOURNAL_URL}}">{{JOURNAL_NAME}}</a></p>
{{#LETTER_HEADING}}<h1>{{LETTER_TITLE}}</h1>{{/LETTER_HEADING}}
{{#LETTER_WHOLE}}{{LETTER_HTML}}{{/LETTER_WHOLE}}
{{#LETTER_LINE}}{{#LETTER_WORDS}}<p>{{LETTER_TEXT}}</p>
{{/LETTER_WORDS}}{{#LETTER_LINK}}<p><a href="{{LETTER_URL}}">{{LETTER_TEXT}}</a></p>
{{/LETTER_LINK}}{{/LETTER_LINE}}
{{#LETTER_FOOT}}<div class="foot">
{{#LETTER_LINE}}{{#LETTER_WORDS}}<p>{{LETTER_TEXT}}</p>
{{/LETTER_WORDS}}{{#LETTER_LINK}}<p><a href="{{LETTER_URL}}">{{LETTER_TEXT}}</a></p>
{{/LETTER_LINK}}{{/LETTER_LINE}}
</div>{{/LETTER_FOOT}}
</div>
</body>
</html>
