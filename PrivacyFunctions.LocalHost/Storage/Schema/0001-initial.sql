-- Published: never edit. A change is a new file with the next number.
-- Instants are UTC ticks (100 ns since 0001-01-01). Payloads are JSON. There are no foreign keys: every statement that
-- removes an instance removes its rows elsewhere in the same transaction, and the order of inserts stays free.

-- What queries see, and the lease of the turn that is running. status is OrchestrationRuntimeStatus.
CREATE TABLE Instances (
    id           TEXT    NOT NULL PRIMARY KEY,
    executionId  TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    status       INTEGER NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL,
    completed    INTEGER NULL,
    input        TEXT    NULL,
    output       TEXT    NULL,
    customStatus TEXT    NULL,
    failure      TEXT    NULL,
    parent       TEXT    NULL,
    lockToken    TEXT    NULL,
    lockUntil    INTEGER NULL
) STRICT;
CREATE INDEX InstancesByParent ON Instances (parent) WHERE parent IS NOT NULL;

-- The key rejects a second committer of the same turn.
CREATE TABLE History (
    id          TEXT    NOT NULL,
    executionId TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    payload     TEXT    NOT NULL,
    PRIMARY KEY (id, executionId, seq)
) STRICT, WITHOUT ROWID;

-- Messages to unfinished instances. A timer is a message that is not visible yet.
CREATE TABLE NewEvents (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT    NOT NULL,
    executionId TEXT    NOT NULL,
    visibleAt   INTEGER NOT NULL,
    timerId     INTEGER NULL,
    payload     TEXT    NOT NULL
) STRICT;
CREATE INDEX NewEventsByVisibleAt ON NewEvents (visibleAt, seq);
CREATE INDEX NewEventsByInstance ON NewEvents (id, visibleAt);

-- Activities to run.
CREATE TABLE NewTasks (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT    NOT NULL,
    executionId TEXT    NOT NULL,
    lockToken   TEXT    NULL,
    lockUntil   INTEGER NULL,
    payload     TEXT    NOT NULL
) STRICT;
CREATE INDEX NewTasksByInstance ON NewTasks (id);
