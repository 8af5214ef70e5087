using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Makes the package of an account's service data for its owner (T-EXPORT), who owns it, and offers it until the purge. A
/// repetition replaces it.
/// </summary>
internal sealed class PackageServiceData(CaseStore cases, ServiceExport export, OwnerMails mails, SiteLinks links)
{
    [Function(nameof(PackageServiceData))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.IsExportOwed || state.OfferedUntil is not null) return;
        var contents = await export.WriteAsync(step.CaseId, state.Account, cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, "offer", Actors.System, found => TerminationDecisions.Offer(found, contents), [], cancellation);
    }

    /// <summary>Mails the link to the package. It opens nothing by itself: a code to the same mailbox does.</summary>
    [Function(nameof(OfferServiceData))]
    public async Task OfferServiceData([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (state is not { IsExportOwed: true, OfferedUntil: { } until }) return;
        Letter letter = TerminationLetters.ExportReady(state, links.Download(state.Id, until));
        await mails.SendAsync(step.CaseId, "export-ready", letter, cancellation);
    }
}
