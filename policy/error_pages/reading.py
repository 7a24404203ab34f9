"""What cannot be read: files, words and signs that the language has no place for."""

from __future__ import annotations

PAGES = {
    "E001": """
The file does not exist, nobody may open it, it is larger than 8 MB, or its letters are not stored as UTF-8. A folder
gets this error where it holds no file whose name ends in `.policy`.

Nothing in the file was read, so nothing is said about its rules; the other files are checked as if it were not there.
Look at the name first. Where the reason is that the file is not UTF-8, it was saved in an older way of storing
letters, in which `é` or `ü` become something else: open it in an editor and save it as UTF-8.

Before:

    sendlaw lint examples/huose.policy

After:

    sendlaw lint examples/house.policy
""",
    "E101": """
Something stands where the language has no place for it: a misspelt word, a comma or bracket too few, or a way of
writing from elsewhere, such as `=`, `8am` or curved quotation marks.

Below the place stands what was expected there or, for what people often write first, what to write instead. The rule
in which it stands is left out and the rest of the file is read, so that one run shows every such place. Where the
place itself looks right, look at what stands just before it: a forgotten comma or quotation mark shows only at the
next word.

Before:

    rule consent "Marketing needs prior consent" {
      when    category = promotional
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
    "E102": """
The file is over before its last block is closed.

Mostly a `}` is missing at the end. But a file that was cut off while it was copied or sent looks just the same, and
then rules are missing too. Compare the end with the original before you add the brace: a rule that is not there is
not missed by anybody.

Before:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr

      rule quiet "Nothing on the first of January" {
        deny
        basis house
      }

After:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr

      rule quiet "Nothing on the first of January" {
        deny
        basis house
      }
    }
""",
    "E103": """
More than 40 brackets are open at one place, each inside the one before.

A rule is there to be read aloud, and nobody can follow a condition so deep. Mostly a program wrote it, or brackets
were copied too often. Take away those that hold one condition alone, and give each case a rule of its own: all rules
apply, and the strictest counts, so nothing is lost by splitting.

Before:

    rule marketing "No marketing" {
      when  (((((((((((((((((((((((((((((((((((((((category is promotional)))))))))))))))))))))))))))))))))))))))
      deny
      basis house
    }

After:

    rule marketing "No marketing" {
      when  category is promotional
      deny
      basis house
    }
""",
    "E104": """
A rule, source, list or table has a name that the language keeps for itself.

Words such as `when`, `limit` or `source` begin the parts of a file, and mean the same wherever they stand. So a
reader sees at once where a part begins, and a rule with a mistake in it does not swallow the next one. Any other name
will do; one that says what the rule is about serves those who meet it in a verdict. The language reference lists all
such words.

Before:

    rule limit "Two marketing messages a week" {
      when  category is promotional
      limit 2 per 7 days  per recipient
      basis carrier  cite charter
    }

After:

    rule twice_a_week "Two marketing messages a week" {
      when  category is promotional
      limit 2 per 7 days  per recipient
      basis carrier  cite charter
    }
""",
    "E105": """
A text in quotation marks holds a sign that cannot be seen and that no phone shows. In the example it is a form feed,
drawn as `␌`.

It came with text from a PDF or a terminal, or stands where a file lost a dash or a curved quotation mark because it
was saved in the letters of Windows. Somebody who compares the two texts sees no difference, and the machine does: a
word would not be found, or the recipient would get a box. Take the sign away, and write again what was meant in its
place.

Before:

    rule label "An advertisement says␌so first" {
      when    category is promotional
      require body starts with "[PUB]"
      basis   law  cite act
    }

After:

    rule label "An advertisement says so first" {
      when    category is promotional
      require body starts with "[PUB]"
      basis   law  cite act
    }
""",
    "E106": """
A rule, a test or a policy begins while the one before it is still open.

A `}` is missing. The second place that is shown is where the open block begins; the brace belongs behind its last
line. Until it stands there, nobody can tell which clause belongs to which rule.

Before:

    rule consent "Marketing needs prior consent" {
      when    category is promotional
      require consent is opted_in
      basis   law  cite act

    rule hours "Marketing by day" {
      when  category is promotional
      only  08:00-20:00
      basis carrier  cite charter
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
      basis carrier  cite charter
    }
""",
    "E107": """
A rule, a source or another entry stands outside of every policy.

A rule speaks for the people whom its policy protects, so it must stand in one. Mostly a `}` too many closes the
policy early; take it away. Otherwise move the entry between the braces of the policy it belongs to.

Before:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr
    }

    rule quiet "Nothing on the first of January" {
      deny
      basis house
    }

After:

    policy BE "Belgium" {
      recipients BE
      languages  nl, fr

      rule quiet "Nothing on the first of January" {
        deny
        basis house
      }
    }
""",
    "E199": """
`sendlaw fmt` laid a file out, read its own work, and found that it no longer says the same. It threw the work away.

The file is as you left it, and its rules can be used as they are. The fault is the program's, not yours: please
report it with the file, or with the part of it that does it. There is no example here, because no file is known that
causes it; each one that is found is mended.
""",
}
"""The pages, by code: what is wrong and why it matters, then an example before and after."""
