{{%AUTOESCAPE context="TEXT"}}
{{! Plain text, RFC 9116. CONTACT_URL (https: or mailto:), EXPIRES (RFC 3339), LANG, CANONICAL_URL of this file. }}
Contact: {{CONTACT_URL}}
Expires: {{EXPIRES}}
Preferred-Languages: {{LANG}}
Canonical: {{CANONICAL_URL}}
