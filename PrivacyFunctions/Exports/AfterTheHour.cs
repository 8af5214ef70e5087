using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Exports;

/// <summary>
/// What somebody reads who comes to a page when the hour is over for which their code opened it. As long as it is offered a fresh code opens it again:
/// the page sends one to the mailbox, and opens nothing itself.
/// </summary>
internal sealed class AfterTheHour(CaseStore cases, IEnumerable<IExportRights> rights, SiteLinks links, LegalTime legal)
{
    /// <summary>The answer to a token that opens nothing.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request, LinkToken token, CancellationToken cancellation)
    {
        if (token is not LinkToken.Expired { Case: var id }
            || await cases.FindAsync(id, cancellation) is not { Case: { OfferedUntil: { } until } offered }
            || !offered.OffersExport(await legal.NowAsync(cancellation)) || !await rights.AllAllowAsync(offered, cancellation))
            return BrokenLink.Answer(request, token);
        return Replies.Refused(request, StatusCodes.Status410Gone, Says.HourIsOver.Write($"{links.Download(id, until).AbsolutePath}/code"));
    }

    private static DownloadText Says => PageText.Of<DownloadText>();
}
