using System.Globalization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>
/// Tells the Data Protection Officer once that a person has not answered what they were asked: a case must not wait for that for ever.
/// </summary>
internal sealed class QuestionWatch(OfficerMails officer)
{
    /// <summary>How many days a person has before somebody is told.</summary>
    public const int Days = 14;

    /// <summary>Looks at an open case.</summary>
    public async Task LookAsync(Case open, DateOnly today, CancellationToken cancellation)
    {
        if (open.AskedOn is not { } asked || today < asked.AddDays(Days)) return;
        await officer.TellOnceAsync(
            open.Id, string.Create(CultureInfo.InvariantCulture, $"question-unanswered-{asked:yyyyMMdd}"), new QuestionUnanswered(open.Id, asked), cancellation);
    }
}
