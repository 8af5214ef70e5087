// Loaded into the scenarios' Azurite before it starts, for the two things that made it the busiest process of a test run:
//
// - Every five seconds it wrote everything into its files again. It now reads them, but writes nothing: nobody starts it twice.
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
