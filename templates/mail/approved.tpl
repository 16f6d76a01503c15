{{%AUTOESCAPE context="TEXT"}}
{{! To the writer of a comment that waited and is public now. ENTRY_NAME, LINK_ADDRESS, LEAVE_ADDRESS; JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.approved.text|entry={{ENTRY_NAME}}]]

{{LINK_ADDRESS}}

[[mail.follow.leave]]

{{LEAVE_ADDRESS}}

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
