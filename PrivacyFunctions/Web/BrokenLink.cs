using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Links;

namespace PrivacyFunctions.Web;

/// <summary>What somebody reads whose link does not work, with the way on.</summary>
internal static class BrokenLink
{
    private static readonly NextLink AskAgain = new("Go to the privacy centre", "/");

    public static IResult Answer(HttpRequest request, LinkToken token) => token is LinkToken.Expired
        ? Replies.Refused(request, StatusCodes.Status410Gone, new(
            "This link has expired",
            "Its time is over. If you got a later mail from us about this request, use the link in that one.",
            "If the request is finished, there is nothing left to do. Otherwise simply ask again: it costs nothing.")
        { Next = AskAgain })
        : Replies.Refused(request, StatusCodes.Status404NotFound, new(
            "This link does not work",
            "Perhaps a part of it was lost. Please copy the whole link from the mail into your browser's address line.")
        { Next = AskAgain });
}
