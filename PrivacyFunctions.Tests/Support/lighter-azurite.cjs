// Loaded into the Azurites of the tests before they start, for the four things that made them the busiest processes of a run:
//
// - Every five seconds they wrote everything into their files again. They still read them, and no longer write: a host that was
//   killed finds its Azurite alive, and nobody starts one twice.
// - Each deletion by a search sorted all indexes anew, over the blobs of every account, even when it had found nothing. Single
//   documents are now taken out one by one, which keeps the indexes as they are.
// - Each query tried its filter on every row of the table. One that names a partition, or a range of them, is now tried on that alone,
//   which the index finds; nothing else of the query changes.
// - A blob was looked for among all blobs of its account, and a row among all of its partition. Of the indexes that there are, the one
//   that finds the fewest is now asked.
"use strict";
const Module = require("node:module");

const few = 20; // more at once are quicker by the sort
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === "lokijs") {
    loaded.prototype.autosaveEnable = () => {};
    removeFewOneByOne(loaded.Collection.prototype);
    findByTheFewest(loaded.Resultset.prototype);
  }
  if (request.endsWith("/LokiTableMetadataStore")) searchThePartition(loaded.default.prototype);
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

// Only the first of several properties is looked up in its index: now the one whose index finds the fewest.
function findByTheFewest(resultset) {
  if (resultset.findsByTheFewest) return;
  resultset.findsByTheFewest = true;
  const find = resultset.find;
  resultset.find = function (query, ...rest) {
    const indexed = Object.keys(query ?? {}).filter((key) => typeof query[key] === "string" && this.collection.binaryIndices[key]);
    if (indexed.length < 2 || this.filterInitialized) return find.call(this, query, ...rest);
    const [, fewest] = indexed.map((key) => [found(this.collection, key, query[key]), key]).sort(([one], [other]) => one - other)[0];
    return find.call(this, { [fewest]: query[fewest], ...query }, ...rest);
  };
}

function found(collection, property, value) {
  const [first, last] = collection.calculateRange("$eq", property, value);
  return last - first;
}

function searchThePartition(store) {
  if (store.searchesThePartition) return;
  store.searchesThePartition = true;
  const query = store.queryTableEntities;
  store.queryTableEntities = function (context, account, table, options, ...rest) {
    const partition = partitionIn(options.filter ?? "");
    if (!partition) return query.call(this, context, account, table, options, ...rest);
    const rows = this.getEntityCollection(account, table, context);
    const view = Object.create(this, { getEntityCollection: { value: () => ({ chain: () => rows.chain().find(partition) }) } });
    return query.call(view, context, account, table, options, ...rest);
  };
}

// Null where the filter may let in more than one stretch of partitions. The index sorts what looks like a number by its value, so the ends
// of a range must begin with a letter, before which all of those come.
function partitionIn(filter) {
  if (/\b(or|not)\b/.test(filter.replace(/'(?:[^']|'')*'/g, "''"))) return null;
  const bounds = [...filter.matchAll(/\bPartitionKey (eq|ge|gt|lt|le) '((?:[^']|'')*)'/g)]
    .map(([, operator, value]) => ({ operator, value: value.replaceAll("''", "'") }));
  const exact = bounds.find(({ operator }) => operator === "eq");
  if (exact) return { PartitionKey: { $eq: exact.value } };
  const ends = bounds.filter(({ value }) => /^[A-Za-z]/.test(value));
  if (ends.length !== 2 || ends.length !== bounds.length) return null;
  const [low, high] = ends.sort((one, other) => (one.value < other.value ? -1 : 1)).map(({ value }) => value);
  return { PartitionKey: { $between: [low, high] } };
}
