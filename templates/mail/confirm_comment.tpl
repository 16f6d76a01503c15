{{%AUTOESCAPE context="TEXT"}}
{{! The one mail that asks a commenter to confirm the own address. Nothing of it was written by a stranger. JOURNAL_NAME, JOURNAL_ADDRESS; ENTRY_NAME ENTRY_ADDRESS; LINK_ADDRESS leads to a page with the button. }}
[[mail.confirm.why|journal={{JOURNAL_NAME}}]]

{{ENTRY_NAME}}
{{ENTRY_ADDRESS}}

[[mail.confirm.do]]

{{LINK_ADDRESS}}

[[mail.confirm.else]]

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
