using PrivacyFunctions.Backups;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Who ends each data set of the map. What goes with an account goes by the account's end; of the rest, the sweep ends what has
/// a date to count from, and the list here says who ends the others. A test holds the map to it.
/// </summary>
internal sealed class SweptSets(DataMapRegister map)
{
    /// <summary>The sets that end neither with an account nor by the sweep, and what ends them.</summary>
    public static readonly IReadOnlyDictionary<string, string> EndedBy = new Dictionary<string, string>
    {
        ["backups"] = nameof(DeleteOldBackups),
        ["case-contacts"] = nameof(CloseCase),
        ["download-codes"] = nameof(CloseCase),
        ["access-exports"] = nameof(DeleteDuePackages),
        ["erasure-identifiers"] = nameof(ForgetIdentifiers),
        ["mail-places"] = nameof(ForgetMailPlaces),
        ["sign-ins"] = nameof(ForgetSignIns),
        ["proposed-ends"] = nameof(WatchProposedEnds),
        ["account-claims"] = nameof(CloseTermination),
        ["newsletter-mails"] = nameof(ForgetRecipients),
        [ClosedCases.Index] = nameof(ClosedCases),
        ["erasure-ledger"] = nameof(ClosedCases),
        ["erasure-plans"] = nameof(ClosedCases),
        ["mail-log"] = nameof(ClosedCases),
        ["view-log"] = nameof(ClosedCases),
        ["statements"] = nameof(ClosedCases),
        ["message-files"] = nameof(ClosedCases),
        ["corrections"] = nameof(ClosedCases),
        ["recipient-notices"] = nameof(ClosedCases),
        ["transmissions"] = nameof(ClosedCases),
        ["suppressions"] = "the company, by hand, when it gives up the newsletter, or all of them",
    };

    /// <summary>What the sweep goes through, in the map's order.</summary>
    public IEnumerable<DataSet> All => map.DataSets.Where(
        set => set is { Role: Role.Controller, AnchorField: not null } && !EndedBy.ContainsKey(set.Id.Value));

    /// <summary>The other sets whose rows lie in the same store: a row can be in both.</summary>
    public IReadOnlyList<DataSet> Beside(DataSet set) =>
        [.. map.DataSets.Where(other => other != set && other.System == set.System && other.Store == set.Store)];

    public DataSet this[string id] => map[DataSetId.Parse(id)];
}
