-- Published: never edit. A change is a new file with the next number.

-- 1 while a client has suspended the instance. status then stays what it will be again after the resumption.
ALTER TABLE Instances ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;

-- What queries see.
ALTER TABLE Instances ADD COLUMN shown INTEGER GENERATED ALWAYS AS (CASE WHEN suspended = 1 THEN 7 ELSE status END) VIRTUAL;

-- Suspended instances are few, and every look for due messages asks which they are.
CREATE INDEX InstancesSuspended ON Instances (id, lockUntil) WHERE suspended = 1;
