using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// The stages of requests that were started with version 1, in the history of the request itself. They stay as they were until
/// the last of them is over.
/// </summary>
internal sealed class FirstErasureStages(CaseProcedure procedure, CaseStep step) : ErasureStages
{
    private static readonly TimeSpan BetweenFurtherEscalations = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override async Task UntilApprovedAsync()
    {
        var deadlines = (await procedure.DoAsync(AnnouncePlan.Step, step)).Escalations;
        for (var number = 0; ; number++)
        {
            var until = number < deadlines.Count
                ? deadlines[number]
                : deadlines[^1] + BetweenFurtherEscalations * (number - deadlines.Count + 1);
            var status = await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingApproval, until);
            if (status != CaseStatus.AwaitingApproval) return;
            await procedure.DoAsync(EscalateErasure.Step, new EscalationStep(step.CaseId, number));
        }
    }

    /// <inheritdoc/>
    public override async Task EraseAsync(ErasePartStep part)
    {
        for (var untilNextTurn = Turns(); ;)
        {
            var done = await procedure.DoAsync(EraseDataSet.Step, part, part.DataSet);
            if (done.Next is not { } next) return;
            if (done.Waits) await untilNextTurn();
            part = part with { Batch = next };
        }
    }

    /// <inheritdoc/>
    public override Func<Task> Turns()
    {
        var pause = UntilTheOtherIsAnswered;
        return async () =>
        {
            await procedure.PauseAsync(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        };
    }
}
