using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// The purge of one data set of an account: the ledger first, then batches that can be repeated, until nothing is found or a hold
/// covers what is left. Each so many batches start a fresh history.
/// </summary>
internal static class EmptyDataSet
{
    private const int CallsInAHistory = 25;

    /// <summary>Runs until nothing of the set is left that may go.</summary>
    [Function(nameof(EmptyDataSet))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<EmptySetInput>()!;
        var step = new PurgeStep(input.CaseId, input.DataSet) { Search = input.Search };
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version, $"{input.Round}");

        if (input.Round == 0) await procedure.DoAsync(EnterPurge.EnterDataSetStep, step, input.DataSet);
        for (var calls = 0; calls < CallsInAHistory; calls++)
        {
            var part = await procedure.DoAsync(PurgeDataSet.Step, step, input.DataSet);
            if (!part.More) return;
        }

        context.ContinueAsNew(input with { Round = input.Round + 1 });
    }
}

/// <summary>What the purge of a data set knows from its start.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Version">To branch on.</param>
/// <param name="Clock">The legal clock.</param>
/// <param name="DataSet">Which set.</param>
/// <param name="Search">Which later search found what is to be purged; 0 for the account's own purge.</param>
/// <param name="Round">How often it began a new history.</param>
internal sealed record EmptySetInput(
    CaseId CaseId, string Version, LegalClock Clock, string DataSet, int Search = 0, int Round = 0);
