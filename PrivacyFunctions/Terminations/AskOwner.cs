using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Mails the link behind which whoever asked to end an account confirms it, on the day on which the case has its place among those
/// that its mailbox is asked about. A case whose day has passed, as in an outage, or that an earlier version took in gets a place now;
/// without one by the eve of its end, it ends unconfirmed.
/// </summary>
internal sealed class AskOwner(
    CaseStore cases, Contacts contacts, Admission admission, MailOrNote mail, SiteLinks links, LegalTime legal)
{
    public static readonly Step<CaseStep, bool> Step = new(nameof(AskOwner));

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <returns>Whether it has to be asked again, a day later.</returns>
    [Function(nameof(AskOwner))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var (reading, finding) = (cases.GetAsync<Termination>(step.CaseId, cancellation), contacts.FindAsync(step.CaseId, cancellation));
        await Task.WhenAll(reading, finding, cases.StartedAsync(step.CaseId, cancellation));
        var own = await reading;
        if (own.Status != TerminationStatus.AwaitingConfirmation) return false;

        var now = await legal.NowAsync(cancellation);
        var contact = Contacts.Expect(own.Id, await finding);
        var admitted = await admission.AdmitAsync(
            CaseKind.Termination, contact.Address, new(own.Id, own.Account), own.ReceivedAt, now, cancellation);
        if (admitted is not Admitted.Opens { AskedOn: var day } || day > Admission.DayOf(now)) return now < own.ConfirmBy - Day;

        // Recorded first: a person may press the button before the provider has answered us.
        var asked = await cases.ExecuteAsync<Termination>(
            step.CaseId, "ask", Actors.System, TerminationDecisions.Ask, [], cancellation);
        await mail.SendAsync(
            asked.Id, "confirmation",
            new TerminationConfirmation(
                asked.Id, asked.Account, asked.ConfirmBy, asked.Plan.UndoDays, links.EndAccount(asked.Id, asked.ConfirmBy)),
            cancellation);
        return false;
    }
}
