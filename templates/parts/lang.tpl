{{%AUTOESCAPE context="HTML"}}
{{! Attributes of what is written in the entry's language, where that is not the language of the words:
ENTRY_LANG (section): ENTRY_LANGUAGE; ENTRY_RTL, ENTRY_LTR (sections). }}
{{#ENTRY_LANG}} lang="{{ENTRY_LANGUAGE}}"{{/ENTRY_LANG}}{{#ENTRY_RTL}} dir="rtl"{{/ENTRY_RTL}}{{#ENTRY_LTR}} dir="ltr"{{/ENTRY_LTR}}
