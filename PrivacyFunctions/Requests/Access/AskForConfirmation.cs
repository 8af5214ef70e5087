using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Mails the link behind which the owner of the mailbox confirms the request.</summary>
internal sealed class AskForConfirmation(CaseStore cases, CaseMails mails, SiteLinks links)
{
    private const string Mail = "confirmation";

    [Function(nameof(AskForConfirmation))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var asked = await cases.GetAsync(step.CaseId, cancellation);
        var letter = AccessLetters.Confirm(asked, links.Confirm(asked.Id, asked.ConfirmBy));

        // Recorded first: a person may press the button before the provider has answered us.
        await cases.ExecuteAsync(asked.Id, "ask", Actors.System, AccessDecisions.Ask, [], cancellation);
        if (await mails.TrySendOnceAsync(asked.Id, Mail, letter, cancellation)) return;

        // An address that takes no mail confirms nothing: the request goes its way to "could not identify you".
        await cases.ExecuteAsync(
            asked.Id, $"refused-{Mail}", Actors.System,
            _ => new Decision.Change(new CaseFact.MailRefused(Mail)), [], cancellation);
    }
}
