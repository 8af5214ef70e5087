using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;

namespace PrivacyFunctions.Records;

/// <summary>
/// Which case ends an account: one at a time, by a row whose key is the account. It is taken before the case says so, and
/// released when the case closes.
/// </summary>
internal sealed class AccountClaims(RecordStorage storage, CaseStore cases, TimeProvider time)
{
    private const string Table = "privacyAccounts";
    private const string RowKey = "termination";
    private const string Case = "Case";
    private const string TakenAt = "TakenAt";

    // Between taking it and saying so in the case lies one write: what is older was left by a crash.
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromMinutes(10);

    /// <summary>Takes the account for this case, unless another open case has it.</summary>
    /// <returns>The case that has it now.</returns>
    public async Task<CaseId> TakeAsync(AccountId account, CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var claim = new TableEntity(account.Value, RowKey) { [Case] = id.Value, [TakenAt] = time.GetUtcNow() };
        while (true)
        {
            try
            {
                await table.AddEntityAsync(claim, cancellation);
                return id;
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                var found = await table.GetEntityIfExistsAsync<TableEntity>(account.Value, RowKey, cancellationToken: cancellation);
                if (!found.HasValue) continue; // released just now
                var holder = CaseId.Parse(found.Value!.GetString(Case));
                if (holder == id || await IsHeldAsync(holder, found.Value, cancellation)) return holder;
                await DeleteAsync(table, account, found.Value.ETag, cancellation);
            }
        }
    }

    // Not by a case that is over, nor by one that never got as far as to say so.
    private async Task<bool> IsHeldAsync(CaseId holder, TableEntity claim, CancellationToken cancellation) =>
        await cases.FindAsync(holder, cancellation) is { Case: Termination { IsClosed: false } found }
            && (found.Dates is not null || claim.GetDateTimeOffset(TakenAt) > time.GetUtcNow() - LeftByACrash);

    /// <summary>The case that ends the account, or tried to; null when none has it.</summary>
    public async Task<CaseId?> HolderAsync(AccountId account, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(account.Value, RowKey, [Case], cancellation);
        return found.HasValue ? CaseId.Parse(found.Value!.GetString(Case)) : null;
    }

    /// <summary>The account is free again, if this case had it.</summary>
    public async Task ReleaseAsync(AccountId account, CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(account.Value, RowKey, cancellationToken: cancellation);
        if (found.HasValue && found.Value!.GetString(Case) == id.Value)
            await DeleteAsync(table, account, found.Value.ETag, cancellation);
    }

    private static async Task DeleteAsync(TableClient table, AccountId account, ETag etag, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(account.Value, RowKey, etag, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Another one was first: what it left is looked at again.
        }
    }
}
