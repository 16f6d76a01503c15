{{%AUTOESCAPE context="HTML"}}
{{TITLE}}
