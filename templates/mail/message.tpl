{{%AUTOESCAPE context="TEXT"}}
{{! To the owner: a reader wrote by the contact form. FRIEND_NAME who; MESSAGE_CLEAN (repeated): MESSAGE_WORDS, a line of it, only if it scored clean; MESSAGE_HELD (section) if not; LINK_ADDRESS leads to it; JOURNAL_NAME, JOURNAL_ADDRESS. }}
[[mail.message.why|name={{FRIEND_NAME}}|journal={{JOURNAL_NAME}}]]

{{#MESSAGE_CLEAN}}
{{MESSAGE_WORDS}}
{{/MESSAGE_CLEAN}}
{{#MESSAGE_HELD}}
[[mail.message.held]]
{{/MESSAGE_HELD}}
[[mail.message.read]]

{{LINK_ADDRESS}}

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
