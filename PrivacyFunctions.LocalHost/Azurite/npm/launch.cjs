// Starts Azurite so that it outlives whoever asked for it, and ends at once.
//
//   node launch.cjs RECORD LOG PORTS AZURITE_SCRIPT [AZURITE_ARGUMENT...]
//
// A session of its own (detached): Ctrl-C in the terminal reaches every process of the session, and Azurite has to go last;
// being told twice to stop, it throws instead of saving. The log is a file, not a pipe to the host: after a killed host
// Azurite would die of the broken pipe at its next line. RECORD (JSON: PORTS, process id, start) is written here and not by
// the host, so that a host killed in this very moment still leaves a findable Azurite.
"use strict";
const { mkdirSync, openSync, renameSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { spawn } = require("node:child_process");

const [record, log, ports, script, ...args] = process.argv.slice(2);
mkdirSync(dirname(log), { recursive: true });
const output = openSync(log, "a");
const azurite = spawn(process.execPath, [script, ...args], {
  detached: true,
  stdio: ["ignore", output, output],
  windowsHide: true,
});
azurite.once("spawn", () => {
  const content = { processId: azurite.pid, startedAt: new Date().toISOString(), ...JSON.parse(ports) };
  writeFileSync(`${record}.partial`, JSON.stringify(content, null, 2), { mode: 0o600 });
  renameSync(`${record}.partial`, record);
  azurite.unref();
});
