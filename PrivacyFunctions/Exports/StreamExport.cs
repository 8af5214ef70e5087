using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Streams the package to whoever gave the right code, whole or in ranges, so that an interrupted download goes on. Every
/// view of a person's data is logged (C-ACCESS).
/// </summary>
internal sealed class StreamExport(
    CaseStore cases, CaseKinds kinds, IEnumerable<IExportRights> rights, LinkTokens tokens, LegalTime legal, ExportFolder folder, ViewLog views, TimeProvider time)
{
    [Function(nameof(StreamExport))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "export/{token}")] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Stream, token, time.GetUtcNow());
        if (read is not LinkToken.Valid { Case: var id }) return BrokenLink.Answer(request, read);
        if (await cases.FindAsync(id, cancellation) is not { Case: var offered }
            || !offered.OffersExport(await legal.NowAsync(cancellation)) || !await rights.AllAllowAsync(offered, cancellation))
            return BrokenLink.Answer(request, new LinkToken.Expired(id));
        if (await FindAsync(id, cancellation) is not var (content, properties))
            return BrokenLink.Answer(request, new LinkToken.Expired(id));

        if (HttpMethods.IsGet(request.Method)) await views.AddAsync(id, Actors.Subject, "package", cancellation);
        return Results.Stream(
            content, "application/zip", $"{kinds.Of(offered.Kind).Package}-{id.Value[..8]}.zip",
            properties.LastModified, new EntityTagHeaderValue(properties.ETag.ToString("H")), enableRangeProcessing: true);
    }

    // Null when the package is gone although the case says that it is there: deleted just now, or by somebody else.
    private async Task<(Stream Content, BlobProperties Properties)?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        var package = await folder.PackageAsync(id);
        try
        {
            var properties = await package.GetPropertiesAsync(cancellationToken: cancellation);
            return (await package.OpenReadAsync(cancellationToken: cancellation), properties.Value);
        }
        catch (RequestFailedException gone) when (gone.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }
}
