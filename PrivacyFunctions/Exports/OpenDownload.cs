using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>
/// From the mailed link to the open download: a page whose button mails a fresh code, and a form that takes it. A link that
/// was forwarded, or sits in an old mailbox, opens nothing without the mailbox itself.
/// </summary>
internal sealed class OpenDownload(
    CaseStore cases, IEnumerable<IExportRights> rights, IEnumerable<IOffer> offers, IEnumerable<IBesideDownload> besides, LinkTokens tokens, LegalTime legal,
    MailedCodes codes, SiteLinks links, TimeProvider time)
{
    private const string CodeRoute = "download/{token}/code";

    /// <summary>How long what the right code opens stays open.</summary>
    public static readonly TimeSpan GrantLifetime = TimeSpan.FromHours(1);

    [Function(nameof(ShowDownload))]
    [ForEverybody]
    public async Task<IResult> ShowDownload(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "download/{token}")] HttpRequest request,
        string token, CancellationToken cancellation) =>
        await WithOpenCaseAsync(
            request, token,
            offered => Replies.Done(request, 200, Ready(offered, token), new { code = $"/download/{token}/code" }),
            cancellation);

    [Function(nameof(ShowCodeForm))]
    [ForEverybody]
    public async Task<IResult> ShowCodeForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = CodeRoute)] HttpRequest request,
        string token, CancellationToken cancellation) =>
        await WithOpenCaseAsync(request, token, _ => Form(token, null, StatusCodes.Status200OK), cancellation);

    [Function(nameof(SendDownloadCode))]
    [ForEverybody]
    public async Task<IResult> SendDownloadCode(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = CodeRoute)] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (offered, refusal) = await FindAsync(request, token, cancellation);
        if (offered is null) return refusal!;
        switch (await codes.SendAsync(offered.Id, cancellation))
        {
            case CodeSending.NoMailbox:
                return BrokenLink.Answer(request, new LinkToken.Expired(offered.Id));
            case CodeSending.Enough:
                return Replies.Refused(
                    request, StatusCodes.Status429TooManyRequests,
                    Says.EnoughCodes.Write($"/download/{token}/code", ("codes", DownloadCodes.CodesADay), ("minutes", DownloadCodes.Minutes)));
            case CodeSending.NotSent:
                return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, Says.NotSent.Write($"/download/{token}"));
        }

        return request.WantsJson()
            ? Results.Json(new { open = $"/download/{token}/open" }, statusCode: StatusCodes.Status202Accepted)
            : new SeeOther($"/download/{token}/code");
    }

    [Function(nameof(OpenDownload))]
    [ForEverybody]
    public async Task<IResult> OpenAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "download/{token}/open")] HttpRequest request,
        string token, CancellationToken cancellation)
    {
        var (offered, refusal) = await FindAsync(request, token, cancellation);
        if (offered is null) return refusal!;

        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var fields = (Submission.Fields)submission;
        var (verdict, problem) = await codes.TryAsync(offered.Id, fields, cancellation);
        return verdict is CodeVerdict.Right ? await GrantAsync(request, offered, cancellation) : Reject(request, token, problem);
    }

    private async Task<IResult> GrantAsync(HttpRequest request, Case offered, CancellationToken cancellation)
    {
        var now = await legal.NowAsync(cancellation);
        var after = await cases.ExecuteAsync<Case>(
            offered.Id, $"open-{Guid.NewGuid():N}", Actors.Subject, found => ExportDecisions.Open(found, now), [], cancellation);
        if (!after.OffersExport(now)) return BrokenLink.Answer(request, new LinkToken.Expired(offered.Id));

        var until = time.GetUtcNow() + GrantLifetime;
        if (OfferOf(offered) is { } other) return other.Open(request, offered.Id, until);
        var link = links.Export(offered.Id, until);
        if (!request.WantsJson()) return new SeeOther(ShowOpened.PathFor(link));
        var beside = besides.FirstOrDefault(each => each.Kind == offered.Kind)?.LinkTo(offered.Id, until);
        return beside is null ? Results.Json(new { download = link, until }) : Results.Json(new { download = link, until, also = beside.Path });
    }

    private async Task<IResult> WithOpenCaseAsync(
        HttpRequest request, string token, Func<Case, IResult> show, CancellationToken cancellation)
    {
        var (offered, refusal) = await FindAsync(request, token, cancellation);
        return offered is null ? refusal! : show(offered);
    }

    private async Task<(Case? Offered, IResult? Refusal)> FindAsync(
        HttpRequest request, string token, CancellationToken cancellation)
    {
        var now = await legal.NowAsync(cancellation);
        var read = tokens.Read(LinkPurpose.Download, token, now);
        if (read is LinkToken.Foreign) return (null, BrokenLink.Answer(request, read));
        return read is LinkToken.Valid { Case: var id } && await cases.FindAsync(id, cancellation) is { Case: var found } && found.OffersExport(now)
            && await rights.AllAllowAsync(found, cancellation)
            ? (found, null)
            : (null, Replies.Refused(request, StatusCodes.Status410Gone, Says.Gone.Write("/")));
    }

    private IOffer? OfferOf(Case offered) => offers.FirstOrDefault(offer => offer.Kind == offered.Kind);

    private static IResult Reject(HttpRequest request, string token, string problem) => request.WantsJson()
        ? Replies.Refused(
            request, StatusCodes.Status422UnprocessableEntity, new(Says.NotOpened, problem),
            "code")
        : Form(token, problem, StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<CodeForm> Form(string token, string? problem, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(CodeForm.Token)] = token, [nameof(CodeForm.Submission)] = Guid.NewGuid().ToString("N"), [nameof(CodeForm.Problem)] = problem,
        })
        { StatusCode = status };

    private Notice Ready(Case offered, string token) => (OfferOf(offered)?.Ready ?? Says.Ready.Write(("until", offered.OfferedUntil!.Value))) with
    {
        Button = new(Says.SendCode, $"/download/{token}/code"),
    };

    private static DownloadText Says => PageText.Of<DownloadText>();
}
