using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// What holds on accounts protect of their owners' own data: the sets about a person that are there as long as they have an account.
/// An account's purge heeds the same holds (<see cref="AccountHolds"/>), so no owner's erasure comes before it (Precedence).
/// </summary>
internal sealed class OwnersHolds(Holds holds, AccountOwners owners, DataMapRegister map)
{
    private IEnumerable<string> AboutOwners =>
        map.Gathered.Where(set => set.Retention is Retention.AccountLife).Select(set => set.Id.Value);

    /// <summary>What a hold on an account is called among a person's, one of which may have the same id.</summary>
    public static string IdOf(AccountId account, string hold) => $"account-{account}.{hold}";

    /// <summary>The holds in force on accounts that the person owns, one for each set that they protect.</summary>
    public async Task<IReadOnlyList<Hold>> OfAsync(SubjectKeys who, CancellationToken cancellation)
    {
        var found = new List<Hold>();
        if (who.Persons.IsEmpty) return found;

        // Accounts are not found by their owner without a look through all of them; those that are held are few.
        await foreach (var (account, hold) in holds.OnAccountsAsync(cancellation))
            if ((await owners.FindAsync(account, cancellation))?.Owner is { } owner && who.Persons.Contains(owner))
                found.AddRange(AboutOwners.Where(hold.Covers).Select(set => hold with { Id = IdOf(account, hold.Id), DataSet = set }));
        return found;
    }
}
