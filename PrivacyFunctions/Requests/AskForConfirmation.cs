using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Receipts;

namespace PrivacyFunctions.Requests;

/// <summary>Mails the link behind which the owner of the mailbox confirms the request, and tells whoever asked in their name that they are asked.</summary>
internal sealed class AskForConfirmation(
    CaseStore cases, RequestKinds kinds, ReceiptDesk receipts, MailOrNote mail, AgentMails agents, SiteLinks links, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(AskForConfirmation));

    [Function(nameof(AskForConfirmation))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        // Recorded first: a person may press the button before the provider has answered us.
        var asked = await cases.ExecuteAsync<SubjectRequest>(step.CaseId, "ask", Actors.System, RequestDecisions.Ask, [], cancellation);
        await mail.SendAsync(
            asked.Id, "confirmation",
            new RequestConfirmation(
                asked.Id, kinds.ProofOf(asked.Kind), asked.ConfirmBy, asked.Due.On, links.Confirm(asked.Id, asked.ConfirmBy))
            {
                Receipt = await receipts.LinkAsync(asked, cancellation), Came = Came.Of(asked),
                Agent = await agents.FindAsync(asked, cancellation),
                IsOver = time.DateOf(await time.NowAsync(cancellation)) > asked.Due.On,
                IsBeforeEnd = asked.Due.On <= time.DateOf(asked.ConfirmBy),
            },
            cancellation);
        await agents.TellAskedAsync(asked, cancellation);
    }
}
