using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Takes a person out of rows that stay (clause K-DISPOSE). A row that was found by its content loses the fields that the
/// map clears. A row whose keys name the person becomes another row under keys that nothing leads back from.
/// </summary>
internal static class TableAnonymisation
{
    /// <summary>No id can be filled into a key so that it begins like this: '~' is not safe in an id.</summary>
    private const string Partition = "~anonymous-";

    /// <summary>Whether a partition holds rows that were anonymised: they are nobody's.</summary>
    public static bool IsAnonymous(string partition) => partition.StartsWith(Partition, StringComparison.Ordinal);

    /// <inheritdoc cref="IPersonalDataSource.AnonymiseAsync"/>
    public static Task<int> AnonymiseAsync(
        TableClient table, Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation)
    {
        TableRows.HoldToReach(reach, items);
        return Bounded.CountAsync(
            items.Distinct(),
            async (item, stop) => await TableRows.ReadOwnAsync(table, reach, item, stop) is { } row
                && await AnonymiseAsync(table, reach.Set, reach.Find, row, salt, stop),
            cancellation);
    }

    /// <summary>Anonymises one row as it was read.</summary>
    /// <returns>False when it is gone.</returns>
    /// <exception cref="RequestFailedException">It was changed since (412): it stays as it is.</exception>
    public static Task<bool> AnonymiseAsync(
        TableClient table, DataSet set, Find find, TableEntity row, byte[] salt, CancellationToken cancellation) =>
        find is Find.Scan scan
            ? ClearAsync(table, row, scan.Property, set.Erasure.Clears, cancellation)
            : RenewAsync(table, row, set, salt, cancellation);

    /// <summary>Whether an item has been anonymised for this set: its keys say so, or the empty property that it was found by.</summary>
    public static bool IsAnonymised(DataSet set, DatedItem item) =>
        IsAnonymous(item.Key.Row.PartitionKey) || (set.Find is Find.Scan scan && item.ValueOf(scan.Property) is "");

    /// <summary>
    /// The row may belong to others too, so all else in it stays. What it was found by is left empty, which tells it from a row
    /// that never named anybody.
    /// </summary>
    private static async Task<bool> ClearAsync(
        TableClient table, TableEntity row, string foundBy, ImmutableArray<string> clears, CancellationToken cancellation)
    {
        var cleared = Copy(row, row.PartitionKey, row.RowKey, name => !clears.Contains(name));
        cleared[foundBy] = "";
        await table.UpdateEntityAsync(cleared, row.ETag, TableUpdateMode.Replace, cancellation);
        return true;
    }

    /// <summary>
    /// The copy is written first: a crash before the original is deleted leaves both, and the same salt then finds the same
    /// copy. What the map does not know stays behind, because nobody can say whom it names.
    /// </summary>
    private static async Task<bool> RenewAsync(
        TableClient table, TableEntity row, DataSet set, byte[] salt, CancellationToken cancellation)
    {
        var kept = set.Fields.Select(field => field.Name).Except(set.Erasure.Clears).ToHashSet(StringComparer.Ordinal);
        var (partition, key) = KeysFor(row, salt);
        var copy = Copy(row, partition, key, kept.Contains);
        var made = await MakeAsync(table, copy, cancellation);
        try
        {
            var response = await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
            if (response.Status is not 404) return true;
            // Somebody erased it meanwhile, and would not have this copy; unless a repetition of ours finished with it.
            if (made is { } version) await TakeBackAsync(table, copy, version, cancellation);
            return false;
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            await table.DeleteEntityAsync(partition, key, ETag.All, cancellation); // a copy of what has changed meanwhile
            throw;
        }
    }

    /// <returns>The version of the copy if it is new; null when an earlier attempt had made it.</returns>
    private static async Task<ETag?> MakeAsync(TableClient table, TableEntity copy, CancellationToken cancellation)
    {
        try
        {
            return (await table.AddEntityAsync(copy, cancellation)).Headers.ETag;
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            await table.UpsertEntityAsync(copy, TableUpdateMode.Replace, cancellation);
            return null;
        }
    }

    private static async Task TakeBackAsync(TableClient table, TableEntity copy, ETag version, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(copy.PartitionKey, copy.RowKey, version, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // A repetition of ours has found it, and finishes.
        }
    }

    /// <summary>Sixteen partitions, so that the anonymous rows of all people do not crowd into one.</summary>
    private static (string Partition, string Row) KeysFor(TableEntity row, byte[] salt)
    {
        var old = Encoding.UTF8.GetBytes(ItemKey.OfRow(row.PartitionKey, row.RowKey).Value);
        var hash = HMACSHA256.HashData(salt, old);
        return ($"{Partition}{hash[0] >> 4:x}", Base64Url.EncodeToString(hash));
    }

    private static TableEntity Copy(TableEntity row, string partition, string key, Func<string, bool> keeps)
    {
        var copy = new TableEntity(partition, key);
        foreach (var (name, value) in row.Where(property => !TableDataSource.OfTheStore.Contains(property.Key)))
            if (keeps(name))
                copy[name] = value;
        return copy;
    }
}
