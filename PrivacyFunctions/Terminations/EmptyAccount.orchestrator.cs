using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The purge of one account's data from the active database (T-ACTIVE): each data set that goes with the account on its own, side
/// by side, so that a store that is away keeps nothing but its own part. Then all of it is searched again, until nothing is found;
/// what a hold covers waits for its release, which is looked for each day, and so is what came to the other sets meanwhile. Each
/// search starts a fresh history.
/// </summary>
internal static class EmptyAccount
{
    private static readonly TimeSpan UntilLookedAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UntilHoldsAreReadAgain = TimeSpan.FromDays(1);

    /// <summary>Runs until the search finds nothing.</summary>
    [Function(nameof(EmptyAccount))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<EmptyInput>()!;
        var step = new CaseStep(input.CaseId);
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version, $"{input.Round}");

        // The copy that was made for the owner goes first: it was offered until now.
        await procedure.DoAsync(DeleteServiceExport.Step, step);

        var sets = await procedure.DoAsync(ListPurge.Step, step);
        await Task.WhenAll(sets.DataSets.Select(EmptyAsync));
        foreach (var last in sets.AtLast) await EmptyAsync(last);

        var rest = await procedure.DoAsync(FinishPurge.Step, step);
        if (rest == PurgeRest.Nothing) return;

        await procedure.PauseAsync(rest == PurgeRest.Held ? UntilHoldsAreReadAgain : PauseAfter(input.Round));
        context.ContinueAsNew(input with { Round = input.Round + 1, IsHeld = rest == PurgeRest.Held });

        // While a hold lasts, each day has one look at each set, without a stage of its own.
        Task EmptyAsync(string set) => input.IsHeld
            ? procedure.DoAsync(PurgeDataSet.Step, new PurgeStep(input.CaseId, set) { Search = input.Search }, set)
            : context.CallSubOrchestratorAsync(
                nameof(EmptyDataSet), new EmptySetInput(input.CaseId, input.Version, input.Clock, set, input.Search),
                new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{set}-{input.Round}"));
    }

    // What something goes on writing is looked for less and less often, and shown by the escalation before the deadline.
    private static TimeSpan PauseAfter(int round)
    {
        var pause = UntilLookedAgain * (1 << Math.Min(round, 10));
        return pause < UntilHoldsAreReadAgain ? pause : UntilHoldsAreReadAgain;
    }
}

/// <summary>What the purge of an account, a stage with waits of its own, knows from its start.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Version">To branch on.</param>
/// <param name="Clock">The legal clock.</param>
/// <param name="Search">Which later search found what is to be purged; 0 for the account's own purge.</param>
/// <param name="Round">How often it began a new history.</param>
/// <param name="IsHeld">Whether the round before left only what a hold covers.</param>
internal sealed record EmptyInput(
    CaseId CaseId, string Version, LegalClock Clock, int Search = 0, int Round = 0, bool IsHeld = false);
