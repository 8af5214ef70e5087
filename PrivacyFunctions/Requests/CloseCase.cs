using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Closes the case and forgets the mailbox: what stays is the chain of what was done, with a commitment that nobody can
/// open any more. A confirmation that was committed first keeps the case open.
/// </summary>
internal sealed class CloseCase(CaseStore cases, Parting parting, UponProof proof, LegalTime time)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(CloseCase));

    [Function(nameof(CloseCase))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var open = await cases.GetAsync<SubjectRequest>(step.CaseId, cancellation);
        var now = await time.NowOrAtAsync(open.ResumeBy, cancellation);
        var closed = await cases.ExecuteAsync<SubjectRequest>(
            step.CaseId, "close", Actors.System, state => RequestDecisions.Close(state, now), [], cancellation);
        if (closed.Status == CaseStatus.NotIdentified) throw new TooEarlyException(); // it can still be resumed
        if (closed.Status != CaseStatus.Closed)
        {
            await proof.FollowAsync(closed, cancellation); // a confirmation came first
            return closed.Status;
        }

        await parting.TakeLeaveAsync(closed, cancellation);
        return closed.Status;
    }
}
