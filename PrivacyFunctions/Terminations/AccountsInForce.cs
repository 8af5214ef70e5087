using System.Runtime.CompilerServices;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>The accounts of a person that go on: those that they own and that nothing ends.</summary>
internal sealed class AccountsInForce(AccountOwners owners, AccountClaims claims, CaseStore cases)
{
    /// <summary>Their numbers, as the company's own data says who owns them.</summary>
    public async IAsyncEnumerable<AccountId> OfAsync(
        SubjectKeys who, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var account in owners.OwnedByAsync(who, cancellation))
            if (!await IsEndingAsync(account, cancellation))
                yield return account;
    }

    private async Task<bool> IsEndingAsync(AccountId account, CancellationToken cancellation)
    {
        foreach (var id in await claims.HoldersAsync(account, cancellation))
            if (await cases.FindAsync(id, cancellation) is { Case: Termination { IsClosed: false } })
                return true;
        return false;
    }
}
