using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Whose own data a hold on an account protects: whoever owned the account since it was placed, as it was looked at each night. So it
/// counts, and is found at its release, when the account's row is purged or somebody else has got the account.
/// </summary>
internal sealed class OwnerLinks(RecordStorage storage, People people)
{
    /// <summary>With what the keys of these links begin, in the table of the holds: a partition for each person's id.</summary>
    public const string Prefix = "owner-";

    private const string All = "PartitionKey ge 'owner-' and PartitionKey lt 'owner.'"; // the sign after '-'

    /// <summary>The holds in force on accounts of the person of that key.</summary>
    public async IAsyncEnumerable<(AccountId Account, Hold Hold)> OfAsync(
        PersonKey owner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Prefix + owner.Value}");
        await foreach (var row in HoldLinks.ReadAsync(await storage.TableAsync(Holds.Table), filter, cancellation))
            yield return (HoldRow.AccountOf(row), HoldRow.Read(row));
    }

    /// <inheritdoc cref="OfAsync(PersonKey, CancellationToken)"/>
    public IAsyncEnumerable<(AccountId Account, Hold Hold)> OfAsync(PersonId owner, CancellationToken cancellation) =>
        OfAsync(people.KeyOf(owner), cancellation);

    /// <summary>Notes an owner. It may come before the hold: a link without one does nothing.</summary>
    public async Task AddAsync(AccountId account, string hold, PersonId owner, CancellationToken cancellation)
    {
        var link = new TableEntity(Prefix + people.KeyOf(owner).Value, HoldLinks.NameOf(HoldRow.KeyOf(account), hold));
        await (await storage.TableAsync(Holds.Table)).UpsertEntityAsync(link, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>All owners of a hold, as our records know them: for a look at its release, since it reads the whole table.</summary>
    public async Task<IReadOnlyList<PersonKey>> OwnersAsync(AccountId account, string hold, CancellationToken cancellation) =>
        await HoldLinks.KeysAsync(
            await storage.TableAsync(Holds.Table), All, Prefix, HoldLinks.NameOf(HoldRow.KeyOf(account), hold), cancellation);
}
