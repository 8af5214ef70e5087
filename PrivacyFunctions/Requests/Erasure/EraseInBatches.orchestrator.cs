using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>One data set's part of an approved plan, some batches in a history, however many there are.</summary>
internal static class EraseInBatches
{
    private const int CallsInAHistory = 25;

    /// <summary>Erases some batches, and goes on with a new history if there are more.</summary>
    [Function(nameof(EraseInBatches))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<EraseInput>()!;
        var part = input.Part;
        var procedure = CaseProcedure.Of(context, part.CaseId, input.Clock, input.Version, scope: $"{input.Round}");
        for (var calls = 0; calls < CallsInAHistory; calls++)
        {
            var done = await procedure.DoAsync(EraseDataSet.Step, part, part.DataSet);
            if (done.Next is not { } next) return;
            part = part with { Batch = next };
            if (done.Waits) await procedure.UntilTrueAsync(BoundedErasureStages.MayEraseQuestion(new(part.CaseId)));
        }

        context.ContinueAsNew(input with { Part = part, Round = input.Round + 1 });
    }
}

/// <summary>A data set's part of an approved plan, and how often it began a new history.</summary>
internal sealed record EraseInput(string Version, LegalClock Clock, ErasePartStep Part, int Round = 0);
