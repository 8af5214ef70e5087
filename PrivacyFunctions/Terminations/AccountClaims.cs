using System.Globalization;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Which case ends an account: one at a time, by a row whose key is the account. It is taken before the case says so, and
/// released when the case closes. An account that was opened under a number that another one had before is another account, and
/// can end by a case of its own.
/// </summary>
internal sealed class AccountClaims(RecordStorage storage, CaseStore cases, TimeProvider time)
{
    private const string Table = "privacyAccounts";
    private const string OfAnyAge = "termination";
    private const string Case = "Case";
    private const string Owner = "Owner";
    private const string TakenAt = "TakenAt";

    // Between taking it and saying so in the case lies one write: what is older was left by a crash.
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromMinutes(10);

    /// <summary>Takes the account for this case, unless another open case has it.</summary>
    /// <param name="account">The account's number.</param>
    /// <param name="found">What the company knows of it now.</param>
    /// <param name="id">The case.</param>
    /// <param name="cancellation">Stops before it is taken.</param>
    /// <returns>The case that has it now.</returns>
    public async Task<CaseId> TakeAsync(AccountId account, KnownAccount found, CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var claim = new TableEntity(account.Value, RowKey(found.Since))
        {
            [Case] = id.Value, [Owner] = found.Owner?.Value, [TakenAt] = time.GetUtcNow(),
        };
        while (true)
        {
            // A row of any age is of a case from before accounts were told apart, or of a map that does not tell their age.
            foreach (var taken in await ReadAsync(account, cancellation))
            {
                if (HolderOf(taken) == id) return id;
                if (taken.RowKey != claim.RowKey && taken.RowKey != OfAnyAge) continue;
                if (await IsHeldAsync(taken, cancellation)) return HolderOf(taken);
                await DeleteAsync(table, taken, cancellation);
            }

            try
            {
                await table.AddEntityAsync(claim, cancellation);
                return id;
            }
            catch (RequestFailedException failure) when (failure.Status == 409)
            {
                // Another one was first: it is looked at.
            }
        }
    }

    /// <summary>Whether an open case has the account, and not an earlier one of its number.</summary>
    /// <param name="account">The account's number.</param>
    /// <param name="found">What the company knows of it now.</param>
    /// <param name="cancellation">Stops looking.</param>
    public async Task<bool> IsTakenAsync(AccountId account, KnownAccount found, CancellationToken cancellation)
    {
        foreach (var taken in await ReadAsync(account, cancellation))
            if ((taken.RowKey == RowKey(found.Since) || taken.RowKey == OfAnyAge) && await IsHeldAsync(taken, cancellation))
                return true;
        return false;
    }

    /// <summary>The cases that end an account of that number, or tried to.</summary>
    public async Task<IReadOnlyList<CaseId>> HoldersAsync(AccountId account, CancellationToken cancellation) =>
        [.. (await ReadAsync(account, cancellation)).Select(HolderOf)];

    /// <summary>
    /// Who owned the account when the case took it, or when its purge began; null if nobody did, or it was taken before that was noted.
    /// </summary>
    public async Task<PersonId?> OwnerAsync(AccountId account, CaseId id, CancellationToken cancellation)
    {
        foreach (var taken in await ReadAsync(account, cancellation))
            if (HolderOf(taken) == id && PersonId.TryParse(taken.GetString(Owner), out var owner))
                return owner;
        return null;
    }

    /// <summary>Who owned the account when a case took it, or when its purge began, as far as that was noted.</summary>
    /// <param name="account">The account's number.</param>
    /// <param name="found">What the company knows of it now; of an earlier account of that number nobody is told. Null: any.</param>
    /// <param name="cancellation">Stops the look.</param>
    public async Task<IReadOnlyList<PersonId>> OwnersAsync(AccountId account, KnownAccount? found, CancellationToken cancellation)
    {
        var owners = new HashSet<PersonId>();
        foreach (var taken in await ReadAsync(account, cancellation))
            if ((found is null || taken.RowKey == OfAnyAge || taken.RowKey == RowKey(found.Since))
                && PersonId.TryParse(taken.GetString(Owner), out var owner))
                owners.Add(owner);
        return [.. owners];
    }

    /// <summary>The account was handed over: from now on it is that person's whose account ends.</summary>
    public async Task NoteOwnerAsync(AccountId account, CaseId id, PersonId owner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        foreach (var taken in await ReadAsync(account, cancellation))
            if (HolderOf(taken) == id && taken.GetString(Owner) != owner.Value)
            {
                taken[Owner] = owner.Value;
                await table.UpdateEntityAsync(taken, taken.ETag, TableUpdateMode.Replace, cancellation);
            }
    }

    /// <summary>The account is free again, if this case had it.</summary>
    public async Task ReleaseAsync(AccountId account, CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        foreach (var taken in await ReadAsync(account, cancellation))
            if (HolderOf(taken) == id)
                await DeleteAsync(table, taken, cancellation);
    }

    // As many as there are accounts of that number that end at the same time: one, hardly ever two.
    private async Task<List<TableEntity>> ReadAsync(AccountId account, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {account.Value}");
        var table = await storage.TableAsync(Table);
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ToListAsync(cancellation);
    }

    // Not by a case that is over, nor by one that never got as far as to say so.
    private async Task<bool> IsHeldAsync(TableEntity claim, CancellationToken cancellation) =>
        await cases.FindAsync(HolderOf(claim), cancellation) is { Case: Termination { IsClosed: false } found }
            && (found.Dates is not null || claim.GetDateTimeOffset(TakenAt) > time.GetUtcNow() - LeftByACrash);

    private static CaseId HolderOf(TableEntity claim) => CaseId.Parse(claim.GetString(Case));

    private static string RowKey(DateTimeOffset? since) => since is { } instant
        ? $"{OfAnyAge}-{instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture)}"
        : OfAnyAge;

    private static async Task DeleteAsync(TableClient table, TableEntity claim, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(claim.PartitionKey, claim.RowKey, claim.ETag, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            // Another one was first: what it left is looked at again.
        }
    }
}

/// <summary>What the company knows of a customer account.</summary>
/// <param name="Owner">Who owns it; null when nobody does.</param>
/// <param name="Since">When it was opened, UTC, which tells it from another one of the same number; null when that is not known.</param>
internal sealed record KnownAccount(PersonId? Owner, DateTimeOffset? Since);
