{{%AUTOESCAPE context="TEXT"}}
{{! A comment on an entry that the receiver follows. FOLLOW_NAME, FOLLOW_TEXT, ENTRY_NAME, LINK_ADDRESS, LEAVE_ADDRESS; JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.follow.text|name={{FOLLOW_NAME}}|entry={{ENTRY_NAME}}]]

{{FOLLOW_TEXT}}

[[mail.follow.read]]

{{LINK_ADDRESS}}

[[mail.follow.leave]]

{{LEAVE_ADDRESS}}

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
