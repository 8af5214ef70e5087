using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.Web;

/// <summary>The answers to an operator whose reference leads nowhere.</summary>
internal static class NoSuch
{
    /// <summary>There is no such case.</summary>
    public static IResult Case(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such case", "A case's reference has 32 digits, as the person's mails show it."));

    /// <summary>There is no such request, or the case is about something else.</summary>
    public static IResult Request(HttpRequest request) => Replies.Refused(
        request, StatusCodes.Status404NotFound, new("There is no such request", "A request's reference has 32 digits."));
}
