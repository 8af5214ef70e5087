namespace PrivacyFunctions.Requests.Model;

/// <summary>On which days a letter about a request can have been posted. Pure; days are local dates of the legal time zone.</summary>
public static class PostedDay
{
    /// <summary>What is said of another day.</summary>
    public const string Impossible = "Give the day on which the letter was posted: not before the request was received, and not in the future.";

    /// <summary>Whether it can have been then: not before the request was received, and not in the future.</summary>
    public static bool IsPossible(DateOnly postedOn, SubjectRequest request, DateOnly today) => !(postedOn < request.ReceivedOn) && postedOn <= today;
}
