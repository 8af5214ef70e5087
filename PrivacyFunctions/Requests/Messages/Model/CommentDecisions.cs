using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Messages.Model;

/// <summary>What operators note about a request for each other. It decides nothing, and a closed request takes it, too. Pure.</summary>
public static class CommentDecisions
{
    /// <summary>How many comments a request takes.</summary>
    public const int Most = 200;

    /// <summary>An operator notes something.</summary>
    /// <param name="request">The case.</param>
    /// <param name="name">Under which name the words are kept.</param>
    /// <param name="by">Who noted it.</param>
    public static Decision Add(SubjectRequest request, string name, string by) =>
        request.Comments < Most ? new Decision.Change(new CaseFact.Commented(name, by)) : Decision.Nothing;
}
