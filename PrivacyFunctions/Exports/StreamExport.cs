using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using PrivacyFunctions.Callers;
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
    CaseStore cases, IEnumerable<IExportRights> rights, AfterTheHour late, LinkTokens tokens, LegalTime legal, StoredPackages packages, ViewLog views, TimeProvider time)
{
    [Function(nameof(StreamExport))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "export/{token}")] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Stream, token, time.GetUtcNow());
        if (read is not LinkToken.Valid { Case: var id }) return await late.AnswerAsync(request, read, cancellation);
        if (await cases.FindAsync(id, cancellation) is not { Case: var offered }
            || !offered.OffersExport(await legal.NowAsync(cancellation)) || !await rights.AllAllowAsync(offered, cancellation))
            return BrokenLink.Answer(request, new LinkToken.Expired(id));
        if (await packages.FindAsync(offered, cancellation) is not { } package)
            return BrokenLink.Answer(request, new LinkToken.Expired(id));

        if (HttpMethods.IsGet(request.Method)) await views.AddAsync(id, Actors.Subject, "package", cancellation);
        return Results.Stream(
            package.Content, StoredPackage.MediaType, package.Name,
            package.Properties.LastModified, new EntityTagHeaderValue(package.Properties.ETag.ToString("H")), enableRangeProcessing: true);
    }
}
