// Loaded into the scenarios' Azurite before it starts: it then reads its files, but does not write everything into them again
// every five seconds. With a dozen sample companies that would be half of its work, and nobody starts it a second time.
"use strict";
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === "lokijs") loaded.prototype.autosaveEnable = () => {};
  return loaded;
};
