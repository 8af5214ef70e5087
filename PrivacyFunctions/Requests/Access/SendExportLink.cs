using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Mails the link to the package. It opens nothing by itself: a code to the same mailbox does.</summary>
internal sealed class SendExportLink(CaseStore cases, CaseMails mails, SiteLinks links)
{
    [Function(nameof(SendExportLink))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var offered = await cases.GetAsync<SubjectRequest>(step.CaseId, cancellation);
        var letter = AccessLetters.ExportReady(offered, links.Download(offered.Id, offered.OfferedUntil!.Value));
        await mails.SendOnceAsync(offered.Id, "export-ready", letter, cancellation);
    }
}
