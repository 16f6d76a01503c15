{{%AUTOESCAPE context="TEXT"}}
{{! To the owner: what waits. ALERT_COUNT says how many; ALERT_ITEM (repeated): ALERT_WHO wrote on which entry, ALERT_DETAIL (repeated): DETAIL_TEXT (address, site, reasons), ALERT_QUOTE (section): QUOTE_TEXT only if it scored clean, ALERT_HIDDEN (section) if not, DECIDE_ADDRESS of its page with buttons. LINK_ADDRESS leads to all; JOURNAL_NAME, JOURNAL_ADDRESS. }}
{{ALERT_COUNT}}

{{#ALERT_ITEM}}
{{ALERT_WHO}}
{{#ALERT_DETAIL}}
{{DETAIL_TEXT}}
{{/ALERT_DETAIL}}
{{#ALERT_QUOTE}}
{{QUOTE_TEXT}}
{{/ALERT_QUOTE}}
{{#ALERT_HIDDEN}}
[[mail.alert.hidden]]
{{/ALERT_HIDDEN}}
[[mail.alert.decide]]
{{DECIDE_ADDRESS}}
{{/ALERT_ITEM}}
[[mail.alert.all]]

{{LINK_ADDRESS}}

{{JOURNAL_NAME}}
{{JOURNAL_ADDRESS}}
