using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>The procedure of a rectification (GDPR art. 16; R-RECTIFY, R-DECLINE), from its receipt to the answer.</summary>
internal static class RunRectification
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromDays(365); // an operator's decision wakes it before

    /// <summary>Runs one case to its end.</summary>
    [Function(nameof(RunRectification))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<RequestInput>()!;
        var step = new CaseStep(request.CaseId);
        var procedure = CaseProcedure.Of(context, request.CaseId, request.Plan.Clock, request.Version);

        if (!await Intake.IsConfirmedAsync(procedure, request)) return;

        // The person sees what we hold, and says what is wrong or missing.
        var time = await procedure.DoAsync(OfferCorrections.Step, step);
        if (time.Until is { } until) await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.Offered, until);

        // What they gave us themselves is put right at once. About the rest an operator decides.
        while (await procedure.DoAsync(CorrectData.Step, step) == CaseStatus.AwaitingDecision)
        {
            await procedure.DoAsync(AskForDecision.Step, step);
            await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingDecision, procedure.LegalNow + BetweenLooks);
        }

        // Whoever had it from us is told (art. 19), and so is the person.
        await procedure.DoAsync(TellCorrected.Step, step);
        await procedure.DoAsync(CloseCase.Step, step);
    }
}
