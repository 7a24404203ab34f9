"""The tables of the embedded store. Times are whole UTC epoch seconds."""

from __future__ import annotations

APPLICATION_ID = 0x534C4157
"""`SLAW` in ASCII, by which a database of ours is told from another program's."""

VERSION = 1
"""Of the tables below; kept in the database's `user_version`."""

TABLES = """
CREATE TABLE message (
  seq         INTEGER PRIMARY KEY,
  campaign    TEXT NOT NULL,
  id          TEXT NOT NULL,
  digest      BLOB NOT NULL,
  recipient   TEXT NOT NULL,
  content     TEXT NOT NULL,
  state       TEXT NOT NULL
              CHECK (state IN ('denied', 'deferred', 'dispatching', 'in_doubt', 'sent', 'refused')),
  at          INTEGER NOT NULL,
  until       INTEGER,
  provider    TEXT,
  provider_id TEXT,
  refusal     TEXT,
  UNIQUE (campaign, id),
  CHECK ((state = 'deferred') = (until IS NOT NULL))
) STRICT;

CREATE INDEX message_by_recipient ON message (recipient, at)
  WHERE state IN ('dispatching', 'in_doubt', 'sent');
CREATE INDEX message_by_due_time ON message (campaign, until) WHERE state = 'deferred';
CREATE INDEX message_open ON message (seq) WHERE state = 'dispatching';

CREATE TABLE judgement (
  seq      INTEGER PRIMARY KEY,
  message  INTEGER NOT NULL REFERENCES message (seq),
  at       INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('allow', 'defer', 'deny')),
  verdict  TEXT NOT NULL
) STRICT;

CREATE INDEX judgement_by_message ON judgement (message);

CREATE TABLE consent (
  recipient TEXT NOT NULL,
  brand     TEXT NOT NULL,
  status    TEXT NOT NULL CHECK (status IN ('opted_out', 'none', 'existing_customer', 'opted_in')),
  content   TEXT NOT NULL,
  stated_at INTEGER NOT NULL,
  PRIMARY KEY (recipient, brand)
) STRICT, WITHOUT ROWID;
"""
