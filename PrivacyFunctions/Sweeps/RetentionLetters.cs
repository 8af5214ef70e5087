using PrivacyFunctions.Mail;
using static PrivacyFunctions.Mail.LetterWords;

namespace PrivacyFunctions.Sweeps;

/// <summary>What the Data Protection Officer is told about the sweep. No personal data.</summary>
internal static class RetentionLetters
{
    public static Letter Broken(string set, DateOnly since) => new(
        "Data past its end cannot be deleted",
        $"The daily sweep could not go through the data set \"{set}\" on {Day(since)}. The other data sets were dealt with.",
        "As long as this lasts, data may be kept for longer than our policy says.",
        "The software tries again every day. Somebody who runs it has to look at what is in the way; this mail comes once.");

    public static Letter Left(string set, long records, DateOnly day) => new(
        "Some data past its end cannot be deleted",
        $"The daily sweep went through the data set \"{set}\" on {Day(day)}, but could not deal with {records} of its records.",
        "As long as this lasts, they may be kept for longer than our policy says.",
        "The software tries again every day. Somebody who runs it has to look at what is in the way; this mail comes once.");
}
