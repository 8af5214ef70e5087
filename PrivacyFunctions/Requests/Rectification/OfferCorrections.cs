using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>Until when the person can send corrections; legal time, UTC. Null once they did, or did not in time.</summary>
internal sealed record CorrectionTime(DateTimeOffset? Until);

/// <summary>
/// Lets the person look at what is held about them and correct it, and mails them the way to it. It opens nothing by itself: a code to the
/// same mailbox does. Where it takes no mail, the Data Protection Officer is asked to reach the person.
/// </summary>
internal sealed class OfferCorrections(CaseStore cases, MailOrNote mail, OfficerMails officer, SiteLinks links, LegalTime time) : IOffer
{
    public static readonly Step<CaseStep, CorrectionTime> Step = new(nameof(OfferCorrections));

    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Rectification;

    [Function(nameof(OfferCorrections))]
    public async Task<CorrectionTime> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        var shown = await cases.ExecuteAsync<RectificationRequest>(
            step.CaseId, "show-data", Actors.System, state => RectificationDecisions.Show(state, now), [], cancellation);
        if (shown is not { Status: CaseStatus.Offered, OfferedUntil: { } until }) return new(null); // sent or withdrawn
        if (!await mail.SendAsync(
            step.CaseId, "look-through", new DataToLookThrough(step.CaseId, until, links.Download(step.CaseId, until)), cancellation))
            await officer.TellOnceAsync(step.CaseId, "cannot-show", new CannotShowData(step.CaseId, time.DateOf(until)), cancellation);
        return new(until);
    }

    /// <inheritdoc/>
    public Notice Ready => PageText.Of<CorrectionText>().Ready.Write();

    /// <inheritdoc/>
    public IResult Open(HttpRequest request, CaseId id, DateTimeOffset until)
    {
        var link = links.Corrections(id, until);
        return request.WantsJson() ? Results.Json(new { corrections = link, until }) : new SeeOther(link.AbsolutePath);
    }
}
