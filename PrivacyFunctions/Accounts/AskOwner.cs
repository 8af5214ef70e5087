using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Mails the link behind which whoever asked to end an account confirms it. Limits throttle mails, never the intake: beyond
/// a day's mails to a mailbox the case joins the first open one.
/// </summary>
internal sealed class AskOwner(
    CaseStore cases, Contacts contacts, People people, MailOrNote mail, SiteLinks links, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Function(nameof(AskOwner))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var own = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (own.Status != TerminationStatus.AwaitingConfirmation) return own.Status;

        var earlier = await EarlierAsync(own, cancellation);
        if (earlier.Count >= RequestDecisions.MailsADay)
            return (await cases.ExecuteAsync<Termination>(
                step.CaseId, "admit", Actors.System, state => TerminationDecisions.Join(state, earlier[0]), [], cancellation)).Status;

        // Recorded first: a person may press the button before the provider has answered us.
        var asked = await cases.ExecuteAsync<Termination>(
            step.CaseId, "ask", Actors.System, TerminationDecisions.Ask, [], cancellation);
        var letter = TerminationLetters.Confirm(asked, links.EndAccount(asked.Id, asked.ConfirmBy));
        await mail.SendAsync(asked.Id, "confirmation", letter, cancellation);
        return asked.Status;
    }

    // Those that had a mail and wait like this one, oldest first.
    private async Task<IReadOnlyList<CaseId>> EarlierAsync(Termination own, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(own.Id, cancellation);
        var found = new List<Termination>();
        foreach (var id in await people.CasesSinceAsync(contact.Address, time.GetUtcNow() - Day, cancellation))
            if (id != own.Id
                && await cases.FindAsync(id, cancellation) is
                    { Case: Termination { Status: TerminationStatus.AwaitingConfirmation } other }
                && (other.ReceivedAt, other.Id.Value).CompareTo((own.ReceivedAt, own.Id.Value)) < 0)
                found.Add(other);
        return [.. found.OrderBy(other => other.ReceivedAt).Select(other => other.Id)];
    }
}
