{{%AUTOESCAPE context="TEXT"}}
{{! An entry that a reader whose address is proved mails to a friend. FRIEND_NAME FRIEND_ADDRESS of the sender, ENTRY_NAME, ENTRY_EXCERPT (section): EXCERPT_TEXT, FRIEND_NOTE (section): NOTE_TEXT, LINK_ADDRESS, LEAVE_ADDRESS; JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.friend.why|name={{FRIEND_NAME}}|email={{FRIEND_ADDRESS}}|journal={{JOURNAL_NAME}}]]

{{#FRIEND_NOTE}}
[[mail.friend.note|note={{NOTE_TEXT}}]]
{{/FRIEND_NOTE}}
{{ENTRY_NAME}}
{{#ENTRY_EXCERPT}}
{{EXCERPT_TEXT}}
{{/ENTRY_EXCERPT}}
{{LINK_ADDRESS}}

[[mail.friend.once]]

{{LEAVE_ADDRESS}}

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
