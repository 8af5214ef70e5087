using System.Globalization;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Looks whether the company opened another account under the number of one that ends. What lies under the number may then be the
/// new customer's, so nothing of it is destroyed: the case shows it, and the Data Protection Officer is told.
/// </summary>
internal sealed class ReusedNumber(CaseStore cases, AccountOwners owners, OfficerMails officer)
{
    /// <summary>Whether it is so; then it is shown.</summary>
    public async Task<bool> IsSoAsync(Termination state, CancellationToken cancellation)
    {
        if (await owners.FindAnotherAsync(state, cancellation) is not { } another) return false;
        var which = another.Since?.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) ?? "unknown";
        await cases.ExecuteAsync<Termination>(
            state.Id, $"number-reused-{which}", Actors.System,
            _ => new Decision.Change(new TerminationFact.NumberReused(another.Since)), [], cancellation);
        await officer.TellOnceAsync(state.Id, $"number-reused-{which}", new NumberReused(state.Id, state.Dates!.Deadline), cancellation);
        return true;
    }

    /// <summary>
    /// Whether what lies in that data set under the number is another account's for certain: the ended account's part was seen to be
    /// gone before.
    /// </summary>
    public async Task<bool> HasNothingLeftAsync(Termination state, DataSet set, CancellationToken cancellation) =>
        (await cases.AuditAsync(state.Id, cancellation)).Any(
            row => row.Entry.Fact is TerminationFact.DataSetPurged purged && purged.DataSet == set.Id.Value);
}

/// <summary>Nothing was destroyed: another account has the number now.</summary>
internal sealed class NumberReusedException() : Exception("Another account has the number of the one that ends.");
