{{%AUTOESCAPE context="HTML"}}
{{! One level of a tree of names, used for itself by tree.h: NODE (repeated): NODE_NAME NODE_URL NODE_COUNT, NODE_CHILDREN (section): CHILDREN_HTML. }}
<ul class="tree">
{{#NODE}}
<li><a href="{{NODE_URL}}">{{NODE_NAME}}</a> <span class="count">({{NODE_COUNT}})</span>
{{#NODE_CHILDREN}}
{{CHILDREN_HTML}}
{{/NODE_CHILDREN}}
</li>
{{/NODE}}
</ul>
