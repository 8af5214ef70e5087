using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Makes the copy of an account's data for its owner (T-EXPORT), in as many goes as it takes; each so many start a fresh history.
/// </summary>
internal static class PackageAccount
{
    private const int GoesInAHistory = 25;
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromDays(1);

    /// <summary>Runs until the copy is offered, or nobody gets one any more.</summary>
    [Function(nameof(PackageAccount))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<PackageInput>()!;
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version, $"{input.Round}");
        for (var goes = 0; goes < GoesInAHistory; goes++)
        {
            var state = await procedure.DoAsync(PackageServiceData.PackagePartStep, new CaseStep(input.CaseId));
            if (state == PackageState.Done) return;
            if (state == PackageState.NotNow) await procedure.PauseAsync(UntilAskedAgain);
        }

        context.ContinueAsNew(input with { Round = input.Round + 1 });
    }
}

/// <summary>What the making of an account's copy knows from its start.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Version">To branch on.</param>
/// <param name="Clock">The legal clock.</param>
/// <param name="Round">How often it began a new history.</param>
internal sealed record PackageInput(CaseId CaseId, string Version, LegalClock Clock, int Round = 0);
