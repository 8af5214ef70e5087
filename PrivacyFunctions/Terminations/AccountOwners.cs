using System.Globalization;
using System.Runtime.CompilerServices;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Who owns a customer account, as the company's own data says: the set of the map that has an ownership.</summary>
internal sealed class AccountOwners(
    DataMapRegister map, PersonalDataSources sources, SubjectLocator locator, AccountClaims claims)
{
    private Ownership Fields => map.Accounts!.Ownership!;

    /// <summary>What the company knows of the account; null when there is none of that number.</summary>
    public async Task<KnownAccount?> FindAsync(AccountId account, CancellationToken cancellation)
    {
        if (map.Accounts is null) return null;
        await foreach (var record in sources.ExportAsync(map.Accounts, new AccountKeys(account), cancellation))
            return new(PersonId.TryParse(ValueOf(record, Fields.Owner), out var owner) ? owner : null, SinceOf(record));
        return null;
    }

    /// <summary>Whether the company knows the account at all.</summary>
    public async Task<bool> ExistsAsync(AccountId account, CancellationToken cancellation) =>
        await FindAsync(account, cancellation) is not null;

    /// <summary>
    /// Whoever owns the account, and in the middle of its end whoever owned it when that took effect: the company may know it no more. Not
    /// who owns another one that was opened under the same number after that instant.
    /// </summary>
    public async Task<IReadOnlyList<PersonId>> OwnersAsync(AccountId account, DateTimeOffset at, CancellationToken cancellation)
    {
        var found = await FindAsync(account, cancellation) is { } known && !(known.Since > at) ? known : null;
        var owners = (await claims.OwnersAsync(account, found, cancellation)).ToHashSet();
        if (found?.Owner is { } owner) owners.Add(owner);
        return [.. owners];
    }

    /// <summary>The accounts that a person owns.</summary>
    public async IAsyncEnumerable<AccountId> OwnedByAsync(
        SubjectKeys who, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (map.Accounts is null) yield break;
        await foreach (var record in sources.ExportAsync(map.Accounts, who, cancellation))
            if (AccountId.TryParse(ValueOf(record, Fields.Account), out var account))
                yield return account;
    }

    /// <summary>Whether whoever proved that mailbox owns the account.</summary>
    public async Task<bool> OwnsAsync(EmailAddress address, AccountId account, CancellationToken cancellation) =>
        await FindAsync(account, cancellation) is { Owner: { } owner } && await locator.IsProvenByAsync(address, owner, cancellation);

    /// <summary>
    /// Whether the account that ends is still there, and that mailbox is still its owner's. After its owner was erased nothing leads
    /// to them any more: then it is still the mailbox of whoever owned the account when its end took effect.
    /// </summary>
    public async Task<bool> StillOwnsAsync(EmailAddress address, Termination ending, CancellationToken cancellation)
    {
        if (await OwnerNowAsync(ending, cancellation) is not { } owner) return false;
        return await locator.IsProvenByAsync(address, owner, cancellation)
            || ((await locator.PersonsAsync(address, cancellation)).IsEmpty
                && await claims.OwnerAsync(ending.Account, ending.Id, cancellation) == owner
                && !await locator.AddressesOfAsync(owner, cancellation).AnyAsync(cancellation));
    }

    /// <summary>
    /// Whether others than whoever owned the account that ends have proved to have that mailbox, and the owner has it no more. Not where nobody knows
    /// who owned it, or the directory's entries cannot be used: then it is taken for theirs.
    /// </summary>
    public async Task<bool> IsAnothersAsync(EmailAddress address, Termination ending, CancellationToken cancellation)
    {
        if (await claims.OwnerAsync(ending.Account, ending.Id, cancellation) is not { } owner) return false;
        try
        {
            return await locator.PersonsAsync(address, cancellation) is { IsEmpty: false } persons && !persons.Contains(owner);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>
    /// Who owns the account that ends now; null when nobody does, and when another account has its number.
    /// </summary>
    public async Task<PersonId?> OwnerNowAsync(Termination ending, CancellationToken cancellation) =>
        await FindAsync(ending.Account, cancellation) is { } found && !IsAnother(found, ending) ? found.Owner : null;

    /// <summary>
    /// Whether a person owns an account besides the one that ends. One whose number cannot be read is an account, too.
    /// </summary>
    public async Task<bool> OwnsAnotherAsync(SubjectKeys who, Termination ending, CancellationToken cancellation)
    {
        if (map.Accounts is null) return false;
        await foreach (var record in sources.ExportAsync(map.Accounts, who, cancellation))
            if (ValueOf(record, Fields.Account) != ending.Account.Value || IsAnother(new(null, SinceOf(record)), ending))
                return true;
        return false;
    }

    /// <summary>
    /// The account that has the number now, if it is another one than the case ends: what is kept under the number is not, or not
    /// only, the ended account's.
    /// </summary>
    public async Task<KnownAccount?> FindAnotherAsync(Termination ending, CancellationToken cancellation) =>
        await FindAsync(ending.Account, cancellation) is { } found && IsAnother(found, ending) ? found : null;

    /// <summary>
    /// The mailbox at which the owner is written to: the one that they proved last, since what the mails lead to opens for a proven
    /// mailbox only. Null when they proved none.
    /// </summary>
    public async Task<EmailAddress?> MailboxAsync(AccountId account, CancellationToken cancellation) =>
        await FindAsync(account, cancellation) is { Owner: { } owner } ? await locator.MailboxOfAsync(owner, cancellation) : null;

    // Where nobody knows when the account was opened, whatever has the number after its purge is taken for another one.
    private static bool IsAnother(KnownAccount found, Termination ending) =>
        ending.AccountSince is { } since ? found.Since != since : ending.PurgedAt is not null;

    // What is there and cannot be read tells nothing apart: it is refused where it matters, by not being the instant of the start.
    private DateTimeOffset? SinceOf(PersonalRecord record) =>
        DateTimeOffset.TryParse(
            ValueOf(record, Fields.Since), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var since) ? since : null;

    private static string? ValueOf(PersonalRecord record, string field) =>
        record.Values.TryGetValue(field, out var value) ? value.ToString() : null;
}
