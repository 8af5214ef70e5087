using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases.Model;

/// <summary>The clock stood still while we waited for the person (L3, L4).</summary>
/// <param name="Days">How many days, of which both the one of the question and the one of the answer are.</param>
/// <param name="Due">When the answer is due with them.</param>
public sealed record Pause(int Days, DueDate Due)
{
    /// <summary>The pause that a fact ends; null if it ends none.</summary>
    public static Pause? In(CaseFact fact) => fact switch
    {
        CaseFact.MessageReceived received => received.Paused,
        CaseFact.QuestionOver over => over.Paused,
        _ => null,
    };
}
