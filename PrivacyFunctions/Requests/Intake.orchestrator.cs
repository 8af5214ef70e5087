using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>How every request begins: the mailbox is proven before anything is looked up, told or changed.</summary>
internal static class Intake
{
    /// <summary>Asks the owner of the mailbox to confirm and waits for it, and for a late resumption.</summary>
    /// <returns>Whether it was confirmed; if not, the case is closed.</returns>
    public static async Task<bool> IsConfirmedAsync(CaseProcedure procedure, RequestInput request)
    {
        var step = new CaseStep(request.CaseId);

        // A mailbox that gets many requests in a day is asked about the first few only; the open case answers the rest.
        var admitted = await procedure.DoAsync(AdmitRequest.Step, step);
        if (admitted == CaseStatus.Closed) return false;
        // A sign-in proved the mailbox, it goes on with an earlier request that was proven, or an operator began the workflow again.
        if (admitted is not (CaseStatus.AwaitingConfirmation or CaseStatus.NotIdentified)) return true;

        // The data goes to whoever owns the mailbox, so the owner has to press a button first.
        await procedure.DoAsync(AskForConfirmation.Step, step);
        var confirmBy = request.ReceivedAt + request.Plan.ConfirmationWindow;
        var answer = await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.AwaitingConfirmation, confirmBy);
        if (answer == CaseStatus.Confirmed) return true;

        // Nothing ends silently: the person is told, with the way to resume (L9). A confirmation that came first wins, and so does a withdrawal.
        if (answer != CaseStatus.Closed) answer = await procedure.DoAsync(TellNotIdentified.Step, step);
        if (answer == CaseStatus.Confirmed) return true;
        if (answer == CaseStatus.Closed) return await procedure.DoAsync(CloseCase.Step, step) != CaseStatus.Closed;
        // Where somebody had paused this workflow, the person has all the time from the day on which they are told.
        var daysLate = WorkflowVersion.ResumesByAFixedDay(request.Version) ? 0 : RequestDecisions.DaysLate(confirmBy, procedure.LegalNow);
        var resumeBy = confirmBy.AddDays(daysLate) + request.Plan.ResumeWindow;
        return await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.NotIdentified, resumeBy) == CaseStatus.Confirmed
            || await procedure.DoAsync(CloseCase.Step, step) != CaseStatus.Closed;
    }
}
