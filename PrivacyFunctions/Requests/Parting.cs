using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Doubts;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>What is said last about a request that is closed, and what goes with it: the mailbox, the code of a download, proofs of who somebody is.</summary>
internal sealed class Parting(Contacts contacts, DownloadCodes codes, SentProofs proofs, MailOrNote mail, AgentMails agents, SiteLinks links)
{
    /// <summary>Does so. It can be repeated until the mailbox is forgotten, which comes last.</summary>
    public async Task TakeLeaveAsync(SubjectRequest closed, CancellationToken cancellation)
    {
        // Whoever withdrew it from the mailbox is told there, as long as we know it.
        if (closed.Outcome == CaseOutcome.Withdrawn && await contacts.FindAsync(closed.Id, cancellation) is not null)
            await mail.SendAsync(closed.Id, "withdrawn", new RequestWithdrawn(closed.Id, Standings.WhatStaysOf(closed), links.AskFor(closed.Kind.Name)), cancellation);
        await agents.TellClosedAsync(closed, cancellation);
        await proofs.DestroyAsync(closed, cancellation);
        await codes.ForgetAsync(closed.Id, cancellation);
        await contacts.ForgetAsync(closed.Id, cancellation);
    }
}
