using System.Globalization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>Tells the Data Protection Officer once a day how the cases stand, in numbers; nothing on a day on which nobody has anything to do.</summary>
internal sealed class DailyDigest(OfficerMails officer)
{
    /// <summary>Tells what a night's look came to.</summary>
    /// <param name="digest">The numbers.</param>
    /// <param name="today">The local date.</param>
    /// <param name="cancellation">Stops before it is told.</param>
    public Task TellAsync(Digest digest, DateOnly today, CancellationToken cancellation) => digest.IsQuiet
        ? Task.CompletedTask
        : officer.TellOnceAsync(string.Create(CultureInfo.InvariantCulture, $"night-{today:yyyyMMdd}"), "digest", new DigestOfTheDay(today, digest), cancellation);
}
