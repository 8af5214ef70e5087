using System.Text.Json.Serialization;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>
/// The policy that applies to one request, fixed when it was received and carried in the orchestration's input.
/// </summary>
/// <param name="Clock">The legal clock.</param>
/// <param name="ConfirmationWindow">How long the first link works, in legal time.</param>
/// <param name="ResumeWindow">How long the link of the "could not identify you" notice works after that.</param>
/// <param name="ExportLifetime">How long the package is kept for the person.</param>
public sealed record CasePlan(
    LegalClock Clock, TimeSpan ConfirmationWindow, TimeSpan ResumeWindow, TimeSpan ExportLifetime)
{
    /// <summary>Whether the clock stands still while a person is asked what is needed to answer (L4).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PausesForAnswers { get; init; }
}
