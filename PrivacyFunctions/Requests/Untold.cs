using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>The answers to an operator whose words would reach nobody, or somebody else.</summary>
internal static class Untold
{
    /// <summary>The mailbox is not the person's any more.</summary>
    public static IResult MailboxChanged(HttpRequest request) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "This mailbox has come to somebody else", "What you write would reach them, and not the person. Nothing was sent or noted. Find out how to reach the person another way."));

    /// <summary>A decision is noted, and does not end the case before the person knows it.</summary>
    public static IResult TellAnotherWay(HttpRequest request, CaseId id) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "No mail reaches this person",
        "Our mail provider refuses their address for good, or it has come to somebody else. Your decision is noted, and the case stays open until they are told. "
        + $"GET /api/operator/cases/{id}/contact shows what they gave us. Tell them another way, then send the decision once more, with \"told\": \"yes\"."));
}
