"""Everything an editor can ask about rule files, as plain data: no protocol, no clock, no disk.

    analysis = analyse(sources, bundled, today)          read files together, broken ones too
    errors, diagnostics                                  what is wrong in a file; with what is doubtful
    hover, completions, definitions, references          about a place in a file, by character offset
    rename_edits, renameable                             a new name in all files
    quick_fixes, range_formatting                        about a stretch of a file
    outline, folds, links, colours                       what is seen of a whole file
    formatting, fix_all                                  what can be done with a whole file

None of them raises for any text, but for `rename_edits` and `renameable`, whose RenameError says why not.
`server/` translates them into the Language Server Protocol.
"""

from __future__ import annotations

from .analysis import Analysis as Analysis
from .analysis import analyse as analyse
from .analysis import diagnostics as diagnostics
from .analysis import errors as errors
from .colours import KINDS as KINDS
from .colours import colours as colours
from .completion import Completion as Completion
from .completion import completion_start as completion_start
from .completion import completions as completions
from .hover import Hover as Hover
from .hover import Judge as Judge
from .hover import hover as hover
from .navigation import OutlineEntry as OutlineEntry
from .navigation import definitions as definitions
from .navigation import outline as outline
from .navigation import references as references
from .positions import LineMap as LineMap
from .quick_fixes import QuickFix as QuickFix
from .quick_fixes import fix_all as fix_all
from .quick_fixes import quick_fixes as quick_fixes
from .relayout import formatting as formatting
from .relayout import range_formatting as range_formatting
from .renaming import RenameError as RenameError
from .renaming import rename_edits as rename_edits
from .renaming import renameable as renameable
from .structure import Fold as Fold
from .structure import Link as Link
from .structure import folds as folds
from .structure import links as links
