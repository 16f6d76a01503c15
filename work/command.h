// Commands that `daybook` hands over to this program (cli/hand_over.cc), because no page needs what
// they are made of. The words were checked there.
#pragma once

#include "text/console.h"

namespace daybook::work {

int RunImport(const text::Arguments& arguments);       // import.cc
int RunBounce(const text::Arguments& arguments);       // bounce.cc
int RunDkim(const text::Arguments& arguments);         // dkim_command.cc
int RunMail(const text::Arguments& arguments);         // mail_command.cc
int RunMedia(const text::Arguments& arguments);        // media.cc
int RunImportSlice(const text::Arguments& arguments);  // a few seconds of the owner's page's import
int RunBackup(const text::Arguments& arguments);       // keep.cc, as the next two
int RunRestore(const text::Arguments& arguments);
int RunCheck(const text::Arguments& arguments);
int RunUpgrade(const text::Arguments& arguments);
int RunExport(const text::Arguments& arguments);  // export.cc

int RunOpen(const text::Arguments& arguments);  // open.cc; --program is `daybook`

// Whether the SVG picture on standard input only draws: "1 WIDTH HEIGHT", or "0 0 0".
int RunLookAtSvg(const text::Arguments& arguments);  // svg.cc, as the next
// The text on standard input as a QR code: "SIDE PATH", the whole side in squares with its border,
// and the black ones as the `d` of an SVG path.
int RunQr(const text::Arguments& arguments);

}  // namespace daybook::work
