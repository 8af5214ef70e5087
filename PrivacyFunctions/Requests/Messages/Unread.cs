using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>
/// Nobody decides about a request whose person wrote something that nobody has read or was asked something that they have not answered, or of
/// which somebody doubts whose it is.
/// </summary>
internal static class Unread
{
    /// <summary>The answer to who decides what it comes to nevertheless; null if nothing is in the way.</summary>
    public static IResult? OrOpen(HttpRequest request, SubjectRequest found) => OrDoubt(request, found) ?? (found.AwaitsAnswer
        ? Replies.Refused(request, StatusCodes.Status409Conflict, new(
            "The person was asked something, and has not answered",
            $"Nobody decides about it until they do. To go on without the answer: POST /api/operator/cases/{found.Id}/question/end."))
        : null);

    /// <summary>The answer to who goes on while something is unread or a doubt lasts; null if neither is so.</summary>
    public static IResult? OrDoubt(HttpRequest request, SubjectRequest found) => Refusal(request, found) ?? (found.IsUndecidable
        ? Replies.Refused(request, StatusCodes.Status409Conflict, new(
            "Somebody doubts that this is the person's own request",
            $"Nobody decides about it until that is over: POST /api/operator/cases/{found.Id}/doubt/end says whether the person is identified."))
        : null);

    /// <summary>The answer to who has not read all of it; null if all is read.</summary>
    public static IResult? Refusal(HttpRequest request, SubjectRequest found) => found.HasUnread
        ? Replies.Refused(request, StatusCodes.Status409Conflict, new(
            "The person wrote to us, and nobody has read it",
            $"Read it first: GET /api/operator/cases/{found.Id}/messages. Then answer it, or note with POST /api/operator/cases/{found.Id}/messages/read that you have read it."))
        : null;
}
