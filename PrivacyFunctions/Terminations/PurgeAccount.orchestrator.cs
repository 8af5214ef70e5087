using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The purge of one account's data from the active database (T-ACTIVE), over every data set that goes with the account: the
/// ledger first, then batches that can be repeated, then a re-scan. What a hold protects waits for its release while the
/// rest goes on time. Each look, and each so many batches, start a fresh history, however long a hold lasts.
/// </summary>
internal static class PurgeAccount
{
    private const int CallsInAHistory = 25;

    private static readonly TimeSpan UntilHoldsAreReadAgain = TimeSpan.FromDays(1);
    private static readonly TimeSpan UntilLookedAgain = TimeSpan.FromMinutes(5);

    /// <summary>Runs until the re-scan finds nothing.</summary>
    [Function(nameof(PurgeAccount))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<PurgeInput>()!;
        var step = new CaseStep(input.CaseId);
        var isFirst = WorkflowVersion.IsFirst(input.Version);
        var procedure = CaseProcedure.Of(
            context, input.CaseId, input.Clock, input.Version, isFirst ? $"purge-{context.NewGuid():N}" : $"{input.Round}");

        // The copy that was made for the owner goes first: it was offered until now.
        await procedure.DoAsync(DeleteServiceExport.Step, step);

        var sets = input.Left ?? (await procedure.DoAsync(EnterPurge.Step, step)).DataSets;
        for (var (set, calls) = (0, 0); set < sets.Count;)
        {
            var part = await procedure.DoAsync(PurgeDataSet.Step, new PurgeStep(input.CaseId, sets[set]), sets[set]);
            if (!part.More) set++;
            if (isFirst || ++calls < CallsInAHistory || set == sets.Count) continue;

            context.ContinueAsNew(input with { Left = [.. sets.Skip(set)], Round = input.Round + 1 });
            return;
        }

        var rest = await procedure.DoAsync(FinishPurge.Step, step);
        if (rest == PurgeRest.Nothing) return;

        await procedure.PauseAsync(rest == PurgeRest.Held ? UntilHoldsAreReadAgain : UntilLookedAgain);
        context.ContinueAsNew(isFirst ? input : input with { Left = null, Round = input.Round + 1 });
    }
}
