"""Kinds of values and units: something is compared, counted or written down as what it is not."""

from __future__ import annotations

PAGES = {
    "E301": """
The question does not suit what it is asked of: a text is not more or less than a number, a list is not equal to one
value, and a word is neither true nor false.

Every fact is of one kind, which the language reference names, and each kind has its own questions: `is` for words and
places, `has` for lists, `mentions` for the text, `<=` for numbers and ages. Below the place stands how to ask.

Before:

    rule short "At most 160 characters" {
      require body <= 160
      basis   house
    }

After:

    rule short "At most 160 characters" {
      require length of body <= 160
      basis   house
    }
""",
    "E302": """
A value is written as another kind than the fact it is compared with, or stands where a fact belongs.

Texts, such as the name of a campaign, stand in quotation marks; words of the language, places and languages stand
without. The fact comes first and the value behind it. The same is said of a phrase that could never be found or would
be found nearly everywhere, and of a source's address that is not written out whole.

Before:

    rule autumn "The autumn campaign is for adults" {
      when    campaign is autumn
      require recipient.age_at_least >= 18
      basis   house
    }

After:

    rule autumn "The autumn campaign is for adults" {
      when    campaign is "autumn"
      require recipient.age_at_least >= 18
      basis   house
    }
""",
    "E303": """
An age is compared with a plain number, or a number with a length of time.

`consent.age <= 2` does not say whether days, months or years are meant, and a lawyer would read years where the
machine counts seconds. Write the unit with every age, and none with a count.

Before:

    rule fresh "Consent lasts two years" {
      when    category is promotional
      require consent.age <= 2
      basis   law  cite act
    }

After:

    rule fresh "Consent lasts two years" {
      when    category is promotional
      require consent.age <= 2 years
      basis   law  cite act
    }
""",
    "E304": """
The pattern behind `matches` cannot be used: a bracket in it is not closed, or it asks for something that patterns
here do not have.

Patterns are regular expressions of RE2. It leaves out what could make a text take minutes to judge: looking ahead,
and going back to an earlier part. A pattern describes the whole value, from its first character to its last. Where it
is only about the beginning or the end, `starts with` and `ends with` are easier to read.

Before:

    rule name "A sender ID has letters and digits" {
      when    sender.type is alphanumeric
      require sender.id matches "[A-Za-z0-9+"
      basis   provider  cite charter
    }

After:

    rule name "A sender ID has letters and digits" {
      when    sender.type is alphanumeric
      require sender.id matches "[A-Za-z0-9]+"
      basis   provider  cite charter
    }
""",
    "E305": """
The calendar has no such day.

A rule that begins on 31 April would begin on nobody knows which day, and the last day of a law is just what people
disagree about. Dates are written year, month, day.

Before:

    rule winter "No questions in winter" {
      when   category is consent_request
      deny
      basis  law  cite act
      before 2026-02-30
    }

After:

    rule winter "No questions in winter" {
      when   category is consent_request
      deny
      basis  law  cite act
      before 2026-03-01
    }
""",
    "E306": """
The clock never shows that time.

Hours run from `00:00` to `24:00`, which is the end of the day and so can only end a span; minutes run to `59`. Hours
that go on past midnight are two spans.

Before:

    rule late "Until half past midnight" {
      when  category is transactional
      only  08:00-24:30
      basis house
    }

After:

    rule late "Until half past midnight" {
      when  category is transactional
      only  00:00-00:30, 08:00-24:00
      basis house
    }
""",
    "E307": """
A row of a table has more or fewer cells than the table has columns.

Nobody could tell which cell is missing, and every value behind the gap would be read under the wrong head. Where no
source says what belongs in a cell, write `undocumented`.

Before:

    table carriers (country, sender_type) -> (support, days) {
      FR | alphanumeric | yes | 7
      FR | long_code    | no
    }

After:

    table carriers (country, sender_type) -> (support, days) {
      FR | alphanumeric | yes | 7
      FR | long_code    | no  | undocumented
    }
""",
    "E308": """
A cell of a table is of another kind than the rest of its column, or of a kind that a table cannot hold.

All cells of a column are places, or words, or numbers, or texts in quotation marks, because a rule asks the whole
column one question: `>= 7` has no answer where the cell says `"a week"`. `*` stands for any key and cannot be a
value; what no source says is `undocumented` in any column.

Before:

    table fees (country) -> (days) {
      FR | 7
      BE | "a week"
    }

After:

    table fees (country) -> (days) {
      FR | 7
      BE | 7
    }
""",
    "E309": """
A table is asked with more or fewer values than it has keys.

A table of two keys answers only who names both, and always in the order in which its head lists them. Where a key
makes no difference, the table has a row with `*` in its place; the question still names it.

Before:

    table carriers (country, sender_type) -> (support) {
      FR | alphanumeric | yes
      FR | long_code    | no
    }

    rule supported "The carriers take this kind of sender" {
      when  carriers(sender.type).support is no
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
    "E310": """
A table is asked with a value of another kind than its key: with a word where it lists places, or with a place where
it lists numbers.

Mostly two values have changed places. No row could ever fit, so the answer would be unknown and the rule would go
against every message.

Before:

    table carriers (country, sender_type) -> (support) {
      FR | alphanumeric | yes
      FR | long_code    | no
    }

    rule supported "The carriers take this kind of sender" {
      when  carriers(sender.type, recipient.country).support is no
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
    "E311": """
Two rows of a table have the same keys.

They may say different things, and the order of rows means nothing, so neither could be preferred. Mostly a row was
corrected and the old one stayed. Leave one out; where the two differ in something the table does not ask for, the
table needs one key more.

Before:

    table carriers (country, sender_type) -> (support) {
      FR | alphanumeric | yes
      FR | alphanumeric | no
    }

After:

    table carriers (country, sender_type) -> (support) {
      FR | alphanumeric | yes
    }
""",
    "E312": """
The period of a limit or a pace is given in months or years, or by a calendar unit that there is not.

Months have 28 to 31 days, so a place that frees “after a month” would free on a day that people work out differently.
Write how many days are meant or, where the law speaks of the month on the calendar, `per calendar month`: that one
starts anew on the first. A limit by the calendar goes by day, week or month.

Before:

    rule monthly "Four marketing messages a month" {
      when  category is promotional
      limit 4 per 1 month  per recipient, brand
      basis law  cite act
    }

After:

    rule monthly "Four marketing messages a month" {
      when  category is promotional
      limit 4 per calendar month  per recipient, brand
      basis law  cite act
    }
""",
}
"""The pages, by code: what is wrong and why it matters, then an example before and after."""
