// Loaded into the Azurites of the tests before they start, for the two things that made them the busiest processes of a run:
//
// - Every five seconds they wrote everything into their files again. They still read them, and no longer write: a host that was
//   killed finds its Azurite alive, and nobody starts one twice.
// - Each deletion by a search sorted all indexes anew, over the blobs of every account, even when it had found nothing. Single
//   documents are now taken out one by one, which keeps the indexes as they are.
"use strict";
const Module = require("node:module");

const few = 20; // more at once are quicker by the sort
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === "lokijs") {
    loaded.prototype.autosaveEnable = () => {};
    removeFewOneByOne(loaded.Collection.prototype);
  }
  return loaded;
};

function removeFewOneByOne(collection) {
  if (collection.removesFewOneByOne) return;
  collection.removesFewOneByOne = true;
  const removeBatch = collection.removeBatchByPositions;
  collection.removeBatchByPositions = function (positions) {
    if (positions.length > few) return removeBatch.call(this, positions);
    for (const document of positions.map((position) => this.data[position])) this.remove(document);
  };
}
