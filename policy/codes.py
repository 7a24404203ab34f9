"""Every code a finding of parser or checker may carry, and what it is about.

Codes are public: none changes its meaning.
"""

from __future__ import annotations

CODES: dict[str, str] = {
    # what cannot be read
    "E001": "a file that cannot be opened or is not UTF-8 text",
    "E101": "a word or sign that is not expected here",
    "E102": "a file that ends too early",
    "E103": "brackets nested too deep",
    "E104": "a word of the language used as a name",
    "E105": "a control character in a text",
    "E106": "a block that is not closed",
    "E107": "an entry outside of a policy",
    "E199": "a fault of the formatter, which then changes nothing",
    # names
    "E201": "an unknown fact",
    "E202": "an unknown value of a fact",
    "E203": "an unknown rule",
    "E204": "an unknown source",
    "E205": "an unknown table or column",
    "E206": "an unknown place",
    "E207": "an unknown language",
    "E208": "an unknown time zone",
    "E209": "an unknown subject or words list",
    "E210": "an unknown registration",
    "E211": "an unknown basis",
    "E212": "an unknown key of a limit or pace",
    "E213": "an unknown placeholder",
    "E214": "an unknown kind of reply",
    "E215": "a name declared twice",
    # types and units
    "E301": "a question that does not suit the fact",
    "E302": "a value of the wrong kind",
    "E303": "a duration and a plain number",
    "E304": "a pattern that cannot be used",
    "E305": "a date that does not exist",
    "E306": "a time of day that does not exist",
    "E307": "a table row with too few or too many cells",
    "E308": "a table cell of another kind than its column",
    "E309": "too few or too many values for a table",
    "E310": "a value of another kind than the table's key",
    "E311": "two table rows for the same keys",
    "E312": "a unit that does not fit",
    # the shape of rules and policies
    "E401": "a rule without an action",
    "E402": "a rule with two actions",
    "E403": "a clause or entry written twice",
    "E404": "a rule that ends before it begins",
    "E405": "hours that end before they start",
    "E406": "`and` and `or` mixed without parentheses",
    "E407": "a number that is too small or too large",
    "E408": "a limit that is not per recipient",
    "E409": "a policy without recipients",
    "E410": "a policy without languages",
    "E411": "a text that says nothing",
    "E412": "holidays both left out and given hours",
    "E413": "alphabets in a policy for parts of countries",
    # how rules belong together
    "E501": "a rule that replaces itself",
    "E502": "a rule that replaces another kind of action",
    "E503": "a rule that replaces a firmer one",
    "E504": "a house rule that replaces more than a guideline",
    "E505": "a rule that adds text and asks for what the text changes",
    "E506": "holidays without a holiday calendar",
    "E507": "a group that holds itself",
    # tests
    "E601": "an unknown message field in a test",
    "E602": "a value that does not fit its message field",
    "E603": "a row of cases with too few or too many values",
    "E604": "a message field set twice",
    "E605": "an unknown expectation",
}
