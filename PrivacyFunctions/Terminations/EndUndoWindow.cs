using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Ends the time to undo, not before it is over. An undo that was committed first wins.</summary>
internal sealed class EndUndoWindow(CaseStore cases, LegalTime time)
{
    public static readonly Step<CaseStep, TerminationStatus> Step = new(nameof(EndUndoWindow));

    [Function(nameof(EndUndoWindow))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var undoable = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (undoable.Status != TerminationStatus.Undoable) return undoable.Status;

        var now = await time.NowOrAtAsync(undoable.Instants!.UndoUntil, cancellation);
        var after = await cases.ExecuteAsync<Termination>(
            step.CaseId, "end-undo", Actors.System, state => TerminationDecisions.EndUndo(state, now), [], cancellation);
        return after.Status == TerminationStatus.Undoable ? throw new TooEarlyException() : after.Status;
    }
}
