using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>
/// Which cases are open, closed, or need attention: a list each, in order of the day on which something is due; what is due on no day
/// comes last. Written before the commit that makes it so, and checked against the case by whoever reads it: an entry may be one of a
/// commit that never came, or be left by one that moved the case on, until the nightly watch takes it away. So what is open is found
/// without a look at what was closed over the years.
/// </summary>
internal sealed class CaseIndex(RecordStorage storage, TimeProvider time)
{
    public const string Table = "privacyCaseIndex";

    private const string WrittenAt = "WrittenAt";

    // What is under way is committed long before.
    private static readonly TimeSpan NeverCommitted = TimeSpan.FromHours(1);

    /// <summary>Enters a case where it is to be found after a commit; nothing is written if it is found there already.</summary>
    /// <param name="before">The case before the commit; null if it is new.</param>
    /// <param name="after">What it is to be.</param>
    /// <param name="cancellation">Stops before the next entry.</param>
    public async Task EnterAsync(Case? before, Case after, CancellationToken cancellation)
    {
        foreach (var place in PlacesOf(after).Except(before is null ? [] : PlacesOf(before)))
            await (await storage.TableAsync(Table)).UpsertEntityAsync(
                new TableEntity(place.List, place.Key) { [WrittenAt] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Whether the entry says what the case is.</summary>
    public static bool Holds(IndexEntry entry, Case found) => PlacesOf(found).Contains((entry.List, entry.Due.Key));

    /// <summary>The entries of a list, in order.</summary>
    /// <param name="list">One of <see cref="CaseLists"/>.</param>
    /// <param name="after">The key after which to begin; null for the first.</param>
    /// <param name="dueBefore">Only what is due before that day; null for all.</param>
    /// <param name="atATime">How many are asked for in one call of the service.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async IAsyncEnumerable<IndexEntry> ReadAsync(
        string list, string? after, DateOnly? dueBefore, int atATime, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, end) = (after ?? "", dueBefore is { } day ? DueEntry.TextOf(day) : "~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {list} and RowKey gt {first} and RowKey lt {end}");
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, atATime, cancellationToken: cancellation))
            yield return new(list, DueEntry.Read(row.RowKey), row.GetDateTimeOffset(WrittenAt)!.Value, row.ETag);
    }

    /// <summary>
    /// Takes an entry away that does not hold, unless it may be one of a commit that is still under way, or was entered anew meanwhile.
    /// </summary>
    public async Task RemoveAsync(IndexEntry entry, CancellationToken cancellation)
    {
        if (entry.WrittenAt > time.GetUtcNow() - NeverCommitted) return;
        try
        {
            await (await storage.TableAsync(Table)).DeleteEntityAsync(entry.List, entry.Due.Key, entry.ETag, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // It is somebody else's by now.
        }
    }

    /// <summary>Takes a case out that is about to go for good.</summary>
    public async Task ForgetAsync(Case gone, CancellationToken cancellation)
    {
        foreach (var (list, key) in PlacesOf(gone))
            await (await storage.TableAsync(Table)).DeleteEntityAsync(list, key, ETag.All, cancellation);
    }

    private static IEnumerable<(string List, string Key)> PlacesOf(Case found)
    {
        var key = $"{DueEntry.TextOf(found.DueOn ?? DateOnly.MaxValue)}-{found.Id}";
        yield return (found.IsClosed ? CaseLists.Closed : CaseLists.Open, key);
        if (found.Attention is not null) yield return (CaseLists.Attention, key);
    }
}

/// <summary>The lists of <see cref="CaseIndex"/>.</summary>
internal static class CaseLists
{
    public const string Open = "open";
    public const string Closed = "closed";

    /// <summary>What needs attention, open or closed.</summary>
    public const string Attention = "attention";
}

/// <summary>An entry of the index.</summary>
/// <param name="List">One of <see cref="CaseLists"/>.</param>
/// <param name="Due">Its place in the list's order; <see cref="DateOnly.MaxValue"/> is no day.</param>
/// <param name="WrittenAt">When it was entered, by the real clock, UTC.</param>
/// <param name="ETag">Of its row.</param>
internal sealed record IndexEntry(string List, DueEntry Due, DateTimeOffset WrittenAt, ETag ETag);
