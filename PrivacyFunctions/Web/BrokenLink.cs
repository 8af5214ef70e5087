using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Links;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>What somebody reads whose link does not work, with the way on.</summary>
internal static class BrokenLink
{
    private static AnswersText Says => PageText.Of<AnswersText>();

    public static IResult Answer(HttpRequest request, LinkToken token) => token is LinkToken.Expired
        ? Replies.Refused(request, StatusCodes.Status410Gone, Says.Expired.Write("/"))
        : Replies.Refused(request, StatusCodes.Status404NotFound, Says.Broken.Write("/"));
}
