using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Ends the first wait: records "could not identify you" and tells the person why, how to resume and where to complain
/// (GDPR art. 11(2), 12(2), 12(4); rule L9). A confirmation that was committed first wins.
/// </summary>
internal sealed class TellNotIdentified(CaseStore cases, RequestKinds kinds, MailOrNote mail, UponProof proof, SiteLinks links, LegalTime time)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(TellNotIdentified));

    [Function(nameof(TellNotIdentified))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var asked = await cases.GetAsync<SubjectRequest>(step.CaseId, cancellation);
        var now = await time.NowOrAtAsync(asked.ConfirmBy, cancellation);
        var rested = await cases.ExecuteAsync<SubjectRequest>(
            step.CaseId, "not-identified", Actors.System, state => RequestDecisions.GiveUpWaiting(state, now), [], cancellation);
        if (rested.Status == CaseStatus.AwaitingConfirmation) throw new TooEarlyException();
        await proof.FollowAsync(rested, cancellation); // where a confirmation came first
        if (rested.Status != CaseStatus.NotIdentified) return rested.Status;

        await mail.SendAsync(
            step.CaseId, "not-identified",
            new NotIdentified(rested.Id, kinds.ProofOf(rested.Kind), rested.ResumeBy, links.Confirm(rested.Id, rested.ResumeBy)),
            cancellation);
        return rested.Status;
    }
}
