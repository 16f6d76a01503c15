{{%AUTOESCAPE context="TEXT"}}
{{! The one mail that asks whether somebody wants mail. Nothing of it was written by a stranger. JOURNAL_NAME, JOURNAL_ADDRESS; LINK_ADDRESS leads to a page with the button. }}
[[mail.list.confirm.why|journal={{JOURNAL_NAME}}]]

[[mail.list.confirm.do]]

{{LINK_ADDRESS}}

[[mail.list.confirm.else]]

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
