using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Doubts;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Closes the case and forgets the mailbox: what stays is the chain of what was done, with a commitment that nobody can
/// open any more. A confirmation that was committed first keeps the case open.
/// </summary>
internal sealed class CloseCase(
    CaseStore cases, Contacts contacts, DownloadCodes codes, SentProofs proofs, MailOrNote mail, AgentMails agents, UponProof proof, SiteLinks links,
    LegalTime time)
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

        // Whoever withdrew it from the mailbox is told there, as long as we know it.
        if (closed.Outcome == CaseOutcome.Withdrawn && await contacts.FindAsync(step.CaseId, cancellation) is not null)
            await mail.SendAsync(step.CaseId, "withdrawn", new RequestWithdrawn(step.CaseId, Standings.WhatStaysOf(closed), links.AskFor(closed.Kind.Name)), cancellation);
        await agents.TellClosedAsync(closed, cancellation);
        await proofs.DestroyAsync(closed, cancellation);
        await codes.ForgetAsync(step.CaseId, cancellation);
        await contacts.ForgetAsync(step.CaseId, cancellation);
        return closed.Status;
    }
}
