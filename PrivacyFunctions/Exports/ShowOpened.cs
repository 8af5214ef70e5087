using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>
/// The page to which the right code leads, with the button that downloads. It is a page of its own, so that whoever reloads it sends no code again.
/// </summary>
internal sealed class ShowOpened(
    CaseStore cases, IEnumerable<IExportRights> rights, IEnumerable<IBesideDownload> besides, AfterTheHour late, LinkTokens tokens, LegalTime legal, TimeProvider time)
{
    private const string Folder = "opened";

    /// <summary>The page for what a link downloads: both are open as long.</summary>
    public static string PathFor(Uri download) => $"/{Folder}/{download.Segments[^1]}";

    [Function(nameof(ShowOpened))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = $"{Folder}/{{token}}")] HttpRequest request, string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Stream, token, time.GetUtcNow());
        if (read is not LinkToken.Valid { Case: var id, Until: var until }) return await late.AnswerAsync(request, read, cancellation);
        if (await cases.FindAsync(id, cancellation) is not { Case: var offered }
            || !offered.OffersExport(await legal.NowAsync(cancellation)) || !await rights.AllAllowAsync(offered, cancellation))
            return BrokenLink.Answer(request, new LinkToken.Expired(id));
        var (link, beside) = ($"/export/{token}", besides.FirstOrDefault(each => each.Kind == offered.Kind)?.LinkTo(id, until));
        return Replies.Done(
            request, StatusCodes.Status200OK, PageText.Of<DownloadText>().Opened.Write(link) with { Also = beside },
            new { download = link, until, also = beside?.Path });
    }
}
