using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// The purge of one account's data from the active database (T-ACTIVE), over every data set that goes with the account: the
/// ledger first, then batches that can be repeated, then a re-scan. What a hold protects waits for its release while the
/// rest goes on time; each look starts a fresh history, however long the hold lasts.
/// </summary>
internal static class PurgeAccount
{
    private static readonly TimeSpan UntilHoldsAreReadAgain = TimeSpan.FromDays(1);
    private static readonly TimeSpan UntilLookedAgain = TimeSpan.FromMinutes(5);

    /// <summary>Runs until the re-scan finds nothing.</summary>
    [Function(nameof(PurgeAccount))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<PurgeInput>()!;
        var step = new CaseStep(input.CaseId);
        var procedure = new Procedure(context, input.CaseId, input.Clock, scope: $"purge-{context.NewGuid():N}");

        // The copy that was made for the owner goes first: it was offered until now.
        await procedure.DoAsync(nameof(DeleteServiceExport), step);

        var sets = await procedure.DoAsync<PurgedSets>(nameof(EnterPurge), step);
        foreach (var set in sets.DataSets)
            while ((await procedure.DoAsync<PurgedPart>(nameof(PurgeDataSet), new PurgeStep(input.CaseId, set), set)).More)
            {
                // The next batches, in a call of their own.
            }

        var rest = await procedure.DoAsync<PurgeRest>(nameof(FinishPurge), step);
        if (rest == PurgeRest.Nothing) return;

        await procedure.PauseAsync(rest == PurgeRest.Held ? UntilHoldsAreReadAgain : UntilLookedAgain);
        context.ContinueAsNew(input);
    }
}
