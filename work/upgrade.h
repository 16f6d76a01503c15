// Another edition of the two programs in the place of those that run, and back (design.md 4). Never
// written into a running file: the new ones are put beside them, checked, tried on a copy of the
// journal, and swapped in by rename; the old ones stay beside them. Running processes see that
// their file is another one and retire after their request. What is in a release is release.h.
#pragma once

#include <filesystem>

#include "journal/home.h"
#include "journal/upgrade.h"

namespace daybook::work {

// `release`: the file or folder of one; empty: the newest of journal::ReleasesFound. What is
// refused (UpgradeTrouble) has changed nothing, and the file of the state says why. An upgrade that
// was cut off is ended or taken back first. kNone: these are the programs that run already.
[[nodiscard]] journal::UpgradeState Upgrade(const journal::Home& home,
                                            const std::filesystem::path& release,
                                            journal::Seconds now);

// The programs from before, with all that was written since: where the newer edition keeps the
// journal in another way, its rows go into the way of before. What has no place there stays in
// backups/before-undo-….db, and `what` of the result names it: "message 2". Refused as above.
[[nodiscard]] journal::UpgradeState UndoUpgrade(const journal::Home& home, journal::Seconds now);

}  // namespace daybook::work
