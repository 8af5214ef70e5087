using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What one operator entered about the end of an account, where a second one has to agree: one decision for each account, for as long as it waits.
/// Each is used for one case.
/// </summary>
internal sealed class ProposedEnds(RecordStorage storage)
{
    /// <summary>For how long it waits for a second person.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    private const string Table = "privacyProposedEnds";
    private const string RowKey = "end";
    private const string Until = "EndsAt";
    private const string UsedFor = "Case";

    /// <summary>Enters it, unless one of somebody else waits; one's own, as it is entered last, counts.</summary>
    /// <param name="account">The account.</param>
    /// <param name="ownerMayUndo">Whether its owner is to be able to undo the end.</param>
    /// <param name="by">Who enters it.</param>
    /// <param name="forCase">The case that begins with it once somebody else agrees: the one that it was used for still counts for that.</param>
    /// <param name="now">Legal time.</param>
    /// <param name="cancellation">Stops before it is entered.</param>
    /// <returns>The one that waits, or that was used for that case.</returns>
    public async Task<ProposedEnd> EnterAsync(
        AccountId account, bool ownerMayUndo, string by, CaseId forCase, DateTimeOffset now, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        while (true)
        {
            var found = await FindAsync(account, cancellation);
            if (found is not null && Counts(found.Value.Waiting) is { } waiting) return waiting;
            var entered = new ProposedEnd(account, Guid.NewGuid().ToString("N"), by, ownerMayUndo, now + Lasts, UsedFor: null);
            try
            {
                if (found is { ETag: var etag }) await table.UpdateEntityAsync(RowOf(entered), etag, TableUpdateMode.Replace, cancellation);
                else await table.AddEntityAsync(RowOf(entered), cancellation);
                return entered;
            }
            catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
            {
                // Somebody else entered, used or forgot one at this moment: it is looked at again.
            }
        }

        ProposedEnd? Counts(ProposedEnd waiting) =>
            waiting.UsedFor == forCase || (waiting.UsedFor is null && waiting.Until > now && (waiting.By != by || waiting.OwnerMayUndo == ownerMayUndo))
                ? waiting
                : null;
    }

    /// <summary>Uses it for a case, before that is stored.</summary>
    /// <returns>Whether it is used for that one; false when it is another one by now.</returns>
    public async Task<bool> TryUseAsync(ProposedEnd waiting, CaseId id, CancellationToken cancellation)
    {
        if (waiting.UsedFor == id) return true;
        if (await FindAsync(waiting.Account, cancellation) is not { } found || found.Waiting != waiting) return false;
        try
        {
            await (await storage.TableAsync(Table)).UpdateEntityAsync(
                RowOf(waiting with { UsedFor = id }), found.ETag, TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <summary>Forgets the one that was used for that case, which is stored; no other.</summary>
    public async Task ForgetAsync(AccountId account, CaseId id, CancellationToken cancellation)
    {
        if (await FindAsync(account, cancellation) is { } found && found.Waiting.UsedFor == id) await DeleteAsync(found.Waiting, found.ETag, cancellation);
    }

    /// <summary>Those that wait; the others, of which the time is over, are forgotten on the way.</summary>
    public async IAsyncEnumerable<ProposedEnd> WaitingAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in (await storage.TableAsync(Table)).QueryAsync<TableEntity>(cancellationToken: cancellation))
            if (Read(row) is var found && found.Until <= now) await DeleteAsync(found, row.ETag, cancellation);
            else if (found.UsedFor is null) yield return found;
    }

    private async Task<(ProposedEnd Waiting, ETag ETag)?> FindAsync(AccountId account, CancellationToken cancellation)
    {
        var row = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(account.Value, RowKey, cancellationToken: cancellation);
        return row.HasValue ? (Read(row.Value!), row.Value!.ETag) : null;
    }

    private async Task DeleteAsync(ProposedEnd over, ETag etag, CancellationToken cancellation)
    {
        try
        {
            await (await storage.TableAsync(Table)).DeleteEntityAsync(over.Account.Value, RowKey, etag, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Another one was entered at this moment: it counts.
        }
    }

    private static TableEntity RowOf(ProposedEnd end) => new(end.Account.Value, RowKey)
    {
        ["Id"] = end.Id, ["By"] = end.By, ["OwnerMayUndo"] = end.OwnerMayUndo, [Until] = end.Until, [UsedFor] = end.UsedFor?.Value,
    };

    private static ProposedEnd Read(TableEntity row) => new(
        AccountId.Parse(row.PartitionKey), row.GetString("Id"), row.GetString("By"), row.GetBoolean("OwnerMayUndo")!.Value,
        row.GetDateTimeOffset(Until)!.Value, row.GetString(UsedFor) is { } used ? CaseId.Parse(used) : null);
}

/// <summary>An end of an account with which a second person has to agree.</summary>
/// <param name="Account">The account.</param>
/// <param name="Id">Its own id, which says nothing.</param>
/// <param name="By">Who entered it.</param>
/// <param name="OwnerMayUndo">Whether its owner is to be able to undo it.</param>
/// <param name="Until">Until when it waits; legal time, UTC.</param>
/// <param name="UsedFor">The case for which somebody agreed; null while it waits.</param>
internal sealed record ProposedEnd(AccountId Account, string Id, string By, bool OwnerMayUndo, DateTimeOffset Until, CaseId? UsedFor);
