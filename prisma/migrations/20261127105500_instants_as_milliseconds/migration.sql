-- Instants were text, 2026-11-21T10:00:00.007+00:00; now they are milliseconds since 1970, UTC.

UPDATE "account" SET
  "claimed_at" = unixepoch("claimed_at") * 1000 + substr("claimed_at", 21, 3),
  "released_at" = unixepoch("released_at") * 1000 + substr("released_at", 21, 3);

UPDATE "claim_code" SET
  "issued_at" = unixepoch("issued_at") * 1000 + substr("issued_at", 21, 3),
  "expires_at" = unixepoch("expires_at") * 1000 + substr("expires_at", 21, 3),
  "used_at" = unixepoch("used_at") * 1000 + substr("used_at", 21, 3);

UPDATE "claim_try" SET
  "at" = unixepoch("at") * 1000 + substr("at", 21, 3);

UPDATE "binding" SET
  "bound_at" = unixepoch("bound_at") * 1000 + substr("bound_at", 21, 3),
  "released_at" = unixepoch("released_at") * 1000 + substr("released_at", 21, 3);

UPDATE "leave" SET
  "said_at" = unixepoch("said_at") * 1000 + substr("said_at", 21, 3),
  "ended_at" = unixepoch("ended_at") * 1000 + substr("ended_at", 21, 3);

UPDATE "period" SET
  "opens_at" = unixepoch("opens_at") * 1000 + substr("opens_at", 21, 3),
  "due_at" = unixepoch("due_at") * 1000 + substr("due_at", 21, 3),
  "locks_at" = unixepoch("locks_at") * 1000 + substr("locks_at", 21, 3);

UPDATE "report" SET
  "sent_at" = unixepoch("sent_at") * 1000 + substr("sent_at", 21, 3),
  "received_at" = unixepoch("received_at") * 1000 + substr("received_at", 21, 3);

UPDATE "exemption" SET
  "said_at" = unixepoch("said_at") * 1000 + substr("said_at", 21, 3);

UPDATE "slot" SET
  "due_at" = unixepoch("due_at") * 1000 + substr("due_at", 21, 3),
  "decided_at" = unixepoch("decided_at") * 1000 + substr("decided_at", 21, 3);

UPDATE "gap" SET
  "shown_at" = unixepoch("shown_at") * 1000 + substr("shown_at", 21, 3),
  "made_good_at" = unixepoch("made_good_at") * 1000 + substr("made_good_at", 21, 3);

UPDATE "confirmation" SET
  "asked_at" = unixepoch("asked_at") * 1000 + substr("asked_at", 21, 3),
  "expires_at" = unixepoch("expires_at") * 1000 + substr("expires_at", 21, 3),
  "used_at" = unixepoch("used_at") * 1000 + substr("used_at", 21, 3);

UPDATE "inbound" SET
  "sent_at" = unixepoch("sent_at") * 1000 + substr("sent_at", 21, 3),
  "received_at" = unixepoch("received_at") * 1000 + substr("received_at", 21, 3);

UPDATE "outbox" SET
  "created_at" = unixepoch("created_at") * 1000 + substr("created_at", 21, 3),
  "not_before" = unixepoch("not_before") * 1000 + substr("not_before", 21, 3),
  "settled_at" = unixepoch("settled_at") * 1000 + substr("settled_at", 21, 3);

UPDATE "outage" SET
  "since" = unixepoch("since") * 1000 + substr("since", 21, 3),
  "until" = unixepoch("until") * 1000 + substr("until", 21, 3);
