using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Which acts of which cases have notices without an answer, in the order of their days, and when somebody has to look at each again. Written before
/// the case says so, and checked against it by whoever reads it.
/// </summary>
internal sealed class OpenNotices(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyOpenNotices";
    private const string Partition = "open";
    private const string WrittenAt = "WrittenAt";
    private const string LookOn = "LookOn";

    // What is under way is committed long before.
    private static readonly TimeSpan NeverCommitted = TimeSpan.FromHours(1);

    /// <summary>Enters an act, or that something is entered about it: it is looked at in the next night.</summary>
    public async Task AddAsync(OpenNotice entry, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpsertEntityAsync(
            new TableEntity(Partition, entry.Key) { [WrittenAt] = time.GetUtcNow(), [LookOn] = DueEntry.TextOf(entry.On) }, TableUpdateMode.Replace, cancellation);

    /// <summary>Nothing has to be done about it before that day, unless something was entered since it was read.</summary>
    public async Task LeaveUntilAsync(FoundNotice found, DateOnly day, CancellationToken cancellation)
    {
        try
        {
            await (await storage.TableAsync(Table)).UpdateEntityAsync(
                new TableEntity(Partition, found.Entry.Key) { [LookOn] = DueEntry.TextOf(day) }, found.ETag, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            // It is looked at in the next night, or is answered.
        }
    }

    /// <summary>Takes one out whose notices are all answered.</summary>
    public async Task RemoveAsync(OpenNotice entry, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(Partition, entry.Key, ETag.All, cancellation);

    /// <summary>Takes one out that leads nowhere, unless it may be one of a commit that is still under way.</summary>
    public Task RemoveStaleAsync(FoundNotice found, CancellationToken cancellation) =>
        found.WrittenAt > time.GetUtcNow() - NeverCommitted ? Task.CompletedTask : RemoveAsync(found.Entry, cancellation);

    /// <summary>All of them, the oldest first.</summary>
    /// <param name="after">The key after which to begin; null for the first.</param>
    /// <param name="atATime">How many are asked for in one call of the service.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<FoundNotice> ReadAsync(string? after, int atATime, CancellationToken cancellation) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {after ?? ""}"), atATime, cancellation);

    /// <summary>Those that somebody has to look at on that day, the oldest first.</summary>
    public IAsyncEnumerable<FoundNotice> DueAsync(DateOnly today, int atATime, CancellationToken cancellation) =>
        QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and LookOn le {DueEntry.TextOf(today)}"), atATime, cancellation);

    private async IAsyncEnumerable<FoundNotice> QueryAsync(string filter, int atATime, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, atATime, cancellationToken: cancellation))
            if (OpenNotice.TryRead(row.RowKey) is { } entry) yield return new(entry, row.GetDateTimeOffset(WrittenAt)!.Value, row.ETag);
    }
}

/// <summary>An entry as it was read.</summary>
/// <param name="Entry">The act.</param>
/// <param name="WrittenAt">When it was entered last, UTC.</param>
/// <param name="ETag">Its version.</param>
internal sealed record FoundNotice(OpenNotice Entry, DateTimeOffset WrittenAt, ETag ETag);

/// <summary>An act of a case.</summary>
/// <param name="On">Its local date.</param>
/// <param name="Case">The case.</param>
/// <param name="Act">The act.</param>
internal sealed record OpenNotice(DateOnly On, CaseId Case, RecipientAct Act)
{
    private const int DayLength = 10;
    private const int CaseLength = 32;
    private const int ActFrom = DayLength + 1 + CaseLength + 1;

    /// <summary>Its place in the order.</summary>
    public string Key => $"{DueEntry.TextOf(On)}-{Case}-{Act}";

    /// <summary>Reads a key; null if it is none.</summary>
    public static OpenNotice? TryRead(string key) =>
        key.Length > ActFrom
        && DateOnly.TryParseExact(key.AsSpan(0, DayLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
        && CaseId.TryParse(key.Substring(DayLength + 1, CaseLength), out var id) && Enum.TryParse<RecipientAct>(key[ActFrom..], out var act)
        && new OpenNotice(on, id, act) is { } read && read.Key == key
            ? read
            : null;
}
