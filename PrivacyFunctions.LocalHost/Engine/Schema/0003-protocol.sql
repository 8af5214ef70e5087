-- Published: never edit. A change is a new file with the next number.
-- Schemas 1 and 2 belonged to an engine with a format of its own; their databases are refused (Schema.cs).
-- Instants are UTC ticks (100 ns since 0001-01-01). Payloads are messages of Durable Task's protocol in protobuf. There are
-- no foreign keys: every statement that removes an instance removes its rows elsewhere in the same transaction.

-- What queries see. execution numbers an execution: a start, a restart and each continuation as new get the next number, so
-- a message to an execution that is gone can reach no other. status is OrchestrationStatus.
CREATE TABLE Instances (
    execution       INTEGER NOT NULL PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    executionId     TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    version         TEXT    NULL,
    status          INTEGER NOT NULL,
    created         INTEGER NOT NULL,
    updated         INTEGER NOT NULL,
    completed       INTEGER NULL,
    input           TEXT    NULL,
    output          TEXT    NULL,
    customStatus    TEXT    NULL,
    parent          TEXT    NULL,                -- the instance that awaits this one
    parentExecution INTEGER NULL,                -- and the one execution of it that asked
    start           BLOB    NOT NULL,            -- ExecutionStartedEvent without its input: who asked, tags
    turns           INTEGER NOT NULL DEFAULT 0,  -- committed ones of this execution
    suspended       INTEGER NOT NULL DEFAULT 0,  -- 1 while a client has suspended it; status is then what it will be again
    ending          INTEGER NOT NULL DEFAULT 0,  -- 1 from a client's termination on
    shown           INTEGER GENERATED ALWAYS AS (CASE WHEN suspended = 1 THEN 7 ELSE status END) VIRTUAL
) STRICT;
CREATE INDEX InstancesByParent ON Instances (parent) WHERE parent IS NOT NULL;
CREATE INDEX InstancesSuspended ON Instances (execution) WHERE suspended = 1;

-- One row for each turn, a HistoryChunk. The key rejects a second committer of the same turn.
CREATE TABLE History (
    execution INTEGER NOT NULL,
    turn      INTEGER NOT NULL,
    events    BLOB    NOT NULL,
    PRIMARY KEY (execution, turn)
) STRICT, WITHOUT ROWID;

-- Messages to unfinished instances, each a HistoryEvent. A timer is a message that lay in the future when it was sent.
CREATE TABLE NewEvents (
    execution INTEGER NOT NULL,
    visibleAt INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    later     INTEGER NOT NULL,
    event     BLOB    NOT NULL,
    PRIMARY KEY (execution, visibleAt, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX NewEventsLater ON NewEvents (visibleAt) WHERE later = 1;

-- Activities to run.
CREATE TABLE NewTasks (
    seq       INTEGER NOT NULL PRIMARY KEY,
    execution INTEGER NOT NULL,
    id        TEXT    NOT NULL,
    task      INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    input     TEXT    NULL
) STRICT;
CREATE INDEX NewTasksByInstance ON NewTasks (id);
