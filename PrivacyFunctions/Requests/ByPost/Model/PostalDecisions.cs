using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.ByPost.Model;

/// <summary>The decisions that only a request has which is answered by post (R-EVERYONE, L1). The first one stands; a repetition comes to nothing.</summary>
public static class PostalDecisions
{
    /// <summary>The answer was posted, on a day that can be.</summary>
    /// <param name="request">The case.</param>
    /// <param name="answered">What was posted, and when.</param>
    /// <param name="today">The local date.</param>
    public static Decision Answer(PostalRequest request, PostalFact.Answered answered, DateOnly today) =>
        IsOpen(request) && PostedDay.IsPossible(answered.On, request, today) ? new Decision.Change(answered) : Decision.Nothing;

    /// <summary>It goes on as an ordinary request of the mailbox that was found.</summary>
    /// <param name="request">The case.</param>
    /// <param name="as">That request.</param>
    /// <param name="by">The operator.</param>
    public static Decision GoOn(PostalRequest request, CaseId @as, string by) =>
        IsOpen(request) ? new Decision.Change(new PostalFact.GoesOn(@as, by)) : Decision.Nothing;

    /// <summary>Whether it is still to be answered.</summary>
    public static bool IsOpen(PostalRequest request) => request is { Status: CaseStatus.AwaitingDecision, Done: null };
}
