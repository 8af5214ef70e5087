using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// The wait for an operator's approval. Silence is no answer: people are told that the plan waits, before the due date and every
/// week after it, each time with a new history. It begins with a look, so that no approval is missed in between.
/// </summary>
internal static class AwaitApproval
{
    private static readonly TimeSpan BetweenFurtherEscalations = TimeSpan.FromDays(7);

    /// <summary>Waits until the plan does not wait any more, or people have been told once.</summary>
    /// <returns>Up to which escalation people have been told.</returns>
    [Function(nameof(AwaitApproval))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<ApprovalInput>()!;
        var step = new CaseStep(input.CaseId);
        var procedure = CaseProcedure.Of(context, input.CaseId, input.Clock, input.Version, scope: $"{input.Told}");

        if (await procedure.DoAsync(ReadCaseStatus.Step, step) != CaseStatus.AwaitingApproval) return input.Told;

        // Of several that are over, as with a plan that comes late, only the last is worth a mail.
        var number = input.Told;
        while (InstantOf(number + 1, input) <= procedure.LegalNow) number++;
        if (await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingApproval, InstantOf(number, input))
            != CaseStatus.AwaitingApproval)
            return input.Told;

        await procedure.DoAsync(EscalateErasure.Step, new EscalationStep(input.CaseId, number));
        context.ContinueAsNew(input with { Told = number + 1 });
        return number + 1;
    }

    private static DateTimeOffset InstantOf(int number, ApprovalInput input)
    {
        var escalations = input.Deadlines.Escalations;
        return number < escalations.Count
            ? escalations[number]
            : escalations[^1] + BetweenFurtherEscalations * (number - escalations.Count + 1);
    }
}

/// <summary>What waits for an approval.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Version">To branch on.</param>
/// <param name="Clock">The legal clock.</param>
/// <param name="Deadlines">When people are told that it waits.</param>
/// <param name="Told">The first of these instants, and of the weekly ones after them, at which they have not been told.</param>
internal sealed record ApprovalInput(CaseId CaseId, string Version, LegalClock Clock, ApprovalDeadlines Deadlines, int Told);
