using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Packages;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>
/// The procedure of a request to take one's data along (GDPR art. 20(1); R-PORT), from receipt to the deletion of the package. What art. 20
/// covers is told apart where the data is gathered, so nothing else is copied out at all.
/// </summary>
internal static class RunPortabilityRequest
{
    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunPortabilityRequest))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;
        await AnswerByPackage.GiveAsync(procedure, request);
    }
}
