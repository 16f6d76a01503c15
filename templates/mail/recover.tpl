{{%AUTOESCAPE context="TEXT"}}
{{! Somebody who signs in here asked for a new password. LINK_ADDRESS leads to a page where it is chosen. JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.recover.why|journal={{JOURNAL_NAME}}]]

[[mail.recover.do]]

{{LINK_ADDRESS}}

[[mail.recover.else]]

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
