"""Tests in rule files: messages that could not be, and expectations that nobody understands."""

from __future__ import annotations

PAGES = {
    "E601": """
A test sets something that no message has, or an earlier send or a register has no such field.

The fields of a test are those of a message, which are sometimes called otherwise than the facts that rules ask for: a
rule asks for `consent.age`, a message says when consent was given (`consent.at`). What the engine finds out by
itself, such as the recipient's country, is not set at all. A misspelt field would leave the message without what the
test is about.

Before:

    test "Without consent, no marketing" {
      to "+33639980001"  from "ACME"  category promotional
      text "Soldes !"
      expect allow
    }

After:

    test "Without consent, no marketing" {
      to "+33639980001"  from "ACME"  category promotional
      body "Soldes !"
      expect allow
    }
""",
    "E602": """
A test gives a field, or an expectation, a value that does not fit it.

A service that sent such a message would be told that it is malformed, and get no verdict, so the test would prove
nothing. Numbers, texts and zones stand in quotation marks, words and countries without; a phone number begins with
`+` and the code of its country.

Before:

    test "A French number" {
      to "0639980001"  from "ACME"  category transactional
      body "Bonjour"
      expect allow
    }

After:

    test "A French number" {
      to "+33639980001"  from "ACME"  category transactional
      body "Bonjour"
      expect allow
    }
""",
    "E603": """
A row of cases has more or fewer values than the table has columns.

The last cell of a row is what is expected; before it stands one value for each field in the head. With a cell too
few, the expectation would be read as a value, and nobody could tell which field was left out. Where a field is not
known in one of the rows, give that row a test of its own.

Before:

    test "With and without consent" {
      to "+33639980001"  from "ACME"  category transactional
      body "Bonjour"
      cases (consent, at) {
        opted_in | 2026-11-24 12:00 | allow
        none     | allow
      }
    }

After:

    test "With and without consent" {
      to "+33639980001"  from "ACME"  category transactional
      body "Bonjour"
      cases (consent, at) {
        opted_in | 2026-11-24 12:00 | allow
        none     | 2026-11-24 12:00 | allow
      }
    }
""",
    "E604": """
A test sets one field twice, perhaps under two names: `from` and `sender` are one, and so are `consent` and
`consent.status`. What the head of a table of cases sets counts, too.

The message can have only one of the two values, and a reader would believe the other. For several messages in one
test there are cases.

Before:

    test "From a name and from a number" {
      to "+33639980001"  from "ACME"  from "36179"  category transactional
      body "Bonjour"
      expect allow
    }

After:

    test "From a name and from a number" {
      to "+33639980001"  category transactional
      body "Bonjour"
      cases (from) {
        "ACME"  | allow
        "36179" | allow
      }
    }
""",
    "E605": """
A test expects something that no verdict says.

A test can expect a decision (`allow`, `defer`, `deny`), something that a rule adds (`append`, `prepend`, `warn`,
`pace`), the text as it will be sent and its `segments` and `encoding`, a fact that was `missing`, or what a reply
means. An expectation that is not understood would never fail, and the rule would go untested.

Before:

    test "A confirmation takes one segment" {
      to "+33639980001"  from "ACME"  category transactional
      body "Votre commande est en route."
      expect segment 1
    }

After:

    test "A confirmation takes one segment" {
      to "+33639980001"  from "ACME"  category transactional
      body "Votre commande est en route."
      expect segments 1
    }
""",
}
"""The pages, by code: what is wrong and why it matters, then an example before and after."""
