using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Makes the package of an account's service data for its owner (T-EXPORT), who owns it, and offers it until the purge. What
/// one go wrote the next one adds to. Nobody gets it who does not own the account any more.
/// </summary>
internal sealed class PackageServiceData(
    CaseStore cases, Contacts contacts, PackageEnds ends, OwnersRights rights, ServiceExport export, ExportFolder folder, OwnerMails mails,
    SiteLinks links, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(PackageServiceData));
    public static readonly Step<CaseStep, PackageState> PackagePartStep = new(nameof(PackagePart));
    public static readonly Step<CaseStep> OfferServiceDataStep = new(nameof(OfferServiceData));

    /// <summary>All of it, for a procedure that began before it was made in several goes.</summary>
    [Function(nameof(PackageServiceData))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        while (await PackagePart(step, cancellation) == PackageState.More)
        {
        }
    }

    /// <summary>As much as one go takes.</summary>
    [Function(nameof(PackagePart))]
    public async Task<PackageState> PackagePart([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (state.OfferedUntil is not null) return PackageState.Done;
        if (!state.HasItsData || !await IsTheirsAsync(state, cancellation))
        {
            await folder.DeleteAsync(step.CaseId, cancellation); // what earlier goes wrote
            return state.HasItsData ? PackageState.NotNow : PackageState.Done;
        }

        if (await export.WriteMoreAsync(step.CaseId, state.Account, state.ReceivedAt, cancellation) is not { } contents)
            return PackageState.More;
        var now = await time.NowAsync(cancellation);
        await ends.AddAsync(step.CaseId, TerminationDecisions.Offer(state, contents, now), cancellation);
        var offered = await cases.ExecuteAsync<Termination>(
            step.CaseId, "offer", Actors.System, found => TerminationDecisions.Offer(found, contents, now), [], cancellation);
        if (offered is not { HasItsData: true, OfferedUntil: not null }) await folder.DeleteAsync(step.CaseId, cancellation); // too late
        return PackageState.Done;
    }

    /// <summary>Mails the link to the package. It opens nothing by itself: a code to the same mailbox does.</summary>
    [Function(nameof(OfferServiceData))]
    public async Task OfferServiceData([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var now = await time.NowAsync(cancellation);
        if (state is not { HasItsData: true, OfferedUntil: { } until } || until <= now || !await IsTheirsAsync(state, cancellation)) return;
        await mails.SendAsync(
            state, "export-ready", new AccountDataReady(state.Id, state.Account, until, links.Download(state.Id, until)),
            cancellation);
    }

    // An account that the company ends may have nobody who can be reached: then the copy waits for whoever asks for it.
    private async Task<bool> IsTheirsAsync(Termination state, CancellationToken cancellation) =>
        await contacts.FindAsync(state.Id, cancellation) is null || await rights.AreStillTheirsAsync(state, cancellation);
}

/// <summary>How far the copy of an account's data is. Numbers stay: histories hold them.</summary>
internal enum PackageState
{
    /// <summary>It is offered, or nobody gets one any more.</summary>
    Done,

    /// <summary>Another go goes on.</summary>
    More,

    /// <summary>The mailbox that we know is not the owner's now; it may become so again.</summary>
    NotNow,
}
