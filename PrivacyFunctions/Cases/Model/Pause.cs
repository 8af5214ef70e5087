using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases.Model;

/// <summary>The clock stood still while we waited for the person (L3, L4).</summary>
/// <param name="Days">How many days, counting both the day of the question and the day of the answer.</param>
/// <param name="Due">When the answer is due with them.</param>
/// <param name="Without">When it would be due if the clock had never been stopped.</param>
public sealed record Pause(int Days, DueDate Due, DateOnly Without)
{
    /// <summary>The pause that a fact ends; null if it ends none.</summary>
    public static Pause? In(CaseFact fact) => fact switch
    {
        CaseFact.MessageReceived received => received.Paused,
        CaseFact.QuestionOver over => over.Paused,
        _ => null,
    };
}
