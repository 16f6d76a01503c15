{{%AUTOESCAPE context="TEXT"}}
{{! The owner tries whether mail works. JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.test.text|journal={{JOURNAL_NAME}}]]

{{JOURNAL_ADDRESS}}
