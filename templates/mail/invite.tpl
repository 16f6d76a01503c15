{{%AUTOESCAPE context="TEXT"}}
{{! Somebody is invited to write here. LINK_ADDRESS leads to a page where they choose a password. JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.invite.why|journal={{JOURNAL_NAME}}]]

[[mail.invite.do]]

{{LINK_ADDRESS}}

[[mail.invite.else]]

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
