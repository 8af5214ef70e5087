using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>The stages of today, each an instance of its own that begins a new history after some turns.</summary>
internal sealed class BoundedErasureStages(BoundedProcedure procedure, RequestInput request) : ErasureStages
{
    private readonly CaseStep _step = new(request.CaseId);

    // People are told at some instants, whichever plan waits then: of two plans, the second goes on counting.
    private int _told;

    /// <inheritdoc/>
    public override async Task UntilApprovedAsync()
    {
        var deadlines = await procedure.DoAsync(AnnouncePlan.Step, _step);
        _told = await procedure.WokenStageAsync<int>(
            nameof(AwaitApproval),
            new ApprovalInput(request.CaseId, request.Version, request.Plan.Clock, deadlines, _told));
    }

    /// <inheritdoc/>
    public override Task EraseAsync(ErasePartStep part) =>
        procedure.StageAsync(nameof(EraseInBatches), new EraseInput(request.Version, request.Plan.Clock, part));

    /// <inheritdoc/>
    public override Func<Task> Turns() => () => procedure.UntilTrueAsync(MayEraseQuestion(_step));

    /// <summary>Whether the person's erasure may go on; nobody needs to look while it waits for another request.</summary>
    public static Question MayEraseQuestion(CaseStep step) => Question.Of(MayErase.Step, step, UntilTheOtherIsAnswered) with
    {
        LongestPause = LongestPause,
        IsShown = false,
    };
}
