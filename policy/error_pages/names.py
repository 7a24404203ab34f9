"""Names: of facts, rules, sources, places and other things that nobody declared or that do not exist."""

from __future__ import annotations

PAGES = {
    "E201": """
A rule asks for something that is no fact: the name is misspelt, belongs to another program, or means something that
rules do not ask for.

A rule can ask only for the facts listed in the language reference. If a misspelt one were let through, it would be
unknown of every message, and the rule would refuse everybody. The time is no fact on purpose: hours stand behind
`only` and dates behind `since` and `before`, so that a deferral can be worked out.

Before:

    rule consent "Marketing needs prior consent" {
      when    categroy is promotional
      require consent is opted_in
      basis   law  cite act
    }

After:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   law  cite act
    }
""",
    "E202": """
A fact is compared with a value that it never has.

The condition could never be true, so the rule would never speak, or never stop speaking, and no message would show
why. The values that the fact can have stand below the place. What is not known has no value: ask `is not known`.

Before:

    rule consent "Marketing needs prior consent" {
      when    category is marketing
      require consent is opted_in
      basis   law  cite act
    }

After:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   law  cite act
    }
""",
    "E203": """
`replaces`, or the `by` of a test, names a rule that nobody wrote.

A rule of the same policy is called by its name alone, one of another policy with the name of that policy before it:
`world.hours`. A misspelt `replaces` would silence nothing: the wider rule would go on holding messages back, and the
narrower one would look as if it did not work.

Before:

    rule hours "Marketing from 08:00 to 21:30" {
      when     category is promotional
      only     08:00-21:30
      replaces world.hour
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
    "E204": """
`cite` names a source that the policy does not declare.

Whoever is refused wants to read where that is written, and a verdict can show only what a source gives it: a title,
an address, the day on which somebody last read it. A policy cites its own sources; one that two policies rest on is
declared in both, because each was read for its own rules.

Before:

    rule gambling "No gambling" {
      when  subject is gambling
      deny
      basis regulator  cite lottery
    }

After:

    source lottery "The Gambling Act, article 12"  "https://example.org/lottery"  checked 2026-11-22

    rule gambling "No gambling" {
      when  subject is gambling
      deny
      basis regulator  cite lottery
    }
""",
    "E205": """
A rule looks something up in a table that nobody wrote, or in a column that the table lacks.

A look-up names the table, what it is asked with, and the column of the answer. Were a wrong name let through, the
answer would never be known, and the rule would go against every message.

Before:

    table carriers (country, sender_type) -> (support) {
      FR | alphanumeric | yes
      FR | long_code    | no
    }

    rule supported "The carriers take this kind of sender" {
      when  carriers(recipient.country, sender.type).suport is no
      deny
      basis carrier  cite charter
    }

After:

    table carriers (country, sender_type) -> (support) {
      FR | alphanumeric | yes
      FR | long_code    | no
    }

    rule supported "The carriers take this kind of sender" {
      when  carriers(recipient.country, sender.type).support is no
      deny
      basis carrier  cite charter
    }
""",
    "E206": """
There is no country, no part of a country and no group of that name.

Countries have two capital letters (ISO 3166-1: `GB`, not `UK`), their states and provinces the country's code and
their own (ISO 3166-2: `US-FL`), and groups the name they are declared with. With a place that does not exist, a
policy would protect nobody and a condition would never hold. The same is said where `holidays` names a place whose
public holidays are not known.

Before:

    rule brands "Only businesses of France and the United Kingdom" {
      require brand.country is one of (FR, UK)
      basis   house
    }

After:

    rule brands "Only businesses of France and the United Kingdom" {
      require brand.country is one of (FR, GB)
      basis   house
    }
""",
    "E207": """
There is no language of that code, or the alphabet of text messages has no letters of its own for it.

Languages are written with their codes (ISO 639: `ja` for Japanese), which often differ from those of countries;
`pt-BR` names the Portuguese of Brazil. How words are looked for hangs on their language, and which text a recipient
gets does, too. Behind `alphabets` stand the English names of a few languages, which are listed below the place.

Before:

    words lottery {
      en: "lottery"
      jp: "宝くじ"
    }

After:

    words lottery {
      en: "lottery"
      ja: "宝くじ"
    }
""",
    "E208": """
There is no time zone of that name.

A zone is called after a large city in it, with its part of the world before it: `Europe/Paris`, `America/New_York`
(names of the IANA). The city knows when its clocks change, which an offset such as `+01:00` does not. Hours on an
unknown clock could never be told to be open.

Before:

    rule office "Questions in our own office hours" {
      when  category is consent_request
      only  mon-fri 09:00-17:00  in Europe/Marseille
      basis house
    }

After:

    rule office "Questions in our own office hours" {
      when  category is consent_request
      only  mon-fri 09:00-17:00  in Europe/Paris
      basis house
    }
""",
    "E209": """
A rule asks for a subject, or for a list of words, that nobody declares.

A few subjects are known to the language, such as `gambling` or `loans`; every list of words adds one of its own name.
Without the list, no text would ever be found to be about it. A phrase that is to be looked for as it stands is
written in quotation marks.

Before:

    rule raffles "No raffles" {
      when  subject is raffles
      deny
      basis provider  cite charter
    }

After:

    words raffles {
      en: "raffle*"
      fr: "tombola*"
    }

    rule raffles "No raffles" {
      when  subject is raffles
      deny
      basis provider  cite charter
    }
""",
    "E210": """
A rule or test names a registration that does not exist, or one for a place that does not exist.

Registrations have fixed names, so that rules and the services that send mean the same by them: `sender_id:FR` is a
sender ID registered in France, and `sender_id:{country}` one registered wherever the recipient is. Under another name
nobody could ever be found to be registered. The language reference lists them all.

Before:

    rule registered "The sender ID is registered in France" {
      require registrations has "sender-id:FR"
      basis   carrier  cite charter
    }

After:

    rule registered "The sender ID is registered in France" {
      require registrations has "sender_id:FR"
      basis   carrier  cite charter
    }
""",
    "E211": """
`basis` says how firm a rule stands, and there is no such firmness.

From firm to soft: `law`, `regulator`, `carrier`, `provider`, `house`, `guideline`. The basis decides which rule may
replace which, which of two added texts stands outermost, and whether the rule refuses or only warns where it does not
know enough. Choose by who demands it, not by how important it is to you.

Before:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   statute  cite act
    }

After:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   law  cite act
    }
""",
    "E212": """
`limit` or `pace` counts by something that it cannot count by.

A limit counts what one recipient got, by `brand`, `sender`, `campaign`, `category`, `subject` or `text`; a pace is
kept per `sender`, `brand` or `campaign`. Under any other key no two messages would be told to be alike, and nothing
would be counted.

Before:

    rule twice_a_week "Two marketing messages a week from one business" {
      when  category is promotional
      limit 2 per 7 days  per recipient, company
      basis carrier  cite charter
    }

After:

    rule twice_a_week "Two marketing messages a week from one business" {
      when  category is promotional
      limit 2 per 7 days  per recipient, brand
      basis carrier  cite charter
    }
""",
    "E213": """
A text to be added or answered has braces in it that stand for nothing.

`{brand}`, `{sender}` and `{stop}` are filled in from the message: the name of the business, the sender ID, and the
number or link where refusals go. With any other word the recipient would read the braces. A single brace cannot stand
in such a text; write a round bracket.

Before:

    rule way_out "A marketing message says how to stop" {
      when    category is promotional
      require body mentions "STOP"
      else    append " STOP au {number}"
      basis   law  cite act
    }

After:

    rule way_out "A marketing message says how to stop" {
      when    category is promotional
      require body mentions "STOP"
      else    append " STOP au {stop}"
      basis   law  cite act
    }
""",
    "E214": """
`replies` lists a kind of reply that there is not.

A recipient can refuse (`opt_out`), consent (`opt_in`) or ask for help (`help`); everything else that they write is a
conversation, and no business of these rules. Words under another kind would never be looked for, and a refusal
written with them would be overlooked.

Before:

    replies {
      stop fr: "STOP", "ARRET"  say "{brand} : vous ne recevrez plus de messages."
    }

After:

    replies {
      opt_out fr: "STOP", "ARRET"  say "{brand} : vous ne recevrez plus de messages."
    }
""",
    "E215": """
Two rules, sources, groups, tables, columns or policies have one name, or a group is called like a country.

A verdict names a rule, and whoever reads it must find one. Several versions of a rule may stand side by side, each
with its dates; by custom the older one carries a year in its name. Rules of different policies may have the same
name.

Before:

    rule hours "Marketing until 20:00" {
      only  08:00-20:00
      basis carrier  cite charter
      since 2026-03-01
    }

    rule hours "Marketing until 22:00" {
      only   08:00-22:00
      basis  carrier  cite charter
      before 2026-03-01
    }

After:

    rule hours "Marketing until 20:00" {
      only  08:00-20:00
      basis carrier  cite charter
      since 2026-03-01
    }

    rule hours_2024 "Marketing until 22:00" {
      only   08:00-22:00
      basis  carrier  cite charter
      before 2026-03-01
    }
""",
}
"""The pages, by code: what is wrong and why it matters, then an example before and after."""
