using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Searches the active database again, some time after the purge: an application that was slow, or a copy that was played back,
/// may have written since. What is found is shown, counted, and purged again.
/// </summary>
internal sealed class RescanAccount(
    CaseStore cases, AccountParts parts, PersonalDataSources sources, ReusedNumber reused, ExportFolder folder, OfficerMails officer)
{
    public static readonly Step<RescanStep, bool> Step = new(nameof(RescanAccount));

    /// <returns>Whether nothing is there; if not, it has to be purged again.</returns>
    [Function(nameof(RescanAccount))]
    public async Task<bool> RunAsync([ActivityTrigger] RescanStep step, CancellationToken cancellation)
    {
        var purged = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        await folder.DeleteAsync(step.CaseId, cancellation); // what a copy left that was being made as the purge began
        var isRepeated = purged.Status == TerminationStatus.Purging; // what was found was noted before a crash
        var isReused = await reused.IsSoAsync(purged, cancellation);
        var found = await SearchAsync(purged, isReused, cancellation);

        await cases.ExecuteAsync<Termination>(
            step.CaseId, $"search-{step.Search}", Actors.System,
            state => isReused && found.Count == 0 ? Decision.Nothing : TerminationDecisions.NoteSearch(state, found), [], cancellation);
        if (found.Count == 0) return !isRepeated;
        await officer.TellOnceAsync(
            step.CaseId, $"leftovers-{step.Search}",
            new DataCameBack(purged.Id, [.. found.Select(leftover => leftover.DataSet)]), cancellation);
        return false;
    }

    // What lies under a number that was given away is not the ended account's.
    private async Task<List<TerminationFact.LeftoversFound>> SearchAsync(
        Termination purged, bool isReused, CancellationToken cancellation)
    {
        var found = new List<TerminationFact.LeftoversFound>();
        foreach (var part in (await parts.ListAsync(purged, cancellation)).Where(part => !isReused || part.Keys is not AccountKeys))
        {
            var items = 0L;
            await foreach (var _ in sources.FindAsync(part.Set, part.Keys, cancellation)) items++;
            if (items > 0) found.Add(new(part.Set.Id.Value, items));
        }

        return found;
    }
}
