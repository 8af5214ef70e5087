using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Backups;

/// <summary>A data set that goes with an account, and how the account's part of it is found.</summary>
internal sealed record PurgedSet(DataSet Set, Find Find)
{
    public static IEnumerable<PurgedSet> AllOf(DataMapRegister map) =>
        map.PurgedWithAccount.Select(set => new PurgedSet(set, set.OfAccount!));
}
