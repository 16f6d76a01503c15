// Recursion is bounded: what lies deeper than any reader would follow is left out.
#include "templates/tree.h"

#include "templates/keys.h"
#include "templates/view.h"

namespace daybook::templates {
namespace {

constexpr int kMaxLevels = 16;

text::SafeHtml Level(const Templates& templates, const std::vector<TreeNode>& nodes, int level) {
  if (nodes.empty() || level > kMaxLevels) return {};
  View view(templates, tpl::kTree);
  for (const TreeNode& node : nodes) {
    Block block = view.Add(key::kNode);
    block.Set(key::kNodeName, node.name);
    block.Set(key::kNodeUrl, node.url);
    block.Set(key::kNodeCount, node.count);
    block.Show(key::kNodeChildren, key::kChildrenHtml, Level(templates, node.children, level + 1));
  }
  return view.RenderFragment();
}

}  // namespace

text::SafeHtml RenderTree(const Templates& templates, const std::vector<TreeNode>& nodes) {
  return Level(templates, nodes, 1);
}

}  // namespace daybook::templates
