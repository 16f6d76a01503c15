{{%AUTOESCAPE context="HTML"}}
{{! A page that says one thing, in parts/admin_open's alert. }}
[[>parts/admin_open]]
[[>parts/admin_close]]
