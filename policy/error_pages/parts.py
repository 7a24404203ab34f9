"""The parts of rules and policies: something is missing, stands twice, or contradicts itself."""

from __future__ import annotations

PAGES = {
    "E401": """
A rule says to whom it speaks, and not what it asks of them.

Every rule has one action: `deny`, `require`, `only`, `limit`, `pace`, `append`, `prepend` or `warn`. Without one it
would change no verdict, and a reader would believe that something is forbidden.

Before:

    rule gambling "No gambling" {
      when  subject is gambling
      basis regulator  cite act
    }

After:

    rule gambling "No gambling" {
      when  subject is gambling
      deny
      basis regulator  cite act
    }
""",
    "E402": """
A rule asks two things at once.

A reason in a verdict names one rule, and the sender has to see which of its demands was not met; and a narrower rule
can replace only a whole one. Write one rule for each demand. Both apply, so the meaning stays.

Before:

    rule marketing "Marketing by day, and with consent" {
      when    category is promotional
      require consent is opted_in
      only    08:00-20:00
      basis   law  cite act
    }

After:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   law  cite act
    }

    rule hours "Marketing by day" {
      when  category is promotional
      only  08:00-20:00
      basis law  cite act
    }
""",
    "E403": """
A clause of a rule, an entry of a policy, a language or a key stands twice where there is room for one.

Nobody can tell whether both are meant together or the second corrects the first. Join two conditions with `and` or
`or`, names with commas, and texts of one language into one entry; or leave out the one that is no longer meant.

Before:

    rule consent "Marketing by SMS needs prior consent" {
      when    category is promotional
      when    channel is sms
      require consent is opted_in
      basis   law  cite act
    }

After:

    rule consent "Marketing by SMS needs prior consent" {
      when    category is promotional and channel is sms
      require consent is opted_in
      basis   law  cite act
    }
""",
    "E404": """
`before` names the same day as `since`, or an earlier one.

A rule is in force from the day behind `since` on, until the day before the one behind `before`. This one would never
be in force: either the two dates have changed places, or one has the wrong year.

Before:

    rule winter "No questions in the winter of 2026" {
      when   category is consent_request
      deny
      basis  law  cite act
      since  2026-12-01
      before 2026-03-01
    }

After:

    rule winter "No questions in the winter of 2026" {
      when   category is consent_request
      deny
      basis  law  cite act
      since  2026-12-01
      before 2027-03-01
    }
""",
    "E405": """
Sending hours end before they begin, or last no time at all.

Hours belong to one day on the recipient's clock, and end at `24:00` at the latest. Those that go on past midnight are
two spans, one from midnight on and one up to it: so it is plain on which weekday each of them counts. `08:00-08:00`
is never open; for the whole day write `00:00-24:00`.

Before:

    rule night "Alerts of the night" {
      when  category is transactional
      only  20:00-08:00
      basis house
    }

After:

    rule night "Alerts of the night" {
      when  category is transactional
      only  00:00-08:00, 20:00-24:00
      basis house
    }
""",
    "E406": """
`and` and `or` stand side by side, and nothing says which joins first.

Lawyers and machines read such sentences differently: in the example, is an existing customer always enough, or only
where the message travels as SMS? Put round brackets round what belongs together. Whoever reads the rule aloud then
needs no convention.

Before:

    rule consent "Prior consent, or a customer" {
      when    category is promotional
      require consent is opted_in or consent is existing_customer and channel is sms
      basis   law  cite act
    }

After:

    rule consent "Prior consent, or a customer" {
      when    category is promotional
      require consent is opted_in or (consent is existing_customer and channel is sms)
      basis   law  cite act
    }
""",
    "E407": """
A limit or a pace has a number that cannot be meant: none at all, more than a million, or a period longer than 400
days.

A limit of nothing is a refusal, which is written `deny`, so that a reader sees it. One of a million never stops
anybody, and is mostly a slip of the finger. 400 days is as far as a deferral reaches, so nothing longer is counted.

Before:

    rule political "No political messages" {
      when  category is political
      limit 0 per 7 days  per recipient
      basis house
    }

After:

    rule political "No political messages" {
      when  category is political
      deny
      basis house
    }
""",
    "E408": """
A limit does not say that it counts what one recipient gets.

`per recipient` stands first in every limit, and what else is compared stands behind it. How much a business sends
altogether is not judged here, message by message: for the speed at which it sends there is `pace`.

Before:

    rule twice_a_week "Two marketing messages a week" {
      when  category is promotional
      limit 2 per 7 days  per brand
      basis carrier  cite charter
    }

After:

    rule twice_a_week "Two marketing messages a week" {
      when  category is promotional
      limit 2 per 7 days  per recipient, brand
      basis carrier  cite charter
    }
""",
    "E409": """
A policy does not say whom it protects.

Its rules speak only for the recipients named behind `recipients`: countries, their states or provinces, groups of
them, or `anywhere`. Without it they would never speak, and every message would seem to be in order.

Before:

    policy BE "Belgium" {
      languages nl, fr
    }

After:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr
    }
""",
    "E410": """
A policy does not say in which languages its recipients are written to.

The first of them decides which of several added texts a recipient gets whose own language is not known, so it cannot
be guessed. Name the official ones, the most common first. Words of other languages are looked for all the same.

Before:

    policy BE "Belgium" {
      recipients BE
    }

After:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr
    }
""",
    "E411": """
A title, a remark, an added text, a phrase or a list of words is empty, or holds nothing but blanks.

Somebody will see it: a title stands in every verdict, a remark is shown to the sender, an added text to the
recipient. A phrase without a letter would be found in every text, or in none.

Before:

    rule one_way "" {
      when  sender.type is alphanumeric
      warn  "a name cannot be answered"
      basis provider  cite charter
    }

After:

    rule one_way "Replies do not arrive" {
      when  sender.type is alphanumeric
      warn  "a name cannot be answered"
      basis provider  cite charter
    }
""",
    "E412": """
Hours leave public holidays out and give them hours of their own.

`except holidays` closes the window on every public holiday. `holidays` among the days opens it then, for the hours
behind it. One of the two was left over from an older version of the rule.

Before:

    rule hours "Marketing by day, shorter on holidays" {
      when  category is promotional
      only  mon-sat 08:00-20:00, holidays 10:00-12:00  except holidays
      basis law  cite act
    }

After:

    rule hours "Marketing by day, shorter on holidays" {
      when  category is promotional
      only  mon-sat 08:00-20:00, holidays 10:00-12:00
      basis law  cite act
    }
""",
    "E413": """
A policy for parts of a country says which alphabets its phones understand.

Carriers and phones understand the further letters of GSM-7 in a whole country or not at all, and the number of
segments must not depend on the state the recipient happens to live in. Write `alphabets` in the policy of the
country.

Before:

    policy CATALONIA "Catalonia" {
      recipients ES-CT
      languages  ca, es
      alphabets  spanish
    }

After:

    policy SPAIN "Spain" {
      recipients ES
      languages  es
      alphabets  spanish
    }

    policy CATALONIA "Catalonia" {
      recipients ES-CT
      languages  ca, es
    }
""",
}
"""The pages, by code: what is wrong and why it matters, then an example before and after."""
