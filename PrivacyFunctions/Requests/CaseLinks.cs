using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>The links by which people come to the page of their case and to what they can do there. They were mailed to them, and name nobody.</summary>
internal sealed class CaseLinks(CaseStore cases, LinkTokens tokens, SiteLinks links, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(366);

    /// <summary>
    /// Makes the link that each mail carries; it works for a year after its mail, real time, and as long as the case is open: a restriction may
    /// last for years.
    /// </summary>
    public CasePage ToPage => id => links.Case(id, time.GetUtcNow() + Lifetime);

    /// <summary>The link by which a person writes back to us; for as long.</summary>
    public Uri ToMessage(CaseId id) => links.Message(id, time.GetUtcNow() + Lifetime);

    /// <summary>The case to which a link leads, or the answer to one that leads nowhere.</summary>
    public async Task<(Case? Found, IResult? Refusal)> FindAsync(HttpRequest request, string token, CancellationToken cancellation)
    {
        var read = tokens.Read(LinkPurpose.Case, token, time.GetUtcNow());
        var id = (read as LinkToken.Valid)?.Case ?? (read as LinkToken.Expired)?.Case;
        if (id is not { } known) return (null, BrokenLink.Answer(request, read));
        return await cases.FindAsync(known, cancellation) is { Case: var found } && (read is LinkToken.Valid || !found.IsClosed)
            ? (found, null)
            : (null, BrokenLink.Answer(request, new LinkToken.Expired(known)));
    }
}
