using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// Mails the link to the package. It opens nothing by itself: a code to the same mailbox does. When no mail went out until the
/// package had to be deleted, the mail says so. Whoever has come to have the mailbox since is not
/// written to; then, and where the mailbox takes no mail, the Data Protection Officer is asked to reach the person.
/// </summary>
internal sealed class SendExportLink(
    PackagedRights rights, CaseStore cases, Contacts contacts, MailboxOwners owners, MailOrNote mail, OfficerMails officer, SiteLinks links, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(SendExportLink));

    [Function(nameof(SendExportLink))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var offered = await cases.GetAsync<PackagedRequest>(step.CaseId, cancellation);
        var (right, until) = (rights.Of(offered.Kind), offered.OfferedUntil!.Value);
        if (await contacts.FindAsync(step.CaseId, cancellation) is { } contact && !await owners.AreStillAsync(contact.Address, step.CaseId, cancellation))
        {
            await TellOfficerAsync(mailboxChanged: true);
            return;
        }

        var letter = offered.OffersExport(await time.NowAsync(cancellation))
            ? right.Ready(offered.Id, until, links.Download(offered.Id, until))
            : right.Gone(offered.Id, until, links.AskFor(offered.Kind.Name));
        // Whoever got the one needs not the other.
        if (!await mail.SendAsync(offered.Id, "export-ready", letter, cancellation)) await TellOfficerAsync(mailboxChanged: false);

        Task TellOfficerAsync(bool mailboxChanged) => officer.TellOnceAsync(
            step.CaseId, "cannot-send", new CannotSendPackage(step.CaseId, offered.Kind.Name, mailboxChanged, time.DateOf(until)), cancellation);
    }
}
