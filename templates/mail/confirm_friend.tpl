{{%AUTOESCAPE context="TEXT"}}
{{! Asks whoever mails an entry to a friend whether the own address is right. Nothing of it was typed by anybody. JOURNAL_NAME, JOURNAL_ADDRESS; ENTRY_NAME ENTRY_ADDRESS; LINK_ADDRESS leads to a page with the button. }}
[[mail.friend.confirm.why|journal={{JOURNAL_NAME}}]]

{{ENTRY_NAME}}
{{ENTRY_ADDRESS}}

[[mail.friend.confirm.do]]

{{LINK_ADDRESS}}

[[mail.friend.confirm.else]]

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
