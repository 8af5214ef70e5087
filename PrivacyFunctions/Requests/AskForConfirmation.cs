using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>Mails the link behind which the owner of the mailbox confirms the request.</summary>
internal sealed class AskForConfirmation(CaseStore cases, RequestKinds kinds, MailOrNote mail, SiteLinks links)
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
                asked.Id, kinds.ProofOf(asked.Kind), asked.ConfirmBy, asked.Due.On, links.Confirm(asked.Id, asked.ConfirmBy)),
            cancellation);
    }
}
