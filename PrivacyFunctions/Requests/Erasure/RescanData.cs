using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Searches every data set again, by the identifiers that were captured before. What should be gone and is there, or came
/// meanwhile, makes a new plan that needs an approval; what is kept is entered in the ledger with its ground.
/// </summary>
internal sealed class RescanData(
    CaseStore cases, ErasureSubjects subjects, ErasurePlanner planner, ResumedErasures resumed, PersonProtections protections,
    ErasureLedger ledger, People people)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(RescanData));

    [Function(nameof(RescanData))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (state.Status != CaseStatus.Erasing) return state.Status;

        var who = await subjects.ReadAsync(step.CaseId, cancellation);
        var found = await SearchAsync(state, who, cancellation);
        foreach (var kept in found.Lines.Where(line => line.Fate == ErasureFate.Retain))
        {
            var (subject, action) = (LedgerWords.Of(people, who.Keys.Address), LedgerWords.Of(kept.Fate));
            var entry = new LedgerEntry(
                step.CaseId, subject, kept.DataSet, action, kept.Ground, kept.Items, state.ApprovedHash);
            await ledger.EnterAsync(entry, cancellation);
            await ledger.CompleteAsync(step.CaseId, entry.Key, cancellation);
        }

        var rescanned = await cases.ExecuteAsync<ErasureRequest>(
            step.CaseId, $"rescan-{state.ApprovedHash}", Actors.System,
            now => ErasureDecisions.NoteRescan(now, found), [], cancellation);
        return rescanned.Status;
    }

    // A search takes a while. What a hold kept that was released meanwhile would stay for ever: the release saw nothing stopped yet.
    // Nor would the directory entry go, were another case that goes on with the same request done meanwhile.
    private async Task<ErasurePlan> SearchAsync(ErasureRequest request, ErasureIdentifiers who, CancellationToken cancellation)
    {
        while (true)
        {
            var wasLast = await IsLastAsync(request, who, cancellation);
            var found = await planner.MakeAsync(request.Id, who, cancellation);
            var inForce = (await protections.OfAsync(who.Now, cancellation)).Select(Anywhere).ToHashSet();
            if (found.Lines.All(line => line.Protection is not { } protection || inForce.Contains(Anywhere(protection)))
                && await IsLastAsync(request, who, cancellation) == wasLast)
                return found;
        }
    }

    private async Task<bool> IsLastAsync(ErasureRequest request, ErasureIdentifiers who, CancellationToken cancellation) =>
        request.Resumes is null || (await resumed.RestAsync(request, who.Now, cancellation)).IsLast;

    // A plan names for what else a hold keeps a data set: for the rows that lie beside it, or the entry that leads to them.
    private static Hold Anywhere(Hold protection) => protection with { DataSet = null };
}
