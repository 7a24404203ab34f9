"""How rules belong together: what replaces what, and what would turn in a circle."""

from __future__ import annotations

PAGES = {
    "E501": """
A rule replaces itself, or several rules replace each other in a circle.

A rule that is replaced is silent. In a circle each would silence the next, and in the end none would speak. Mostly
the rule of another policy is meant, which is written with the name of its policy: `world.hours`.

Before:

    rule hours "Marketing from 08:00 to 21:30" {
      when     category is promotional
      only     08:00-21:30
      replaces hours
      basis    carrier  cite charter
    }

After:

    rule hours "Marketing from 08:00 to 21:30" {
      when     category is promotional
      only     08:00-21:30
      replaces world.hours
      basis    carrier  cite charter
    }
""",
    "E502": """
A rule replaces one whose action is of another kind.

What takes the place of hours is other hours, and what takes the place of a refusal is another refusal (`deny`, or a
`require` without `else`). If consent could replace hours, the recipient would lose the protection of the night, and
nobody would have decided that. Without `replaces` both rules apply.

Before:

    rule consent "Marketing needs prior consent" {
      when     category is promotional
      require  consent is opted_in
      replaces world.hours
      basis    law  cite act
    }

After:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   law  cite act
    }
""",
    "E503": """
A rule replaces one that stands firmer.

A carrier's terms cannot set a law aside, and a guideline cannot set aside a carrier's terms; a rule may replace one
of the same firmness or a softer one. Without `replaces` both apply, and the stricter one counts. If the law itself
allows the exception, the rule stands on that law: give it that basis, and cite the article.

Before:

    rule consent "A customer needs no further consent" {
      when     category is promotional
      require  consent is one of (opted_in, existing_customer)
      replaces world.consent
      basis    carrier  cite charter
    }

After:

    rule consent "A customer needs no further consent" {
      when     category is promotional
      require  consent is one of (opted_in, existing_customer)
      replaces world.consent
      basis    law  cite act
    }
""",
    "E504": """
A rule of the house replaces another that is more than a guideline.

A house may be stricter than the law, the carriers and its own mother company; it may set aside only what binds
nobody. Stricter hours need no `replaces`: both rules apply, and the message waits until both are open. To loosen a
house rule, change that rule.

Before:

    rule quiet "We stop at seven" {
      when  category is promotional
      only  09:00-19:00
      basis house
    }

    rule sale "We stop at nine during the sale" {
      when     category is promotional and campaign is "sale"
      only     09:00-21:00
      replaces quiet
      basis    house
    }

After:

    rule quiet "We stop at seven, except during the sale" {
      when   category is promotional
      unless campaign is "sale"
      only   09:00-19:00
      basis  house
    }

    rule sale "We stop at nine during the sale" {
      when  category is promotional and campaign is "sale"
      only  09:00-21:00
      basis house
    }
""",
    "E505": """
A rule adds a text and asks for something that the added text changes: the length, the number of segments, the
encoding, or the phone numbers in the text.

Lengths are judged on the text as it is sent, with everything that was added. If the addition hung on the length, and
the length on the addition, the rule would chase its own tail. Let it add its text wherever the law wants it, and
leave the length to a rule that adds nothing.

Before:

    rule way_out "A marketing message says how to stop, where there is room" {
      when   category is promotional and segments <= 1
      append " STOP au {stop}"
      basis  law  cite act
    }

After:

    rule way_out "A marketing message says how to stop" {
      when   category is promotional
      append " STOP au {stop}"
      basis  law  cite act
    }

    rule short "A marketing message is one segment long" {
      when    category is promotional
      require segments <= 1
      basis   house
    }
""",
    "E506": """
Hours speak of holidays, and the policy does not say whose.

Public holidays differ from country to country and from state to state. `holidays` in the policy names the place whose
calendar counts, and adds days that the calendar lacks. Without it the window would be open on Christmas Day.

Before:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr

      rule hours "Marketing by day, not on holidays" {
        when  category is promotional
        only  08:00-20:00  except holidays
        basis house
      }
    }

After:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr
      holidays   BE

      rule hours "Marketing by day, not on holidays" {
        when  category is promotional
        only  08:00-20:00  except holidays
        basis house
      }
    }
""",
    "E507": """
A group of places holds itself, through one or several other groups.

Groups may hold groups, so that “the North” can name the countries of another list. But a list that leads back to
itself has no end, and no country could be told to be outside of it. Take one of the names away.

Before:

    group NORDIC = DK, FI, IS, NO, SE, NORTH

    group NORTH = NORDIC, EE, LT, LV

After:

    group NORDIC = DK, FI, IS, NO, SE

    group NORTH = NORDIC, EE, LT, LV
""",
}
"""The pages, by code: what is wrong and why it matters, then an example before and after."""
