// A tree of names with counts (categories) as nested lists.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "templates/templates.h"
#include "text/safe.h"

namespace daybook::templates {

struct TreeNode {
  std::string name;
  text::SafeUrl url;
  int64_t count = 0;
  std::vector<TreeNode> children;
};

// Below 16 levels children are left out: nobody has them, and a tree is not a reason to run out of
// stack.
text::SafeHtml RenderTree(const Templates& templates, const std::vector<TreeNode>& nodes);

}  // namespace daybook::templates
