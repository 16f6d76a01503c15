{{%AUTOESCAPE context="HTML"}}
{{! A title as a headline: ENTRY_TITLE without its last two words, and these in ENTRY_TITLE_PAIR (section): ENTRY_TITLE_LAST_BUT_ONE ENTRY_TITLE_LAST. They stay together, and are parted only on a line too short for both. A title of one word is ENTRY_TITLE alone. }}
{{ENTRY_TITLE}}{{#ENTRY_TITLE_PAIR}}<span class="pair">{{ENTRY_TITLE_LAST_BUT_ONE}} <wbr>{{ENTRY_TITLE_LAST}}</span>{{/ENTRY_TITLE_PAIR}}
