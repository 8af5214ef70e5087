using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// Ends the first wait: records "could not identify you" and tells the person why, how to resume and where to complain
/// (GDPR art. 11(2), 12(2), 12(4); rule L9). A confirmation that was committed first wins.
/// </summary>
internal sealed class TellNotIdentified(CaseStore cases, CaseMails mails, SiteLinks links)
{
    private const string Mail = "not-identified";

    [Function(nameof(TellNotIdentified))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var rested = await cases.ExecuteAsync(
            step.CaseId, Mail, Actors.System, AccessDecisions.GiveUpWaiting, [], cancellation);
        if (rested.Status != CaseStatus.NotIdentified) return rested.Status;

        var letter = AccessLetters.NotIdentified(rested, links.Confirm(rested.Id, rested.ResumeBy));
        if (!await mails.TrySendOnceAsync(step.CaseId, Mail, letter, cancellation))
            await cases.ExecuteAsync(
                step.CaseId, $"refused-{Mail}", Actors.System,
                _ => new Decision.Change(new CaseFact.MailRefused(Mail)), [], cancellation);
        return rested.Status;
    }
}
