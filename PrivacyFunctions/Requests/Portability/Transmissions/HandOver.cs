using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// The page on which another controller downloads the package that a person wants it to have, and its signature, behind the link that only its mailbox
/// got. To open the page changes nothing and tells nothing of the person. That it was downloaded is noted before the first byte goes, and the view
/// is logged each time (C-ACCESS).
/// </summary>
internal sealed class HandOver(
    CaseStore cases, StoredPackages packages, TransmissionRows rows, OwedMails owed, PackageSignature signature, TransmissionLinks links,
    ViewLog views, LegalTime time)
{
    [Function(nameof(ShowHandOver))]
    [ForEverybody]
    public async Task<IResult> ShowHandOver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = TransmissionLinks.HandOverRoute)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (offered, _)) return Refusal(request, token);
        var path = TransmissionLinks.PathToHandOver(token);
        if (request.WantsJson())
            return Results.Json(
                new { reference = offered.Id, until = offered.OfferedUntil, downloadBy = $"POST {path}", signatureBy = $"POST {path}/signature" }, RecordJson.Options);
        return new RazorComponentResult<HandOverPage>(new Dictionary<string, object?>
        {
            [nameof(HandOverPage.Action)] = path,
            [nameof(HandOverPage.Until)] = offered.OfferedUntil!.Value,
            [nameof(HandOverPage.Reference)] = offered.Id.Value,
        });
    }

    [Function(nameof(HandOver))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = TransmissionLinks.HandOverRoute)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (offered, name) || await packages.FindAsync(offered, cancellation) is not { } package)
            return Refusal(request, token);
        if (!await NoteAsync(offered, name)) return Refusal(request, token); // it ended at this moment
        await views.AddAsync(offered.Id, Actors.Recipient, "package", cancellation);
        return Results.Stream(package.Content, StoredPackage.MediaType, package.Name, package.Properties.LastModified);
    }

    [Function(nameof(SignHandOver))]
    [ForEverybody]
    public async Task<IResult> SignHandOver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{TransmissionLinks.HandOverRoute}/signature")] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (offered, _)) return Refusal(request, token);
        var (file, today) = (packages.NameOf(offered), time.DateOf(await time.NowAsync(cancellation)));
        var signed = await signature.SignAsync(offered.Id, file, await OfferAsync(offered, cancellation), today, cancellation);
        return Results.File(Encoding.ASCII.GetBytes(signed), PackageSignature.MediaType, file + PackageSignature.Ending);
    }

    // That a mail is owed comes first, so that no crash in between loses it. What is not noted is not handed over.
    private async Task<bool> NoteAsync(PortabilityRequest offered, string name)
    {
        if (offered.Find(name) is { HandedOverOn: not null }) return true;
        var (now, of) = (await time.NowAsync(CancellationToken.None), await OfferAsync(offered, CancellationToken.None));
        await owed.AddAsync(offered.Id, CancellationToken.None);
        var handed = await cases.ExecuteAsync<PortabilityRequest>(
            offered.Id, $"handed-over-{name}", Actors.Recipient,
            found => TransmissionDecisions.HandOver(found, name, of.Sha256, time.DateOf(now), now), [], CancellationToken.None);
        if (handed.Find(name)?.HandedOverOn is not { } on) return false;
        await rows.NoteHandedOverAsync(offered.Id, name, on, CancellationToken.None);
        return true;
    }

    // What the chain says of the package: its hash was taken while it was written.
    private async Task<CaseFact.ExportOffered> OfferAsync(PortabilityRequest offered, CancellationToken cancellation) =>
        (await cases.AuditAsync(offered.Id, cancellation)).Select(row => row.Entry.Fact).OfType<CaseFact.ExportOffered>().Last();

    // Null for a link that is none or too old, and once there is no package any more.
    private async Task<(PortabilityRequest Offered, string Name)?> FindAsync(string token, CancellationToken cancellation)
    {
        var now = await time.NowAsync(cancellation);
        return links.Read(token) is var (place, until) && now < until
            && await cases.FindAsync(place.Case, cancellation) is { Case: PortabilityRequest found } && found.OffersExport(now)
            && found.Find(place.Name) is { StoppedOn: null }
            ? (found, place.Name)
            : null;
    }

    private static HandOverText Says => PageText.Of<HandOverText>();

    private IResult Refusal(HttpRequest request, string token) => links.Read(token) is null
        ? Replies.Refused(request, StatusCodes.Status404NotFound, Says.Broken.Write())
        : Replies.Refused(request, StatusCodes.Status410Gone, Says.Over.Write());
}
