using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Makes the package of an account's service data for its owner (T-EXPORT), who owns it, and offers it until the purge. What
/// one go wrote the next one adds to. Nobody gets it who does not own the account any more.
/// </summary>
internal sealed class PackageServiceData(
    CaseStore cases, Contacts contacts, OwnersRights rights, ServiceExport export, ExportFolder folder, OwnerMails mails,
    SiteLinks links, LegalTime time)
{
    /// <summary>All of it, for a procedure that began before it was made in several goes.</summary>
    [Function(nameof(PackageServiceData))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        while (await PackagePart(step, cancellation))
        {
        }
    }

    /// <summary>As much as one go takes.</summary>
    /// <returns>Whether something is missing.</returns>
    [Function(nameof(PackagePart))]
    public async Task<bool> PackagePart([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.HasItsData || state.OfferedUntil is not null || !await IsTheirsAsync(state, cancellation))
        {
            if (state.OfferedUntil is null) await folder.DeleteAsync(step.CaseId, cancellation); // what earlier goes wrote
            return false;
        }

        if (await export.WriteMoreAsync(step.CaseId, state.Account, state.ReceivedAt, cancellation) is not { } contents) return true;
        var now = await time.NowAsync(cancellation);
        var offered = await cases.ExecuteAsync<Termination>(
            step.CaseId, "offer", Actors.System, found => TerminationDecisions.Offer(found, contents, now), [], cancellation);
        if (offered is not { HasItsData: true, OfferedUntil: not null }) await folder.DeleteAsync(step.CaseId, cancellation); // too late
        return false;
    }

    /// <summary>Mails the link to the package. It opens nothing by itself: a code to the same mailbox does.</summary>
    [Function(nameof(OfferServiceData))]
    public async Task OfferServiceData([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (state is not { HasItsData: true, OfferedUntil: { } until } || !await IsTheirsAsync(state, cancellation)) return;
        Letter letter = TerminationLetters.ExportReady(state, links.Download(state.Id, until));
        await mails.SendAsync(step.CaseId, "export-ready", letter, cancellation);
    }

    // An account that the company ends may have nobody who can be reached: then the copy waits for whoever asks for it.
    private async Task<bool> IsTheirsAsync(Termination state, CancellationToken cancellation) =>
        await contacts.FindAsync(state.Id, cancellation) is null || await rights.AreStillTheirsAsync(state, cancellation);
}
