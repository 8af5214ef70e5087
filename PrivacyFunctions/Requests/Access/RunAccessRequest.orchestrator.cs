using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Packages;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// The procedure of an access request (GDPR art. 15; R-ACCESS), from receipt to the deletion of the package. Its history
/// holds ids only; every step reads the case row again and can be repeated.
/// </summary>
internal static class RunAccessRequest
{
    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunAccessRequest))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;
        await AnswerByPackage.GiveAsync(procedure, request);
    }
}
