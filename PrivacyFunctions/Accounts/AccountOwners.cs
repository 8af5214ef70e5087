using System.Runtime.CompilerServices;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>Who owns a customer account, as the company's own data says.</summary>
internal sealed class AccountOwners(DataMapRegister map, PersonalDataSources sources, SubjectLocator locator)
{
    // Where the company keeps it; a map of another company names the same sets.
    private const string Accounts = "customer-accounts";
    private const string Owner = "OwnerPersonId";
    private const string Number = "AccountId";
    private const string Profiles = "profiles";
    private const string Address = "Email";

    /// <summary>Whether the company knows the account at all.</summary>
    public async Task<bool> ExistsAsync(AccountId account, CancellationToken cancellation)
    {
        await foreach (var _ in sources.FindAsync(map[DataSetId.Parse(Accounts)], new AccountKeys(account), cancellation)) return true;
        return false;
    }

    /// <summary>The accounts that a person owns.</summary>
    public async IAsyncEnumerable<AccountId> OwnedByAsync(
        SubjectKeys who, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in sources.ExportAsync(map[DataSetId.Parse(Accounts)], who, cancellation))
            if (record.Values.TryGetValue(Number, out var value) && AccountId.TryParse(value.ToString(), out var account))
                yield return account;
    }

    /// <summary>Whether whoever proved that mailbox owns the account.</summary>
    public async Task<bool> OwnsAsync(EmailAddress address, AccountId account, CancellationToken cancellation)
    {
        if (await OwnerIdAsync(account, cancellation) is not { } owner) return false;
        return (await locator.PersonsAsync(address, cancellation)).Contains(owner);
    }

    /// <summary>The owner's mailbox as their profile names it; null when there is none.</summary>
    public async Task<EmailAddress?> MailboxAsync(AccountId account, CancellationToken cancellation)
    {
        if (await OwnerIdAsync(account, cancellation) is not { } owner) return null;
        var profile = SubjectKeys.OfPerson(owner);
        await foreach (var record in sources.ExportAsync(map[DataSetId.Parse(Profiles)], profile, cancellation))
            if (record.Values.TryGetValue(Address, out var value) && EmailAddress.TryParse(value.ToString(), out var address))
                return address;
        return null;
    }

    /// <summary>The owner's id; null when the account is not there, or nobody owns it.</summary>
    public async Task<PersonId?> OwnerIdAsync(AccountId account, CancellationToken cancellation)
    {
        await foreach (var record in sources.ExportAsync(map[DataSetId.Parse(Accounts)], new AccountKeys(account), cancellation))
            if (record.Values.TryGetValue(Owner, out var value) && PersonId.TryParse(value.ToString(), out var owner))
                return owner;
        return null;
    }
}
